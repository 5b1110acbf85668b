/**
 * The demo system "EasyTrips & Shop": deterministic traces as an OpenTelemetry Collector's file exporter
 * would have written them (OTLP/JSON Lines). Who is in it: services.ts; what they do: operations.ts; who
 * asks them: journeys.ts.
 */
import { makeExportQueues } from './export-queues.ts';
import { makePlan } from './planner.ts';
import { makeRandom } from './random.ts';
import { makeSimulation, WINDOW_NS } from './simulation.ts';

export interface DemoOptions {
  /** About how many; only whole traces are generated. */
  readonly spans: number;
  /** The same seed gives the same bytes, everywhere. */
  readonly seed?: number;
}

export interface DemoFile {
  readonly name: string;
  /** Without line breaks at their ends. */
  readonly lines: Iterable<string>;
}

const DEMO_SPANS = 20_000;
const DEFAULT_SEED = 14;

/**
 * Yields one line after the other, each an ExportTraceServiceRequest as JSON without the line break.
 * Lazy: holds no more than what the demo's processes have not exported yet, a few MB at any size.
 */
export function* generateDemo({
  spans,
  seed = DEFAULT_SEED,
}: DemoOptions): Generator<string, void, undefined> {
  const random = makeRandom(seed);
  const queues = makeExportQueues(random);
  const simulation = makeSimulation(makePlan(random), random, queues);
  while (simulation.spanCount() < spans) {
    const progress = simulation.spanCount() / spans;
    simulation.runJourney(Math.floor(WINDOW_NS * progress) + random.below(1_000_000));
    yield* queues.takeLines();
  }
  yield* queues.close();
}

/** The files that the page's demo drops on itself. */
export function demoFiles(spans = DEMO_SPANS): DemoFile[] {
  return [{ name: 'headwater-demo.jsonl', lines: generateDemo({ spans }) }];
}
