/**
 * From spans to lines, in the order in which a collector would write them: every process queues its
 * finished spans and exports them in batches; the collector gathers the batches of several processes
 * into one ExportTraceServiceRequest and writes it as one line. So the spans of one trace end up on
 * different lines, children often before their parents.
 */
import type { Random } from './random.ts';

/** One exporting process: an instance of a service, a sidecar, a kind of browser. */
export interface Emitter {
  /** The `resource` object, as JSON. */
  readonly resource: string;
  /** '' = the SDK names none. */
  readonly schemaUrl: string;
  /** Instrumentation scopes as JSON; a span names its scope by position. May grow. */
  readonly scopes: readonly string[];
  /** Attributes that each of its spans bears, '' or starting with a comma. */
  readonly spanAttributes: string;
  /** How far its clock is ahead (negative: behind), ns. */
  readonly clockSkewNs: number;
}

export interface ExportQueues {
  /** `span`: one span as JSON. */
  add(emitter: Emitter, scope: number, span: string): void;
  /** Lines that are complete, without the line break; each is handed out once. */
  takeLines(): readonly string[];
  /** Everything that is still queued, as the last lines. */
  close(): readonly string[];
}

interface Queue {
  readonly emitter: Emitter;
  spansByScope: string[];
  count: number;
  limit: number;
}

const MIN_EXPORT_SPANS = 12;
const EXPORT_SPREAD = 40;
const MIN_LINE_SPANS = 150;
const LINE_SPREAD = 250;

export function makeExportQueues(random: Random): ExportQueues {
  const queues = new Map<Emitter, Queue>();
  let lines: string[] = [];
  let line = '';
  let lineSpans = 0;
  let lineLimit = MIN_LINE_SPANS;

  const endLine = (): void => {
    if (line === '') return;
    lines.push(`{"resourceSpans":[${line}]}`);
    line = '';
    lineSpans = 0;
    lineLimit = MIN_LINE_SPANS + random.below(LINE_SPREAD);
  };

  const exportQueue = (queue: Queue): void => {
    if (queue.count === 0) return;
    line += (line === '' ? '' : ',') + resourceSpans(queue);
    lineSpans += queue.count;
    queue.spansByScope = [];
    queue.count = 0;
    queue.limit = MIN_EXPORT_SPANS + random.below(EXPORT_SPREAD);
    if (lineSpans >= lineLimit) endLine();
  };

  const queueOf = (emitter: Emitter): Queue => {
    let queue = queues.get(emitter);
    if (queue === undefined) {
      queue = { emitter, spansByScope: [], count: 0, limit: MIN_EXPORT_SPANS + random.below(EXPORT_SPREAD) };
      queues.set(emitter, queue);
    }
    return queue;
  };

  const takeLines = (): readonly string[] => {
    const taken = lines;
    if (taken.length > 0) lines = [];
    return taken;
  };

  return {
    add(emitter, scope, span) {
      const queue = queueOf(emitter);
      const before = queue.spansByScope[scope];
      queue.spansByScope[scope] = before === undefined ? span : before + ',' + span;
      if (++queue.count >= queue.limit) exportQueue(queue);
    },
    takeLines,
    close() {
      for (const queue of queues.values()) exportQueue(queue);
      endLine();
      return takeLines();
    },
  };
}

function resourceSpans({ emitter, spansByScope }: Queue): string {
  const schemaUrl = emitter.schemaUrl === '' ? '' : `,"schemaUrl":"${emitter.schemaUrl}"`;
  let scopeSpans = '';
  spansByScope.forEach((spans, scope) => {
    scopeSpans += `${scopeSpans === '' ? '' : ','}{"scope":${emitter.scopes[scope]},"spans":[${spans}]}`;
  });
  return `{"resource":${emitter.resource},"scopeSpans":[${scopeSpans}]${schemaUrl}}`;
}
