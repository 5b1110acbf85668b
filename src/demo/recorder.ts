/** Writes spans as OTLP/JSON into the queues of the processes that they belong to. */
import type { Emitter, ExportQueues } from './export-queues.ts';
import { fillTemplate, makeSpanId, unixNanoText, type Template } from './otlp-text.ts';
import type { PlannedService } from './plan.ts';
import type { Random } from './random.ts';
import type { Instance } from './resources.ts';
import type { SpanShape } from './shapes.ts';

/** Everything that runs while the demo is generated. Times are integer ns since the demo's epoch. */
export interface World {
  readonly random: Random;
  readonly queues: ExportQueues;
  spanCount: number;
}

export interface Trace {
  readonly id: string;
  /** Digits: the trip, product or parcel that it is about. */
  readonly thing: string;
  /** Headers of the request from outside, as attributes in both spellings; '' = none. */
  readonly headers: { readonly old: string; readonly new: string };
  readonly isIncident: boolean;
}

/** One process at work for one trace: where its spans go, and below which span. */
export interface Frame {
  readonly trace: Trace;
  readonly service: PlannedService;
  readonly instance: Instance;
  readonly spanId: string;
  /** Attributes of every span of this process in this trace, '' or starting with a comma. */
  readonly attributes: string;
}

export interface SpanTimes {
  readonly startNs: number;
  readonly endNs: number;
  readonly isFailed: boolean;
}

export interface SpanFacts extends SpanTimes {
  readonly trace: Trace;
  readonly spanId: string;
  /** '' = names none. */
  readonly parentId: string;
  readonly exception?: Template | null;
  readonly attributes?: string;
  /** `"events":[…],` of a span without an exception. */
  readonly events?: string;
  /** `"links":[…],` */
  readonly links?: string;
}

export function recordSpan(
  world: World,
  { emitter, shape }: { emitter: Emitter; shape: SpanShape },
  span: SpanFacts,
): void {
  const { id: traceId, thing } = span.trace;
  const ending = span.isFailed ? shape.failed : shape.ok;
  const start = unixNanoText(span.startNs + emitter.clockSkewNs);
  const end = unixNanoText(span.endNs + emitter.clockSkewNs);
  const parent = span.parentId === '' ? '' : `"parentSpanId":"${span.parentId}",`;
  const attributes =
    fillTemplate(ending.attributes, thing) + emitter.spanAttributes + (span.attributes ?? '');
  const exception = span.exception ?? null;
  const events =
    exception === null ? (span.events ?? '') : exceptionEvent(fillTemplate(exception, thing), end);
  world.spanCount++;
  world.queues.add(
    emitter,
    shape.scope,
    `{"traceId":"${traceId}","spanId":"${span.spanId}",${parent}${shape.head}${start}","endTimeUnixNano":"${end}",` +
      `${attributeList(attributes)}${events}${span.links ?? ''}${ending.status}}`,
  );
}

/** A span of the frame's process, below the frame's span; an id is made if none is given. */
export function recordStep(
  world: World,
  frame: Frame,
  step: SpanTimes & { shape: SpanShape; spanId?: string },
): void {
  const { trace, instance, spanId: parentId, attributes } = frame;
  const { shape, startNs, endNs, isFailed, spanId = makeSpanId(world.random) } = step;
  recordSpan(
    world,
    { emitter: instance.emitter, shape },
    { trace, spanId, parentId, startNs, endNs, isFailed, attributes },
  );
}

/** A duration around the typical one, with a tail; no logarithms, which browsers may round differently. */
export function varied(random: Random, typicalNs: number): number {
  const unit = random.unit();
  const square = unit * unit;
  const tail = random.unit() < 0.01 ? 3 : 1;
  return Math.floor(typicalNs * tail * (0.6 + 0.5 * unit + 0.9 * square * square * square * square));
}

function exceptionEvent(attributes: string, time: string): string {
  return `"events":[{"timeUnixNano":"${time}","name":"exception","attributes":[${attributes}]}],`;
}

/** The collector leaves an empty list out. Attributes that were added start with a comma. */
function attributeList(list: string): string {
  if (list === '') return '';
  return `"attributes":[${list.startsWith(',') ? list.slice(1) : list}],`;
}
