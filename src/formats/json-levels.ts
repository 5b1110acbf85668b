/**
 * The objects and lists that a reader is inside of. They are kept here and not on the call stack, because
 * the window may end at any token between two records.
 */
import { NEWLINE, OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import { type JsonCursor, NEED_MORE } from '../util/json-cursor.ts';
import type { Member } from '../util/json-layout.ts';
import { JsonSkipper } from '../util/json-skipper.ts';
import type { ResourceSlot, SpanSink } from '../model/sink.ts';

/** The kind of a level that is stepped over; the reader's own kinds are 1 and up. */
export const SKIPPED = 0;
export const NO_SLOT: ResourceSlot = -1;
/** Wrappers within wrappers: deeper ones are stepped over. */
const DEEPEST = 60;

export interface Level {
  kind: number;
  /** Objects: the member read last. */
  member: Member;
  /** Lists: no element has been read. */
  first: boolean;
  /** Objects: the resource of its spans; NO_SLOT until something needs it. */
  slot: ResourceSlot;
  slotClosed: boolean;
  /** Objects: something of the format was in it. */
  recognised: boolean;
}

/** What to take a list or an object for. */
export interface LevelKinds {
  readonly list: number;
  readonly object: number;
  /** Where the object's members begin. */
  readonly start: Member;
}

export class JsonLevels {
  /** Of the top level; −1: none is open. */
  depth = -1;
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #levels: Level[] = [];
  readonly #skipper = new JsonSkipper();

  constructor(cursor: JsonCursor, sink: SpanSink) {
    this.#cursor = cursor;
    this.#sink = sink;
  }

  get top(): Level {
    return this.#levels[this.depth];
  }

  /** The level that just ended was a document: alone, or an element of a list that holds all. */
  get isAtDocument(): boolean {
    return this.depth < 0 || (this.depth === 0 && this.#levels[0].first === false);
  }

  push(kind: number, member: Member): void {
    this.depth++;
    const level = this.#levels[this.depth];
    if (!level) {
      this.#levels.push({ kind, member, first: true, slot: NO_SLOT, slotClosed: false, recognised: false });
      return;
    }
    level.kind = kind;
    level.member = member;
    level.first = true;
    level.slot = NO_SLOT;
    level.slotClosed = false;
    level.recognised = false;
  }

  /** Opens the list or object at the cursor; anything else is stepped over. */
  enter(kinds: LevelKinds): void {
    const cursor = this.#cursor;
    const c = cursor.peek();
    const fits = this.depth < DEEPEST;
    if (fits && c === OPEN_BRACKET) this.push(kinds.list, kinds.start);
    else if (fits && c === OPEN_BRACE) this.push(kinds.object, kinds.start);
    else {
      this.enterSkipped(kinds.start, false);
      return;
    }
    cursor.pos++;
  }

  /** The value at the cursor will be stepped over. */
  enterSkipped(member: Member, quoted: boolean): void {
    this.#skipper.begin(quoted);
    this.push(SKIPPED, member);
  }

  /** Steps over the value, or as much of it as there is. */
  skip(): void {
    const cursor = this.#cursor;
    try {
      if (this.#skipper.run(cursor)) {
        this.depth--;
        return;
      }
    } finally {
      // Not gone back to, wherever the window began; but for the line break that may be before a new document.
      cursor.checkpoint = cursor.pos;
      if (cursor.pos > 0 && cursor.bytes[cursor.pos - 1] === NEWLINE) cursor.checkpoint--;
    }
    if (!cursor.final) throw NEED_MORE;
    cursor.pos = cursor.end;
    cursor.fail('');
  }

  /** The top level ends: what was recognised in it was so in what it is part of. */
  leave(): void {
    const { recognised } = this.top;
    this.depth--;
    if (recognised && this.depth >= 0) this.top.recognised = true;
  }

  slotOf(level: Level): ResourceSlot {
    if (level.slot === NO_SLOT) level.slot = this.#sink.openResource();
    return level.slot;
  }

  closeSlot(level: Level): void {
    if (level.slot === NO_SLOT || level.slotClosed) return;
    level.slotClosed = true;
    this.#sink.closeResource(level.slot);
  }

  /** Leaves all levels. */
  abandon(): void {
    for (; this.depth >= 0; this.depth--) this.closeSlot(this.top);
  }
}
