/**
 * The words in which the demo system is described: what a service does when it is asked for something
 * (`operations.ts`) and who asks first (`journeys.ts`). An operation is named by one text, its service
 * and what is asked of it:
 *
 *   'booking POST /bookings'                  HTTP
 *   'pricing PricingService/Quote'            gRPC
 *   'email process order-events'              a consumer of a topic
 */
import type { ExceptionName } from './exceptions.ts';

export interface OwnFailure {
  /** Share of its requests, 0..1. */
  readonly rate: number;
  /** The same inside the incident window; not given: no difference. */
  readonly incidentRate?: number;
  readonly exception: ExceptionName;
  /** How much longer a failing request takes, ms. */
  readonly after?: number;
}

export interface OperationOptions {
  /** Typical time of its own, without that of its steps, ms. */
  readonly takes: number;
  readonly fails?: OwnFailure;
  /** Its own time is this many times as long inside the incident window. */
  readonly slowerInIncident?: number;
}

export interface Operation extends OperationOptions {
  readonly service: string;
  readonly name: string;
  readonly steps: readonly Step[];
}

export interface StepOptions {
  /** Share of the runs in which the step is taken, 0..1. */
  readonly chance?: number;
  /** How often in a row. */
  readonly times?: number;
  /** How often it is tried before it counts as failed. */
  readonly attempts?: number;
  /** A failure of this step does not fail the operation. */
  readonly handled?: boolean;
}

export interface HostOptions extends StepOptions {
  readonly takes: number;
  readonly fails?: { readonly rate: number; readonly status: number };
}

export type Step =
  | { readonly does: 'call'; readonly operation: string; readonly options: StepOptions }
  | { readonly does: 'ask'; readonly host: string; readonly request: string; readonly options: HostOptions }
  | {
      readonly does: 'query';
      readonly database: string;
      readonly statement: string;
      readonly options: StepOptions;
    }
  | { readonly does: 'publish'; readonly topic: string; readonly options: StepOptions }
  | { readonly does: 'work'; readonly name: string; readonly takes: number; readonly steps: readonly Step[] }
  | { readonly does: 'together'; readonly steps: readonly Step[] };

export function operation(name: string, options: OperationOptions, ...steps: readonly Step[]): Operation {
  const [service, rest] = splitFirstWord(name);
  return { service, name: rest, steps, ...options };
}

/** A request to an operation of another service (or of the own one). */
export function call(name: string, options: StepOptions = {}): Step {
  return { does: 'call', operation: name, options };
}

/** A request to a host that nobody traces: `ask('api.stripe.com POST /v1/charges', { takes: 140 })`. */
export function ask(request: string, options: HostOptions): Step {
  const [host, rest] = splitFirstWord(request);
  return { does: 'ask', host, request: rest, options };
}

/** A statement to one of the databases of services.ts. */
export function query(database: string, statement: string, options: StepOptions = {}): Step {
  return { does: 'query', database, statement, options };
}

/** A message to one of the topics of services.ts; its consumers run later. */
export function publish(topic: string, options: StepOptions = {}): Step {
  return { does: 'publish', topic, options };
}

/** A stretch of work inside the service that has a span of its own. `takes` in ms. */
export function work(name: string, takes: number, ...steps: readonly Step[]): Step {
  return { does: 'work', name, takes, steps };
}

/** Steps that start at the same time; the next step waits for all of them. */
export function together(...steps: readonly Step[]): Step {
  return { does: 'together', steps };
}

/** What starts a trace. `weight`: how often, compared with the other journeys. */
export type Journey =
  | {
      readonly starts: 'click' | 'submit' | 'tap';
      readonly app: string;
      readonly label: string;
      readonly page: string;
      readonly weight: number;
      readonly steps: readonly Step[];
    }
  | {
      readonly starts: 'load';
      readonly app: string;
      readonly page: string;
      readonly weight: number;
      readonly steps: readonly Step[];
    }
  | {
      readonly starts: 'rendered page';
      readonly app: string;
      readonly page: string;
      readonly weight: number;
      readonly operation: string;
    }
  | {
      readonly starts: 'schedule';
      readonly service: string;
      readonly name: string;
      readonly weight: number;
      readonly steps: readonly Step[];
    }
  | { readonly starts: 'partner'; readonly operation: string; readonly weight: number }
  | { readonly starts: 'unseen caller'; readonly operation: string; readonly weight: number };

interface On {
  readonly app: string;
  readonly page: string;
  readonly weight: number;
}

/** A click on a button or link of a page. */
export function click(label: string, on: On, ...steps: readonly Step[]): Journey {
  return { starts: 'click', label, ...on, steps };
}

/** A form that is sent. */
export function submit(label: string, on: On, ...steps: readonly Step[]): Journey {
  return { starts: 'submit', label, ...on, steps };
}

/** A tap on a screen of a mobile app. */
export function tap(label: string, on: On, ...steps: readonly Step[]): Journey {
  return { starts: 'tap', label, ...on, steps };
}

/** A page that loads and then fetches its content. */
export function load(on: On, ...steps: readonly Step[]): Journey {
  return { starts: 'load', ...on, steps };
}

/** A page that the server renders; the browser's load span names the server's span as its parent. */
export function renderedPage(on: On, name: string): Journey {
  return { starts: 'rendered page', ...on, operation: name };
}

export function schedule(job: string, weight: number, ...steps: readonly Step[]): Journey {
  const [service, name] = splitFirstWord(job);
  return { starts: 'schedule', service, name, weight, steps };
}

/** Another company's program calls in: no browser, no parent. */
export function partner(name: string, weight: number): Journey {
  return { starts: 'partner', operation: name, weight };
}

/** The caller was sampled away: its span is named as parent and is not in the data. */
export function unseenCaller(name: string, weight: number): Journey {
  return { starts: 'unseen caller', operation: name, weight };
}

function splitFirstWord(words: string): [string, string] {
  const space = words.indexOf(' ');
  if (space < 0) throw new Error(`demo: "${words}" needs two words or more`);
  return [words.slice(0, space), words.slice(space + 1)];
}
