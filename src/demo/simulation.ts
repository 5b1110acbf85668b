/**
 * Runs journeys of the plan and records their spans. Time is counted in integer ns since the demo's
 * epoch; every random number comes from one seeded source, so the same seed gives the same spans.
 */
import { loadEvents, makeSessions, type LoadShapes, type Session } from './applications.ts';
import { headerAttributes } from './conventions.ts';
import type { Emitter, ExportQueues } from './export-queues.ts';
import { fillTemplate, makeSpanId, makeTraceId, unixNanoText, type Template } from './otlp-text.ts';
import type {
  Front,
  Plan,
  PlannedConsumer,
  PlannedJourney,
  PlannedOperation,
  PlannedService,
  PlannedStep,
} from './plan.ts';
import { pick, type Random } from './random.ts';
import type { Instance } from './resources.ts';
import type { SpanShape } from './shapes.ts';

/** The data covers two hours. */
export const WINDOW_NS = 2 * 3600e9;
/** The card network is in trouble from 10:00:00Z (included) to 10:20:00Z (excluded). */
export const INCIDENT = { fromNs: 3600e9, toNs: 4800e9 } as const;

const INSIDE_NETWORK_NS = 400_000;
const INTERNET_NS = 24_000_000;
const CONSUMER_LAG_NS = 60_000_000;
const BACKOFF_NS = 50_000_000;
const PRODUCE_NS = 2_500_000;

export interface Simulation {
  /** Runs one journey that starts at `startNs`; all its spans are in the queues afterwards. */
  runJourney(startNs: number): void;
  readonly spanCount: number;
}

interface Trace {
  readonly id: string;
  /** Digits: the trip, product or parcel that it is about. */
  readonly thing: string;
  readonly session: Session | null;
  /** Headers of the request from outside, as attributes in both spellings; '' = none. */
  readonly headers: { readonly old: string; readonly new: string };
  readonly isIncident: boolean;
}

/** One process at work for one trace: where its spans go, and below which span. */
interface Frame {
  readonly trace: Trace;
  readonly service: PlannedService;
  readonly instance: Instance;
  readonly spanId: string;
  /** Attributes of every span of this process in this trace, '' or starting with a comma. */
  readonly attributes: string;
}

interface Outcome {
  readonly endNs: number;
  /** The exception that reports the failure; null: succeeded. */
  readonly exception: Template | null;
}

interface Served {
  readonly endNs: number;
  readonly isFailed: boolean;
  readonly spanId: string;
}

interface SpanFacts {
  readonly trace: Trace;
  readonly spanId: string;
  readonly parentId: string;
  readonly startNs: number;
  readonly endNs: number;
  readonly isFailed: boolean;
  readonly exception?: Template | null;
  readonly attributes?: string;
  /** `"events":[…],` of a span without an exception. */
  readonly events?: string;
  /** `"links":[…],` */
  readonly links?: string;
}

/** Who asks: the span that the opening span names as its parent or by a link. */
interface Caller {
  readonly parentId: string;
  readonly links?: string;
}

const NO_HEADERS = { old: '', new: '' };

export function makeSimulation(plan: Plan, random: Random, queues: ExportQueues): Simulation {
  const sessions = makeSessions(random);
  let spanCount = 0;

  /** ms around the typical time, with a tail; no logarithms, which browsers may round differently. */
  const vary = (typicalNs: number): number => {
    const unit = random.unit();
    const square = unit * unit;
    const tail = random.unit() < 0.01 ? 3 : 1;
    return Math.floor(typicalNs * tail * (0.6 + 0.5 * unit + 0.9 * square * square * square * square));
  };

  const record = (emitter: Emitter, shape: SpanShape, span: SpanFacts): void => {
    const { thing } = span.trace;
    const ending = span.isFailed ? shape.failed : shape.ok;
    const start = unixNanoText(span.startNs + emitter.clockSkewNs);
    const end = unixNanoText(span.endNs + emitter.clockSkewNs);
    const parent = span.parentId === '' ? '' : `"parentSpanId":"${span.parentId}",`;
    const exception = span.exception ?? null;
    const events =
      exception === null
        ? (span.events ?? '')
        : `"events":[{"timeUnixNano":"${end}","name":"exception","attributes":[${fillTemplate(exception, thing)}]}],`;
    spanCount++;
    queues.add(
      emitter,
      shape.scope,
      `{"traceId":"${span.trace.id}","spanId":"${span.spanId}",${parent}${shape.head}${start}","endTimeUnixNano":"${end}",` +
        `"attributes":[${attributeList(fillTemplate(ending.attributes, thing), emitter.spanAttributes, span.attributes ?? '')}],` +
        `${events}${span.links ?? ''}${ending.status}}`,
    );
  };

  /** An operation with the proxies before it. */
  const serve = (
    operation: PlannedOperation,
    call: { trace: Trace; caller: Caller },
    startNs: number,
  ): Served => {
    const { edge } = operation;
    if (edge === null || edge.service === null) return serveInside(operation, call, startNs);
    const instance = pick(random, edge.service.instances);
    const spanId = makeSpanId(random);
    const inside = serveInside(
      operation,
      { trace: call.trace, caller: { parentId: spanId } },
      startNs + INSIDE_NETWORK_NS,
    );
    const endNs = inside.endNs + INSIDE_NETWORK_NS;
    record(instance.emitter, edge.shape, {
      trace: call.trace,
      spanId,
      parentId: call.caller.parentId,
      startNs,
      endNs,
      isFailed: inside.isFailed,
      attributes: headersFor(edge.service, call.trace),
    });
    return { endNs, isFailed: inside.isFailed, spanId };
  };

  const serveInside = (
    operation: PlannedOperation,
    call: { trace: Trace; caller: Caller },
    startNs: number,
  ): Served => {
    const instance = pick(random, operation.service.instances);
    const { sidecar } = operation;
    if (sidecar === null || instance.sidecar === null)
      return perform(operation, { ...call, instance }, startNs);
    return serveBehind(
      { front: sidecar, emitter: instance.sidecar },
      { operation, instance, ...call },
      startNs,
    );
  };

  const serveBehind = (
    { front, emitter }: { front: Front; emitter: Emitter },
    {
      operation,
      instance,
      trace,
      caller,
    }: { operation: PlannedOperation; instance: Instance; trace: Trace; caller: Caller },
    startNs: number,
  ): Served => {
    const spanId = makeSpanId(random);
    const inside = perform(operation, { trace, instance, caller: { parentId: spanId } }, startNs + 120_000);
    const endNs = inside.endNs + 90_000;
    record(emitter, front.shape, {
      trace,
      spanId,
      parentId: caller.parentId,
      startNs,
      endNs,
      isFailed: inside.isFailed,
    });
    return { endNs, isFailed: inside.isFailed, spanId };
  };

  const perform = (
    operation: PlannedOperation,
    { trace, instance, caller }: { trace: Trace; instance: Instance; caller: Caller },
    startNs: number,
  ): Served => {
    const spanId = makeSpanId(random);
    const ownNs = vary(operation.takesNs) * (trace.isIncident ? operation.slowerInIncident : 1);
    const frame = { trace, service: operation.service, instance, spanId, attributes: '' };
    const steps = runSteps(operation.steps, frame, startNs + Math.floor(ownNs * 0.4));
    const rate = trace.isIncident ? operation.incidentRate : operation.failureRate;
    const isBroken = steps.exception === null && rate > 0 && operation.quota.take(rate);
    const exception = isBroken ? operation.ownException : steps.exception;
    const endNs = steps.endNs + Math.floor(ownNs * 0.6);
    const isFailed = exception !== null;
    record(instance.emitter, operation.shape, {
      trace,
      spanId,
      parentId: caller.parentId,
      startNs,
      endNs,
      isFailed,
      exception,
      attributes: headersFor(operation.service, trace),
      ...(caller.links === undefined ? {} : { links: caller.links }),
    });
    return { endNs, isFailed, spanId };
  };

  const runSteps = (steps: readonly PlannedStep[], frame: Frame, startNs: number): Outcome => {
    let nowNs = startNs;
    for (const step of steps) {
      if (step.chance < 1 && random.unit() >= step.chance) continue;
      for (let time = 0; time < step.times; time++) {
        const outcome = runStep(step, frame, nowNs);
        nowNs = outcome.endNs + 20_000;
        if (outcome.exception !== null && !step.isHandled)
          return { endNs: nowNs, exception: outcome.exception };
      }
    }
    return { endNs: nowNs, exception: null };
  };

  const runStep = (step: PlannedStep, frame: Frame, startNs: number): Outcome => {
    switch (step.does) {
      case 'call':
        return tryRepeatedly(step, startNs, (shape, fromNs) =>
          callOnce(step, shape, { frame, startNs: fromNs }),
        );
      case 'ask':
        return tryRepeatedly(step, startNs, (shape, fromNs) => {
          const isFailed = step.failureRate > 0 && step.quota.take(step.failureRate);
          const endNs = fromNs + vary(step.takesNs);
          recordStep(frame, shape, { startNs: fromNs, endNs, isFailed });
          return { endNs, isFailed };
        });
      case 'query': {
        const endNs = startNs + vary(step.takesNs);
        recordStep(frame, step.shape, { startNs, endNs, isFailed: false });
        return { endNs, exception: null };
      }
      case 'publish':
        return produce(step.shape, step.consumers, { frame, startNs });
      case 'work': {
        const spanId = makeSpanId(random);
        const inner = runSteps(
          step.steps,
          { ...frame, spanId },
          startNs + Math.floor(vary(step.takesNs) / 2),
        );
        const endNs = inner.endNs + Math.floor(step.takesNs / 2);
        recordStep(frame, step.shape, { spanId, startNs, endNs, isFailed: inner.exception !== null });
        return { endNs, exception: inner.exception };
      }
      case 'together':
        return runTogether(step.steps, frame, startNs);
    }
  };

  const recordStep = (
    { trace, instance, spanId: parentId, attributes }: Frame,
    shape: SpanShape,
    span: { spanId?: string; startNs: number; endNs: number; isFailed: boolean; events?: string },
  ): void => {
    record(instance.emitter, shape, {
      trace,
      parentId,
      attributes,
      ...span,
      spanId: span.spanId ?? makeSpanId(random),
    });
  };

  const runTogether = (steps: readonly PlannedStep[], frame: Frame, startNs: number): Outcome => {
    let endNs = startNs;
    let exception: Template | null = null;
    for (const step of steps) {
      const outcome = runSteps([step], frame, startNs);
      endNs = Math.max(endNs, outcome.endNs);
      exception ??= outcome.exception;
    }
    return { endNs, exception };
  };

  const tryRepeatedly = (
    step: { tries: readonly SpanShape[]; exception: Template },
    startNs: number,
    attempt: (shape: SpanShape, startNs: number) => { endNs: number; isFailed: boolean },
  ): Outcome => {
    let nowNs = startNs;
    for (const shape of step.tries) {
      const { endNs, isFailed } = attempt(shape, nowNs);
      if (!isFailed) return { endNs, exception: null };
      nowNs = endNs + BACKOFF_NS;
    }
    return { endNs: nowNs - BACKOFF_NS, exception: step.exception };
  };

  const callOnce = (
    step: PlannedStep & { does: 'call' },
    shape: SpanShape,
    { frame, startNs }: { frame: Frame; startNs: number },
  ): { endNs: number; isFailed: boolean } => {
    const { trace, instance } = frame;
    const spanId = makeSpanId(random);
    const isFromOutside = trace.session !== null && frame.attributes !== '';
    const wayNs = vary(isFromOutside ? INTERNET_NS : INSIDE_NETWORK_NS);
    const egressId = step.egress === null ? '' : makeSpanId(random);
    const parentId = egressId === '' ? spanId : egressId;
    const served = serve(step.callee, { trace, caller: { parentId } }, startNs + wayNs);
    const endNs = served.endNs + wayNs;
    if (step.egress !== null && instance.sidecar !== null) {
      const times = { startNs: startNs + Math.floor(wayNs / 3), endNs: endNs - Math.floor(wayNs / 3) };
      record(instance.sidecar, step.egress, {
        trace,
        spanId: egressId,
        parentId: spanId,
        ...times,
        isFailed: served.isFailed,
      });
    }
    recordStep(frame, shape, { spanId, startNs, endNs, isFailed: served.isFailed });
    return { endNs, isFailed: served.isFailed };
  };

  const produce = (
    shape: SpanShape,
    consumers: readonly PlannedConsumer[],
    { frame, startNs }: { frame: Frame; startNs: number },
  ): Outcome => {
    const { trace } = frame;
    const spanId = makeSpanId(random);
    const endNs = startNs + vary(PRODUCE_NS);
    recordStep(frame, shape, { spanId, startNs, endNs, isFailed: false });
    for (const { operation, by } of consumers) {
      const inside = { ...trace, session: null, headers: NO_HEADERS };
      const call =
        by === 'parent'
          ? { trace: inside, caller: { parentId: spanId } }
          : {
              trace: { ...inside, id: makeTraceId(random) },
              caller: {
                parentId: '',
                links: `"links":[{"traceId":"${trace.id}","spanId":"${spanId}","flags":769}],`,
              },
            };
      serve(operation, call, endNs + vary(CONSUMER_LAG_NS));
    }
    return { endNs, exception: null };
  };

  const beginTrace = (
    startNs: number,
    outside: { session: Session | null; userAgent: string; page: string },
  ): Trace => {
    const thing = String(10_000 + random.below(90_000));
    const { session, userAgent } = outside;
    const page = outside.page.replace(/\{[^}]+\}/, thing);
    const headers = { clientAddress: session?.clientAddress ?? PARTNER_ADDRESS, userAgent, referer: page };
    return {
      id: makeTraceId(random),
      thing,
      session,
      headers:
        userAgent === ''
          ? NO_HEADERS
          : { old: headerAttributes('old', headers), new: headerAttributes('new', headers) },
      isIncident: startNs >= INCIDENT.fromNs && startNs < INCIDENT.toNs,
    };
  };

  /** A new trace that begins in an application, and the application's part of it. */
  const beginInApp = (app: PlannedService, page: string, startNs: number): Frame => {
    const session = sessions.next();
    const instance = app.instances[session.device % app.instances.length] as Instance;
    const trace = beginTrace(startNs, { session, userAgent: instance.userAgent, page });
    return { trace, service: app, instance, spanId: makeSpanId(random), attributes: session.attributes };
  };

  /** The browser's spans of a page that loads, all but the outermost; returns when it is there. */
  const recordFetches = (shapes: LoadShapes, frame: Frame, startNs: number): number => {
    const documentEndNs = startNs + vary(INTERNET_NS * 3);
    recordStep(frame, shapes.document, { startNs, endNs: documentEndNs, isFailed: false });
    let endNs = documentEndNs;
    for (const shape of shapes.resources) {
      const resourceEndNs = documentEndNs + vary(INTERNET_NS * 2);
      recordStep(frame, shape, { startNs: documentEndNs, endNs: resourceEndNs, isFailed: false });
      endNs = Math.max(endNs, resourceEndNs);
    }
    return endNs;
  };

  const recordRoot = (
    frame: Frame,
    shape: SpanShape,
    span: Pick<SpanFacts, 'startNs' | 'endNs' | 'isFailed' | 'exception' | 'events'> & { parentId?: string },
  ): void => {
    const { trace, instance, spanId, attributes } = frame;
    record(instance.emitter, shape, { trace, spanId, attributes, ...span, parentId: span.parentId ?? '' });
  };

  const run = (journey: PlannedJourney, startNs: number): void => {
    switch (journey.starts) {
      case 'action': {
        const frame = beginInApp(journey.app, journey.page, startNs);
        const { endNs, exception } = runSteps(journey.steps, frame, startNs + 3_000_000);
        const isFailed = exception !== null;
        recordRoot(frame, journey.shape, {
          startNs,
          endNs,
          isFailed,
          exception: isFailed ? journey.exception : null,
        });
        return;
      }
      case 'load': {
        const frame = beginInApp(journey.app, journey.page, startNs);
        const loadedNs = recordFetches(journey.shapes, frame, startNs);
        const { endNs } = runSteps(journey.steps, frame, loadedNs);
        recordRoot(frame, journey.shapes.load, {
          startNs,
          endNs,
          isFailed: false,
          events: loadEvents(startNs, endNs),
        });
        return;
      }
      case 'rendered page': {
        const frame = beginInApp(journey.app, '', startNs);
        const page = serve(
          journey.operation,
          { trace: frame.trace, caller: { parentId: '' } },
          startNs + INTERNET_NS,
        );
        const endNs = recordFetches(journey.shapes, frame, page.endNs);
        recordRoot(frame, journey.shapes.load, {
          startNs,
          endNs,
          isFailed: false,
          events: loadEvents(startNs, endNs),
          parentId: page.spanId,
        });
        return;
      }
      case 'schedule': {
        const trace = beginTrace(startNs, { session: null, userAgent: '', page: '' });
        const frame = {
          trace,
          service: journey.service,
          instance: pick(random, journey.service.instances),
          spanId: makeSpanId(random),
          attributes: '',
        };
        const { endNs, exception } = runSteps(journey.steps, frame, startNs + 1_000_000);
        recordRoot(frame, journey.shape, { startNs, endNs, isFailed: exception !== null, exception });
        return;
      }
      case 'partner': {
        const trace = beginTrace(startNs, { session: null, userAgent: PARTNER_USER_AGENT, page: '' });
        serve(journey.operation, { trace, caller: { parentId: '' } }, startNs);
        return;
      }
      case 'unseen caller': {
        const trace = beginTrace(startNs, { session: null, userAgent: '', page: '' });
        serve(journey.operation, { trace, caller: { parentId: makeSpanId(random) } }, startNs);
      }
    }
  };

  return {
    runJourney(startNs) {
      const weightSum = plan.weightSums.at(-1) ?? 0;
      const drawn = random.unit() * weightSum;
      const position = plan.weightSums.findIndex((sum) => drawn < sum);
      run(plan.journeys[position] as PlannedJourney, startNs);
    },
    get spanCount() {
      return spanCount;
    },
  };
}

const PARTNER_USER_AGENT = 'TripCompare-Importer/3.2 (+https://tripcompare.example/bot)';
const PARTNER_ADDRESS = '192.0.2.77';

function headersFor({ description }: PlannedService, { headers }: Trace): string {
  return description.recordsHeaders ? headers[description.conventions] : '';
}

/** Attributes that come later start with a comma, which the first of all must not have. */
function attributeList(first: string, second: string, third: string): string {
  const list = first + second + third;
  return first === '' ? list.slice(1) : list;
}
