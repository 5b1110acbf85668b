/** Jaeger's processes: resources that spans name by id, described before or after them, or inside each span. */
import { OPEN_BRACKET } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, ObjectLayout } from '../util/json-layout.ts';
import type { ResourceSlot, SpanSink } from '../model/sink.ts';
import { VALUE_STRING } from '../model/sink.ts';
import { AttributeList } from './attribute-list.ts';
import { NO_SLOT } from './json-levels.ts';
import type { ProcessId } from './jaeger-process-id.ts';
import type { JaegerTools, ProcessBook } from './jaeger-span.ts';
import { OwnTexts } from './own-texts.ts';
import { TextCache } from './text-cache.ts';

const SERVICE_NAME = 2;
const TAGS = 3;

interface Process {
  readonly slot: ResourceSlot;
  described: boolean;
}

export class JaegerProcesses implements ProcessBook {
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #tags: AttributeList;
  readonly #services: TextCache;
  readonly #texts: OwnTexts;
  readonly #layout = new ObjectLayout({ serviceName: SERVICE_NAME, tags: TAGS });
  /** Of the trace being read. */
  readonly #byId = new Map<ProcessId, Process>();
  /** The one being read: forgotten when the window ends in it. */
  #unfinished: ResourceSlot = NO_SLOT;
  /** An opened slot for the next embedded process: one that had to be begun again is not opened twice. */
  #embedded: ResourceSlot = NO_SLOT;

  constructor({ cursor, sink, tags }: JaegerTools) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#tags = new AttributeList(cursor, sink, { reader: tags });
    this.#services = new TextCache(sink);
    this.#texts = new OwnTexts(sink);
  }

  slotOf(processId: ProcessId): ResourceSlot {
    return this.#process(processId).slot;
  }

  /** The description of a process, after its opening brace. A second one of the same id is stepped over. */
  describe(processId: ProcessId): void {
    const process = this.#process(processId);
    if (process.described) {
      this.#cursor.pos--;
      this.#cursor.skipValue();
      return;
    }
    this.#read(process.slot);
    process.described = true;
  }

  readEmbedded(): ResourceSlot {
    if (this.#embedded === NO_SLOT) this.#embedded = this.#sink.openResource();
    this.#read(this.#embedded);
    return this.#embedded;
  }

  closeEmbedded(): void {
    const slot = this.#embedded;
    this.#embedded = NO_SLOT;
    this.#sink.closeResource(slot);
  }

  /** What was read of a process or of a span with a process in it is read again. */
  undo(): void {
    if (this.#unfinished !== NO_SLOT) this.#sink.resetResource(this.#unfinished);
    this.#unfinished = NO_SLOT;
    if (this.#embedded !== NO_SLOT) this.#sink.resetResource(this.#embedded);
  }

  /**
   * The trace has ended, or was given up; processes that nobody described stay nameless. Until then spans of any of them
   * may come, and of closed ones a sink keeps only the last.
   */
  endTrace(): void {
    for (const { slot } of this.#byId.values()) this.#sink.closeResource(slot);
    this.#byId.clear();
    if (this.#embedded !== NO_SLOT) this.closeEmbedded();
  }

  #process(id: ProcessId): Process {
    let process = this.#byId.get(id);
    if (!process) {
      process = { slot: this.#sink.openResource(), described: false };
      this.#byId.set(id, process);
    }
    return process;
  }

  #read(slot: ResourceSlot): void {
    const cursor = this.#cursor;
    const sink = this.#sink;
    this.#unfinished = slot;
    const layout = this.#layout;
    for (
      let member = layout.next(cursor, layout.start);
      member.code !== END;
      member = layout.next(cursor, member)
    ) {
      if (member.code === SERVICE_NAME && member.quoted) {
        cursor.string();
        const key = this.#texts.idOf('service.name');
        sink.resourceAttribute(slot, key, VALUE_STRING, this.#services.idOf(cursor));
      } else if (member.code === TAGS && !member.quoted && cursor.peek() === OPEN_BRACKET) {
        cursor.pos++;
        const list = this.#tags;
        list.begin();
        while (list.next()) if (list.key !== 0) sink.resourceAttribute(slot, list.key, list.type, list.value);
      } else cursor.skipValue(member.quoted);
    }
    this.#unfinished = NO_SLOT;
  }
}
