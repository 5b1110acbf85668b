/** Runs journeys of the plan. Every random number comes from one source: same seed, same spans. */
import { loadEvents, makeSessions, type LoadShapes, type Session } from './applications.ts';
import { headerAttributes } from './conventions.ts';
import type { ExportQueues } from './export-queues.ts';
import { makeSpanId, makeTraceId } from './otlp-text.ts';
import type { Plan, PlannedJourney, PlannedService } from './plan.ts';
import { pick, type Random } from './random.ts';
import {
  recordSpan,
  recordStep,
  varied,
  type Frame,
  type SpanFacts,
  type Trace,
  type World,
} from './recorder.ts';
import { INTERNET_NS, NO_HEADERS, runSteps, serve } from './requests.ts';
import type { SpanShape } from './shapes.ts';

/** The data covers two hours. */
export const WINDOW_NS = 2 * 3600e9;
/** The card network is in trouble from 10:00:00Z (included) to 10:20:00Z (excluded). */
export const INCIDENT = { fromNs: 3600e9, toNs: 4800e9 } as const;

const PARTNER_USER_AGENT = 'TripCompare-Importer/3.2 (+https://tripcompare.example/bot)';
const PARTNER_ADDRESS = '192.0.2.77';

export interface Simulation {
  /** Runs one journey that starts at `startNs`; all its spans are in the queues afterwards. */
  runJourney(startNs: number): void;
  spanCount(): number;
}

type Sessions = ReturnType<typeof makeSessions>;

export function makeSimulation(plan: Plan, random: Random, queues: ExportQueues): Simulation {
  const world: World = { random, queues, spanCount: 0 };
  const sessions = makeSessions(random);
  const weightSum = plan.weightSums.at(-1) ?? 0;
  return {
    runJourney(startNs) {
      const drawn = random.unit() * weightSum;
      const position = plan.weightSums.findIndex((sum) => drawn < sum);
      runJourney(world, plan.journeys[position], { sessions, startNs });
    },
    spanCount: () => world.spanCount,
  };
}

function runJourney(
  world: World,
  journey: PlannedJourney,
  { sessions, startNs }: { sessions: Sessions; startNs: number },
): void {
  switch (journey.starts) {
    case 'action': {
      const frame = beginInApp(world, journey.app, { session: sessions.next(), page: journey.page, startNs });
      const { endNs, exception } = runSteps(world, journey.steps, { frame, startNs: startNs + 3_000_000 });
      const isFailed = exception !== null;
      recordRoot(
        world,
        { frame, shape: journey.shape },
        { startNs, endNs, isFailed, exception: isFailed ? journey.exception : null },
      );
      return;
    }
    case 'load': {
      const frame = beginInApp(world, journey.app, { session: sessions.next(), page: journey.page, startNs });
      const loadedNs = recordFetches(world, journey.shapes, { frame, startNs });
      const { endNs } = runSteps(world, journey.steps, { frame, startNs: loadedNs });
      const events = loadEvents(startNs, endNs);
      recordRoot(world, { frame, shape: journey.shapes.load }, { startNs, endNs, isFailed: false, events });
      return;
    }
    case 'rendered page': {
      const frame = beginInApp(world, journey.app, { session: sessions.next(), page: '', startNs });
      const page = serve(world, journey.operation, {
        trace: frame.trace,
        parentId: '',
        startNs: startNs + INTERNET_NS,
      });
      const endNs = recordFetches(world, journey.shapes, { frame, startNs: page.endNs });
      const events = loadEvents(startNs, endNs);
      recordRoot(
        world,
        { frame, shape: journey.shapes.load },
        { startNs, endNs, isFailed: false, events, parentId: page.spanId },
      );
      return;
    }
    case 'schedule': {
      const { service, shape } = journey;
      const instance = pick(world.random, service.instances);
      const trace = beginTrace(world.random, startNs);
      const frame = { trace, service, instance, spanId: makeSpanId(world.random), attributes: '' };
      const { endNs, exception } = runSteps(world, journey.steps, { frame, startNs: startNs + 1_000_000 });
      recordRoot(world, { frame, shape }, { startNs, endNs, isFailed: exception !== null, exception });
      return;
    }
    case 'partner': {
      const headers = { clientAddress: PARTNER_ADDRESS, userAgent: PARTNER_USER_AGENT };
      const trace = beginTrace(world.random, startNs, { ...headers, page: '' });
      serve(world, journey.operation, { trace, parentId: '', startNs });
      return;
    }
    case 'unseen caller':
      serve(world, journey.operation, {
        trace: beginTrace(world.random, startNs),
        parentId: makeSpanId(world.random),
        startNs,
      });
  }
}

interface Visitor {
  readonly clientAddress: string;
  readonly userAgent: string;
  /** Path of the page that the request is sent from; '' = none. */
  readonly page: string;
}

function beginTrace(random: Random, startNs: number, visitor?: Visitor): Trace {
  const thing = String(10_000 + random.below(90_000));
  return {
    id: makeTraceId(random),
    thing,
    headers: visitor === undefined ? NO_HEADERS : headersOf(visitor, thing),
    isIncident: startNs >= INCIDENT.fromNs && startNs < INCIDENT.toNs,
  };
}

function headersOf({ clientAddress, userAgent, page }: Visitor, thing: string): Trace['headers'] {
  const headers = { clientAddress, userAgent, referer: page.replace(/\{[^}]+\}/, thing) };
  return { old: headerAttributes('old', headers), new: headerAttributes('new', headers) };
}

/** A new trace that begins in an application, and the application's part of it. */
function beginInApp(
  { random }: World,
  service: PlannedService,
  { session, page, startNs }: { session: Session; page: string; startNs: number },
): Frame {
  const instance = service.instances[session.device % service.instances.length];
  const { userAgent } = instance;
  const trace = beginTrace(random, startNs, {
    clientAddress: session.clientAddress,
    userAgent,
    page,
  });
  return { trace, service, instance, spanId: makeSpanId(random), attributes: session.attributes };
}

/** The browser's spans of a page that loads, all but the outermost; returns when it is there. */
function recordFetches(
  world: World,
  shapes: LoadShapes,
  { frame, startNs }: { frame: Frame; startNs: number },
): number {
  const documentEndNs = startNs + varied(world.random, INTERNET_NS * 3);
  recordStep(world, frame, { shape: shapes.document, startNs, endNs: documentEndNs, isFailed: false });
  let loadedNs = documentEndNs;
  for (const shape of shapes.resources) {
    const endNs = documentEndNs + varied(world.random, INTERNET_NS * 2);
    recordStep(world, frame, { shape, startNs: documentEndNs, endNs, isFailed: false });
    loadedNs = Math.max(loadedNs, endNs);
  }
  return loadedNs;
}

function recordRoot(
  world: World,
  { frame, shape }: { frame: Frame; shape: SpanShape },
  span: Omit<SpanFacts, 'trace' | 'spanId' | 'parentId'> & { parentId?: string },
): void {
  const { trace, instance, spanId, attributes } = frame;
  recordSpan(
    world,
    { emitter: instance.emitter, shape },
    { parentId: '', ...span, trace, spanId, attributes },
  );
}
