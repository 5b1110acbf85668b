/**
 * The description (services, operations, journeys) made ready to run: names resolved to what they name,
 * spans rendered to shapes. A name that nothing bears throws here, before the first span.
 */
import { actionShape, loadShapes, type LoadShapes } from './applications.ts';
import { actionException, EXCEPTIONS, failedCallException } from './exceptions.ts';
import { httpServerAttributes } from './conventions.ts';
import type { Template } from './otlp-text.ts';
import { makeQuota, type Quota, type Random } from './random.ts';
import { makeInstances, type Instance } from './resources.ts';
import { DATABASES, HOME_URL, SERVICES, TOPICS, type ServiceDescription } from './services.ts';
import {
  clientShape,
  exceptionTemplate,
  httpClientShape,
  KIND,
  makeShape,
  placeOf,
  producerShape,
  protocolOf,
  queryShape,
  serverShape,
  sidecarShape,
  workShape,
  type Place,
  type ShapeOwner,
  type SpanShape,
} from './shapes.ts';
import { JOURNEYS } from './journeys.ts';
import { OPERATIONS } from './operations.ts';
import type { Journey, Operation, Step, StepOptions } from './vocabulary.ts';

export interface PlannedService extends ShapeOwner {
  readonly instances: readonly Instance[];
}

/** A proxy that the request passes before the service sees it. */
export interface Front {
  /** null: the sidecar of the called instance itself. */
  readonly service: PlannedService | null;
  readonly shape: SpanShape;
}

export interface PlannedOperation {
  readonly service: PlannedService;
  readonly shape: SpanShape;
  /** What its own code throws; null: it fails only when a step does. */
  readonly ownException: Template | null;
  readonly sidecar: Front | null;
  readonly edge: Front | null;
  readonly steps: readonly PlannedStep[];
  readonly takesNs: number;
  readonly slowerInIncident: number;
  readonly failureRate: number;
  readonly incidentRate: number;
  readonly quota: Quota;
}

export interface PlannedConsumer {
  readonly operation: PlannedOperation;
  readonly by: 'parent' | 'link';
}

interface PlannedOptions {
  readonly chance: number;
  readonly times: number;
  readonly isHandled: boolean;
}

export type PlannedStep = PlannedOptions &
  (
    | {
        readonly does: 'call';
        readonly tries: readonly SpanShape[];
        readonly egress: SpanShape | null;
        readonly callee: PlannedOperation;
        readonly exception: Template;
      }
    | {
        readonly does: 'ask';
        readonly tries: readonly SpanShape[];
        readonly takesNs: number;
        readonly failureRate: number;
        readonly quota: Quota;
        readonly exception: Template;
      }
    | { readonly does: 'query'; readonly shape: SpanShape; readonly takesNs: number }
    | { readonly does: 'publish'; readonly shape: SpanShape; readonly consumers: readonly PlannedConsumer[] }
    | {
        readonly does: 'work';
        readonly shape: SpanShape;
        readonly takesNs: number;
        readonly steps: readonly PlannedStep[];
      }
    | { readonly does: 'together'; readonly steps: readonly PlannedStep[] }
  );

export type PlannedJourney =
  | {
      readonly starts: 'action';
      readonly app: PlannedService;
      readonly page: string;
      readonly shape: SpanShape;
      readonly exception: Template;
      readonly steps: readonly PlannedStep[];
    }
  | {
      readonly starts: 'load';
      readonly app: PlannedService;
      readonly page: string;
      readonly shapes: LoadShapes;
      readonly steps: readonly PlannedStep[];
    }
  | {
      readonly starts: 'rendered page';
      readonly app: PlannedService;
      readonly shapes: LoadShapes;
      readonly operation: PlannedOperation;
    }
  | {
      readonly starts: 'schedule';
      readonly service: PlannedService;
      readonly shape: SpanShape;
      readonly steps: readonly PlannedStep[];
    }
  | { readonly starts: 'partner' | 'unseen caller'; readonly operation: PlannedOperation };

export interface Plan {
  readonly journeys: readonly PlannedJourney[];
  /** Running sums of the journeys' weights. */
  readonly weightSums: readonly number[];
}

const MS = 1e6;

export function makePlan(random: Random): Plan {
  const planner = makePlanner(random);
  let sum = 0;
  return {
    journeys: JOURNEYS.map(planner.journey),
    weightSums: JOURNEYS.map(({ weight }) => (sum += weight)),
  };
}

function makePlanner(random: Random): { journey(journey: Journey): PlannedJourney } {
  const services = new Map(
    SERVICES.map((description) => [description.name, planService(description, random)]),
  );
  const operations = new Map(
    OPERATIONS.map((operation) => [`${operation.service} ${operation.name}`, operation]),
  );
  const planned = new Map<string, PlannedOperation>();
  const underWay = new Set<string>();

  const serviceNamed = (name: string): PlannedService => named(services, name);

  const operationNamed = (name: string): PlannedOperation => {
    const known = planned.get(name);
    if (known !== undefined) return known;
    if (underWay.has(name)) throw new Error(`demo: "${name}" calls itself without end`);
    underWay.add(name);
    const made = planOperation(named(operations, name));
    underWay.delete(name);
    planned.set(name, made);
    return made;
  };

  const planOperation = (operation: Operation): PlannedOperation => {
    const service = serviceNamed(operation.service);
    const { fails } = operation;
    return {
      service,
      shape: serverShape(service, operation.name),
      ownException: fails === undefined ? null : exceptionTemplate(EXCEPTIONS[fails.exception]),
      sidecar: service.description.sidecar ? sidecarFront(service, operation.name) : null,
      edge:
        service.description.behind === undefined
          ? null
          : edgeFront(serviceNamed(service.description.behind), operation.name),
      steps: planSteps(service, operation.steps),
      takesNs: operation.takes * MS,
      slowerInIncident: operation.slowerInIncident ?? 1,
      failureRate: fails?.rate ?? 0,
      incidentRate: fails?.incidentRate ?? fails?.rate ?? 0,
      quota: makeQuota(random),
    };
  };

  const planSteps = (owner: PlannedService, steps: readonly Step[]): PlannedStep[] =>
    steps.map((step) => planStep(owner, step));

  const planStep = (owner: PlannedService, step: Step): PlannedStep => {
    switch (step.does) {
      case 'call':
        return planCall(owner, step);
      case 'ask':
        return planAsk(owner, step);
      case 'query': {
        const database = DATABASES.find(({ name }) => name === step.database);
        if (database === undefined) throw new Error(`demo: no database "${step.database}"`);
        const shape = queryShape(owner, database, step.statement);
        return { does: 'query', shape, takesNs: database.takes * MS, ...planOptions(step.options) };
      }
      case 'publish': {
        const topic = TOPICS.find(({ name }) => name === step.topic);
        if (topic === undefined) throw new Error(`demo: no topic "${step.topic}"`);
        const consumers = topic.consumers.map(({ operation, by }) => ({
          operation: operationNamed(operation),
          by,
        }));
        return {
          does: 'publish',
          shape: producerShape(owner, step.topic),
          consumers,
          ...planOptions(step.options),
        };
      }
      case 'work': {
        const shape = workShape(owner, step.name);
        return {
          does: 'work',
          shape,
          takesNs: step.takes * MS,
          steps: planSteps(owner, step.steps),
          ...planOptions({}),
        };
      }
      case 'together':
        return { does: 'together', steps: planSteps(owner, step.steps), ...planOptions({}) };
    }
  };

  const planCall = (owner: PlannedService, step: Step & { does: 'call' }): PlannedStep => {
    const callee = operationNamed(step.operation);
    const name = step.operation.slice(step.operation.indexOf(' ') + 1);
    const place = isApplication(owner.description) ? HOME : placeOf(callee.service.description);
    const hasEgress = owner.description.sidecar === true && protocolOf(name).is === 'http';
    return {
      does: 'call',
      tries: tries(step.options, (attempt) => clientShape(owner, name, { place, attempt })),
      egress: hasEgress ? sidecarShape('outbound', name, place) : null,
      callee,
      exception: failedCall(owner, callee.service.description.name),
      ...planOptions(step.options),
    };
  };

  const planAsk = (
    owner: PlannedService,
    { host, request, options }: Step & { does: 'ask' },
  ): PlannedStep => {
    const [method = '', route = ''] = request.split(' ');
    const ok = { method, route, host, port: 443, status: 200 };
    const failed = { ...ok, status: options.fails?.status ?? 500 };
    return {
      does: 'ask',
      tries: tries(options, (attempt) => httpClientShape(owner, { ok, failed, attempt })),
      takesNs: options.takes * MS,
      failureRate: options.fails?.rate ?? 0,
      quota: makeQuota(random),
      exception: failedCall(owner, host),
      ...planOptions(options),
    };
  };

  const journey = (described: Journey): PlannedJourney => {
    switch (described.starts) {
      case 'click':
      case 'submit':
      case 'tap': {
        const app = serviceNamed(described.app);
        const page = described.starts === 'tap' ? '' : described.page;
        const exception = exceptionTemplate(actionException(app.description.language, described.label));
        return {
          starts: 'action',
          app,
          page,
          shape: actionShape(app, described),
          exception,
          steps: planSteps(app, described.steps),
        };
      }
      case 'load': {
        const app = serviceNamed(described.app);
        return {
          starts: 'load',
          app,
          page: described.page,
          shapes: loadShapes(app, described.page),
          steps: planSteps(app, described.steps),
        };
      }
      case 'rendered page': {
        const app = serviceNamed(described.app);
        return {
          starts: 'rendered page',
          app,
          shapes: loadShapes(app, described.page),
          operation: operationNamed(described.operation),
        };
      }
      case 'schedule': {
        const service = serviceNamed(described.service);
        return {
          starts: 'schedule',
          service,
          shape: workShape(service, described.name),
          steps: planSteps(service, described.steps),
        };
      }
      case 'partner':
      case 'unseen caller':
        return { starts: described.starts, operation: operationNamed(described.operation) };
    }
  };

  return { journey };
}

const HOME: Place = { host: new URL(HOME_URL).hostname, port: 443 };

function isApplication({ language }: ServiceDescription): boolean {
  return language === 'webjs' || language === 'swift' || language === 'android';
}

function planService(description: ServiceDescription, random: Random): PlannedService {
  const scopes: string[] = [];
  return { description, scopes, instances: makeInstances(description, scopes, random) };
}

function planOptions(options: StepOptions): PlannedOptions {
  return { chance: options.chance ?? 1, times: options.times ?? 1, isHandled: options.handled ?? false };
}

function tries(options: StepOptions, make: (attempt: number) => SpanShape): SpanShape[] {
  return Array.from({ length: options.attempts ?? 1 }, (_, attempt) => make(attempt));
}

function sidecarFront(service: PlannedService, operationName: string): Front {
  return { service: null, shape: sidecarShape('inbound', operationName, placeOf(service.description)) };
}

/** nginx knows paths, not routes: its span bears no `http.route`. */
function edgeFront(service: PlannedService, operationName: string): Front {
  const protocol = protocolOf(operationName);
  if (protocol.is !== 'http')
    throw new Error(`demo: the web server passes on HTTP only, not "${operationName}"`);
  const { method, route } = protocol;
  const shape = makeShape(service, {
    use: 'server',
    name: route.startsWith('/api/') ? '/api/' : '/',
    kind: KIND.server,
    attributes: (failed) =>
      httpServerAttributes('old', { method, route, ...HOME, status: failed ? 500 : 200 }).filter(
        (attribute) => !attribute.includes('"http.route"'),
      ),
  });
  return { service, shape };
}

/** What the caller throws when `callee` fails it. */
function failedCall(owner: PlannedService, callee: string): Template {
  return exceptionTemplate(failedCallException(owner.description.language, callee));
}

function named<T>(map: ReadonlyMap<string, T>, name: string): T {
  const found = map.get(name);
  if (found === undefined) throw new Error(`demo: nothing is called "${name}"`);
  return found;
}
