/**
 * Formats of plain text whose records are runs of lines, as SDKs print spans to a console (FORMATS.md §3.29).
 * A format says which lines begin and end a record and what it holds; here are the lines, the damage and the notes.
 * Lines between the records are the program's own output: they are counted, not read.
 */
import type { ImportNote } from '../model/dataset.ts';
import type { NoteSink } from '../model/import-note.ts';
import type { Span } from '../model/span.ts';
import { decodeBytes, joinBytes, NEWLINE, RETURN } from '../util/bytes.ts';
import { SpanEmitter } from './emit-span.ts';
import { plainStrings } from './kept-strings.ts';
import type { ByteSource } from './source.ts';
import { textIn } from './text-cache.ts';
import { PeekedSource } from './table-format.ts';
import type { Head, TraceFormat } from './trace-format.ts';

/** 'foreign': of no record; it also ends the one before it. */
export type LineRole = 'begins' | 'goes on' | 'ends' | 'foreign';

export interface TextContext {
  /** A remark about this record. */
  note(code: string, effect: ImportNote['effect'], message: string): void;
}

/** `lines` are a record, or what the end of the file has left of it; null: too little to be one. */
export type SpansOfLines = (lines: readonly string[], context: TextContext) => readonly Span[] | null;

export interface TextFormat {
  readonly id: string;
  readonly label: string;
  /** All of them are found in the head of the file, without colours. The last one shows people what it is. */
  readonly signs: readonly RegExp[];
  /** `record`: the lines of the record so far; null: none is open. */
  roleOf(line: string, record: readonly string[] | null): LineRole;
  /** Called once per file: what one record says about later ones is kept in its closure. */
  open(): SpansOfLines;
}

/** A record or a line that grows beyond this is none. */
const LONGEST_CHARS = 8 * 1024 * 1024;
const ESC = 0x1b;
const COLOUR = String.fromCharCode(ESC);
const COLOURS = new RegExp(`${COLOUR}\\[[0-9;]*m`, 'g');

/** Text of a terminal without the codes that colour it. */
export function withoutColours(text: string): string {
  return text.includes(COLOUR) ? text.replace(COLOURS, '') : text;
}

export function textFormat(format: TextFormat): TraceFormat {
  return {
    id: format.id,
    label: format.label,
    inOrder: true,
    matches: ({ bytes }: Head) => {
      const text = printedText(bytes);
      return format.signs.every((sign) => sign.test(text));
    },
    signIn: (bytes) => {
      const found = format.signs.at(-1)?.exec(printedText(bytes))?.[0];
      return found?.trim().split(/\r?\n/, 1)[0].replace(/\s+/g, ' ') ?? null;
    },
    async read(source, sink, notes) {
      const emitter = new SpanEmitter(sink);
      await readTextRecords(source, { format, notes, emit: (span) => emitter.emit(span) });
    },
  };
}

/** `shop-web-1  | …` of docker compose, `[pod/shop-7d9/web] …` of kubectl --prefix: who printed the line. */
const PRINTER = /^(?:[\w.-]+ +\||\[pod\/[^\]]+\]) ?/;
const PRINTERS_LOOKED_FOR_BYTES = 64 * 1024;

/** At least by half of the first lines; several programs' lines are then mixed. */
function hasPrinters(head: Uint8Array): boolean {
  const text = decodeBytes(head.subarray(0, PRINTERS_LOOKED_FOR_BYTES));
  const lines = withoutColours(text).split('\n').slice(0, 200);
  if (lines.length > 1) lines.pop();
  return lines.filter((line) => PRINTER.test(line)).length * 2 >= lines.length;
}

/** The head of a file, without colours, what each program printed on its own. */
function printedText(head: Uint8Array): string {
  const text = withoutColours(decodeBytes(head));
  if (!hasPrinters(head)) return text;
  const printed = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const printer = PRINTER.exec(line)?.[0] ?? '';
    const lines = printed.get(printer) ?? [];
    lines.push(line.slice(printer.length));
    printed.set(printer, lines);
  }
  return [...printed.values()].map((lines) => lines.join('\n')).join('\n');
}

interface TextReading {
  readonly format: Pick<TextFormat, 'roleOf' | 'open'>;
  readonly notes: NoteSink;
  emit(span: Span): void;
}

/** Reads all records of the text. */
export async function readTextRecords(source: ByteSource, reading: TextReading): Promise<void> {
  const peeked = new PeekedSource(source);
  const isMixed = hasPrinters(await peeked.peek(PRINTERS_LOOKED_FOR_BYTES));
  const printers = new Map<string, TextRecords>();
  let latest: TextRecords | undefined;
  let latestPrinter: string | undefined;
  const lines = new LineSplitter((line, position) => {
    const printer = isMixed ? (PRINTER.exec(line)?.[0] ?? '') : '';
    if (!latest || printer !== latestPrinter) {
      latest = printers.get(printer) ?? new TextRecords(reading);
      latestPrinter = printer;
      printers.set(printer, latest);
    }
    latest.line(line.slice(printer.length), position);
  });
  for (let chunk = await peeked.next(); chunk; chunk = await peeked.next()) lines.push(chunk, peeked.base);
  const endsInLine = lines.finish();
  for (const records of printers.values()) records.finish(endsInLine && records === latest);
}

/** Bytes → lines without their breaks, with the position of each. */
class LineSplitter {
  readonly #onLine: (line: string, position: number) => void;
  /** Of a line that goes on. */
  #pieces: Uint8Array[] = [];
  #pending = 0;
  /** Position of the next line. */
  #at = -1;

  constructor(onLine: (line: string, position: number) => void) {
    this.#onLine = onLine;
  }

  /** `base`: position of the first chunk. */
  push(chunk: Uint8Array, base: number): void {
    if (this.#at < 0) this.#at = base;
    let from = 0;
    if (this.#pending > 0) {
      from = chunk.indexOf(NEWLINE) + 1;
      if (from > 0) {
        this.#pieces.push(chunk.subarray(0, from));
        this.#tellPending();
      }
    }
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > from) this.#tell(chunk.subarray(from, end));
    // A source may use its buffer again.
    if (end < chunk.length) this.#pieces.push(chunk.slice(end));
    this.#pending += chunk.length - end;
    if (this.#pending > LONGEST_CHARS) this.#tellPending();
  }

  /** True: the text ended in the middle of a line. */
  finish(): boolean {
    const isOpen = this.#pending > 0;
    if (isOpen) this.#tellPending();
    return isOpen;
  }

  #tellPending(): void {
    this.#tell(joinBytes(this.#pieces));
    this.#pieces = [];
    this.#pending = 0;
  }

  /** Most lines come again and again: they are decoded once. */
  #tell(bytes: Uint8Array): void {
    const isColoured = bytes.includes(ESC);
    const line = textIn(bytes);
    for (let from = 0, end = 0; from < bytes.length; from = end + 1) {
      end = from;
      while (end < bytes.length && bytes[end] !== NEWLINE) end++;
      line.from = from;
      // Colours may be after it.
      const endsInReturn = !isColoured && end > from && bytes[end - 1] === RETURN;
      line.to = endsInReturn ? end - 1 : end;
      const text = plainStrings.textOf(line);
      this.#onLine(isColoured ? withoutColours(text).replace(/\r$/, '') : text, this.#at + from);
    }
    this.#at += bytes.length;
  }
}

/** Lines → records → spans. */
class TextRecords {
  readonly #reading: TextReading;
  readonly #spansOf: SpansOfLines;
  #record: string[] | null = null;
  #chars = 0;
  #position = 0;

  constructor(reading: TextReading) {
    this.#reading = reading;
    this.#spansOf = reading.format.open();
  }

  line(line: string, position: number): void {
    const role = this.#reading.format.roleOf(line, this.#record);
    if (role === 'begins' || role === 'foreign') {
      this.#close();
      if (role === 'foreign') this.#noteForeign(line, position);
      else this.#begin(line, position);
      return;
    }
    if (!this.#record) return this.#noteForeign(line, position);
    this.#record.push(line);
    this.#chars += line.length;
    if (role === 'ends' || this.#chars > LONGEST_CHARS) this.#close();
  }

  /** The text has ended; `inLine`: in the middle of a line. */
  finish(inLine: boolean): void {
    if (this.#close('The file ends in the middle of a record.') === 0 || !inLine) return;
    const message = 'The text ends without a line break: its last line may be cut off.';
    this.#reading.notes.note('truncated', 'kept', message, { bytePosition: this.#position, line: null });
  }

  #begin(line: string, position: number): void {
    this.#record = [line];
    this.#chars = line.length;
    this.#position = position;
  }

  /** Returns how many spans the record gave; `trouble` is said of one that is too little. */
  #close(trouble = 'A record breaks off in the middle.'): number {
    const record = this.#record;
    if (!record) return 0;
    this.#record = null;
    const { notes, emit } = this.#reading;
    const place = { bytePosition: this.#position, line: null };
    const note: TextContext['note'] = (code, effect, message) => notes.note(code, effect, message, place);
    const spans = this.#spansOf(record, { note });
    if (!spans) note('truncated', 'rejected', trouble);
    for (const span of spans ?? []) emit(span);
    return spans?.length ?? 0;
  }

  #noteForeign(line: string, position: number): void {
    if (line.trim() === '') return;
    const message = 'Lines between the spans are no part of one.';
    this.#reading.notes.note('not-a-span', 'skipped', message, { bytePosition: position, line: null });
  }
}
