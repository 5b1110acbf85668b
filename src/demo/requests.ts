/** One request running through the system: operations, their steps, and the requests that those make. */
import type { Emitter } from './export-queues.ts';
import { makeSpanId, makeTraceId, type Template } from './otlp-text.ts';
import type { PlannedConsumer, PlannedOperation, PlannedService, PlannedStep } from './plan.ts';
import { pick } from './random.ts';
import { recordSpan, recordStep, varied, type Frame, type Trace, type World } from './recorder.ts';
import type { Instance } from './resources.ts';
import type { SpanShape } from './shapes.ts';

const INSIDE_NETWORK_NS = 400_000;
export const INTERNET_NS = 24_000_000;
const SIDECAR_NS = 120_000;
const CONSUMER_LAG_NS = 60_000_000;
const BACKOFF_NS = 50_000_000;
const PRODUCE_NS = 2_500_000;

/** A request on its way to an operation. */
export interface Arrival {
  readonly trace: Trace;
  /** '' = names no parent. */
  readonly parentId: string;
  readonly links?: string;
  readonly startNs: number;
}

export interface Served {
  readonly endNs: number;
  readonly isFailed: boolean;
  /** The outermost span. */
  readonly spanId: string;
}

/** What the steps of an operation came to. */
export interface Outcome {
  readonly endNs: number;
  /** The exception that reports the failure; null: succeeded. */
  readonly exception: Template | null;
}

interface At {
  readonly frame: Frame;
  readonly startNs: number;
}

type CallStep = PlannedStep & { does: 'call' };

/** The operation with the proxies before it: web server, sidecar, service. */
export function serve(world: World, operation: PlannedOperation, arrival: Arrival): Served {
  const { edge } = operation;
  if (edge === null) return serveInside(world, operation, arrival);
  const { emitter } = pick(world.random, edge.service.instances);
  const attributes = headersFor(edge.service, arrival.trace);
  return passOn(
    world,
    { emitter, shape: edge.shape, delayNs: INSIDE_NETWORK_NS, attributes, arrival },
    (inner) => serveInside(world, operation, inner),
  );
}

function serveInside(world: World, operation: PlannedOperation, arrival: Arrival): Served {
  const instance = pick(world.random, operation.service.instances);
  const { ingress } = operation;
  if (ingress === null || instance.sidecar === null) return perform(world, operation, { arrival, instance });
  return passOn(
    world,
    { emitter: instance.sidecar, shape: ingress, delayNs: SIDECAR_NS, attributes: '', arrival },
    (inner) => perform(world, operation, { arrival: inner, instance }),
  );
}

interface Proxy {
  readonly emitter: Emitter;
  readonly shape: SpanShape;
  readonly delayNs: number;
  readonly attributes: string;
  readonly arrival: Arrival;
}

function passOn(world: World, proxy: Proxy, serveBehind: (inner: Arrival) => Served): Served {
  const { emitter, shape, delayNs, attributes } = proxy;
  const { trace, parentId, startNs } = proxy.arrival;
  const spanId = makeSpanId(world.random);
  const { endNs: innerEndNs, isFailed } = serveBehind({
    trace,
    parentId: spanId,
    startNs: startNs + delayNs,
  });
  const endNs = innerEndNs + delayNs;
  recordSpan(world, { emitter, shape }, { trace, spanId, parentId, startNs, endNs, isFailed, attributes });
  return { endNs, isFailed, spanId };
}

function perform(
  world: World,
  operation: PlannedOperation,
  { arrival, instance }: { arrival: Arrival; instance: Instance },
): Served {
  const { service, shape, fails } = operation;
  const { trace, parentId, startNs } = arrival;
  const spanId = makeSpanId(world.random);
  const slowness = trace.isIncident ? operation.slowerInIncident : 1;
  const ownNs = varied(world.random, operation.takesNs * slowness);
  const frame = { trace, service, instance, spanId, attributes: '' };
  const steps = runSteps(world, operation.steps, { frame, startNs: startNs + Math.floor(ownNs * 0.4) });
  let { exception } = steps;
  let endNs = steps.endNs + Math.floor(ownNs * 0.6);
  if (exception === null && fails?.quota.take(trace.isIncident ? fails.incidentRate : fails.rate)) {
    exception = fails.exception;
    endNs += fails.afterNs;
  }
  const isFailed = exception !== null;
  const attributes = headersFor(service, trace);
  const links = arrival.links ?? '';
  recordSpan(
    world,
    { emitter: instance.emitter, shape },
    { trace, spanId, parentId, startNs, endNs, isFailed, exception, attributes, links },
  );
  return { endNs, isFailed, spanId };
}

/** One after the other, up to the first failure that nobody handles. */
export function runSteps(world: World, steps: readonly PlannedStep[], { frame, startNs }: At): Outcome {
  let nowNs = startNs;
  for (const step of steps) {
    if (step.chance < 1 && world.random.unit() >= step.chance) continue;
    for (let time = 0; time < step.times; time++) {
      const { endNs, exception } = runStep(world, step, { frame, startNs: nowNs });
      nowNs = endNs;
      if (exception !== null && !step.isHandled) return { endNs, exception };
    }
  }
  return { endNs: nowNs, exception: null };
}

function runStep(world: World, step: PlannedStep, at: At): Outcome {
  switch (step.does) {
    case 'call':
      return tryRepeatedly(step, at, (shape, attempt) => callOnce(world, { step, shape }, attempt));
    case 'ask':
      return tryRepeatedly(step, at, (shape, attempt) => askOnce(world, { step, shape }, attempt));
    case 'query':
      return { endNs: leaf(world, step, at), exception: null };
    case 'publish':
      return produce(world, step, at);
    case 'work':
      return doWork(world, step, at);
    case 'together':
      return runTogether(world, step.steps, at);
  }
}

function leaf(
  world: World,
  { shape, takesNs }: { shape: SpanShape; takesNs: number },
  { frame, startNs }: At,
): number {
  const endNs = startNs + varied(world.random, takesNs);
  recordStep(world, frame, { shape, startNs, endNs, isFailed: false });
  return endNs;
}

function doWork(world: World, step: PlannedStep & { does: 'work' }, { frame, startNs }: At): Outcome {
  const spanId = makeSpanId(world.random);
  const halfNs = Math.floor(varied(world.random, step.takesNs) / 2);
  const inner = runSteps(world, step.steps, { frame: { ...frame, spanId }, startNs: startNs + halfNs });
  const endNs = inner.endNs + halfNs;
  recordStep(world, frame, { shape: step.shape, spanId, startNs, endNs, isFailed: inner.exception !== null });
  return { endNs, exception: inner.exception };
}

function runTogether(world: World, steps: readonly PlannedStep[], at: At): Outcome {
  const outcomes = steps.map((step) => runSteps(world, [step], at));
  return {
    endNs: Math.max(...outcomes.map(({ endNs }) => endNs)),
    exception: outcomes.find(({ exception }) => exception !== null)?.exception ?? null,
  };
}

type Attempt = (shape: SpanShape, at: At) => { endNs: number; isFailed: boolean };

function tryRepeatedly(
  step: { tries: readonly SpanShape[]; exception: Template },
  at: At,
  attempt: Attempt,
): Outcome {
  let { startNs } = at;
  let endNs = startNs;
  for (const shape of step.tries) {
    const tried = attempt(shape, { frame: at.frame, startNs });
    endNs = tried.endNs;
    if (!tried.isFailed) return { endNs, exception: null };
    startNs = endNs + BACKOFF_NS;
  }
  return { endNs, exception: step.exception };
}

function askOnce(
  world: World,
  { step, shape }: { step: PlannedStep & { does: 'ask' }; shape: SpanShape },
  { frame, startNs }: At,
): { endNs: number; isFailed: boolean } {
  const isFailed = step.fails !== null && step.fails.quota.take(step.fails.rate);
  const endNs = startNs + varied(world.random, step.takesNs);
  recordStep(world, frame, { shape, startNs, endNs, isFailed });
  return { endNs, isFailed };
}

function callOnce(
  world: World,
  { step, shape }: { step: CallStep; shape: SpanShape },
  { frame, startNs }: At,
): { endNs: number; isFailed: boolean } {
  const { trace } = frame;
  const spanId = makeSpanId(world.random);
  const egressId = step.egress === null ? '' : makeSpanId(world.random);
  const wayNs = varied(world.random, step.isFromOutside ? INTERNET_NS : INSIDE_NETWORK_NS);
  const parentId = egressId === '' ? spanId : egressId;
  const served = serve(world, step.callee, { trace, parentId, startNs: startNs + wayNs });
  const { isFailed } = served;
  const endNs = served.endNs + wayNs;
  const { sidecar } = frame.instance;
  if (step.egress !== null && sidecar !== null) {
    const partNs = Math.floor(wayNs / 3);
    const times = { startNs: startNs + partNs, endNs: endNs - partNs, isFailed };
    recordSpan(
      world,
      { emitter: sidecar, shape: step.egress },
      { trace, spanId: egressId, parentId: spanId, ...times },
    );
  }
  recordStep(world, frame, { shape, spanId, startNs, endNs, isFailed });
  return { endNs, isFailed };
}

/** Sends a message; what its consumers do later does not matter to the sender. */
function produce(world: World, step: PlannedStep & { does: 'publish' }, { frame, startNs }: At): Outcome {
  const spanId = makeSpanId(world.random);
  const endNs = startNs + varied(world.random, PRODUCE_NS);
  recordStep(world, frame, { shape: step.shape, spanId, startNs, endNs, isFailed: false });
  for (const consumer of step.consumers)
    consume(world, consumer, { trace: frame.trace, parentId: spanId, startNs: endNs });
  return { endNs, exception: null };
}

function consume(world: World, { operation, by }: PlannedConsumer, message: Arrival): void {
  const { parentId, startNs: sentNs } = message;
  const startNs = sentNs + varied(world.random, CONSUMER_LAG_NS);
  const trace = { ...message.trace, headers: NO_HEADERS };
  if (by === 'parent') {
    serve(world, operation, { trace, parentId, startNs });
    return;
  }
  const links = `"links":[{"traceId":"${trace.id}","spanId":"${parentId}","flags":769}],`;
  serve(world, operation, {
    trace: { ...trace, id: makeTraceId(world.random) },
    parentId: '',
    links,
    startNs,
  });
}

export const NO_HEADERS = { old: '', new: '' };

function headersFor({ description }: PlannedService, { headers }: Trace): string {
  return description.recordsHeaders ? headers[description.conventions] : '';
}
