/**
 * Makes the plan from the description (services, operations, journeys). A name that nothing bears
 * throws here, before the first span.
 */
import { actionShape, loadShapes } from './applications.ts';
import { actionException, EXCEPTIONS, failedCallException } from './exceptions.ts';
import { JOURNEYS } from './journeys.ts';
import { OPERATIONS } from './operations.ts';
import type { Template } from './otlp-text.ts';
import type {
  Edge,
  Plan,
  PlannedJourney,
  PlannedOperation,
  PlannedOptions,
  PlannedOwnFailure,
  PlannedService,
  PlannedStep,
} from './plan.ts';
import { makeQuota, type Random } from './random.ts';
import { makeInstances } from './resources.ts';
import { DATABASES, HOME, SERVICES, TOPICS, type ServiceDescription } from './services.ts';
import {
  clientShape,
  edgeShape,
  exceptionTemplate,
  httpClientShape,
  placeOf,
  producerShape,
  protocolOf,
  queryShape,
  serverShape,
  sidecarShape,
  workShape,
  type SpanShape,
} from './shapes.ts';
import type { Journey, Operation, OwnFailure, Step, StepOptions } from './vocabulary.ts';

/** What is known while the plan is made. */
interface Planning {
  readonly random: Random;
  readonly services: ReadonlyMap<string, PlannedService>;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly planned: Map<string, PlannedOperation>;
  /** Operations whose steps are being planned: one that turns up again would never end. */
  readonly underWay: Set<string>;
}

const MS = 1e6;

export function makePlan(random: Random): Plan {
  const planning: Planning = {
    random,
    services: new Map(SERVICES.map((described) => [described.name, planService(described, random)])),
    operations: new Map(OPERATIONS.map((described) => [`${described.service} ${described.name}`, described])),
    planned: new Map(),
    underWay: new Set(),
  };
  let sum = 0;
  return {
    journeys: JOURNEYS.map((journey) => planJourney(planning, journey)),
    weightSums: JOURNEYS.map(({ weight }) => (sum += weight)),
  };
}

function planService(description: ServiceDescription, random: Random): PlannedService {
  const scopes: string[] = [];
  return { description, scopes, instances: makeInstances(description, scopes, random) };
}

function planJourney(planning: Planning, journey: Journey): PlannedJourney {
  switch (journey.starts) {
    case 'click':
    case 'submit':
    case 'tap': {
      const app = named(planning.services, journey.app);
      const exception = exceptionTemplate(actionException(app.description.language, journey.label));
      const page = journey.starts === 'tap' ? '' : journey.page;
      const steps = planSteps(planning, app, journey.steps);
      return { starts: 'action', app, page, exception, steps, shape: actionShape(app, journey) };
    }
    case 'load': {
      const app = named(planning.services, journey.app);
      const { page } = journey;
      return {
        starts: 'load',
        app,
        page,
        shapes: loadShapes(app, page),
        steps: planSteps(planning, app, journey.steps),
      };
    }
    case 'rendered page': {
      const app = named(planning.services, journey.app);
      const operation = planOperation(planning, journey.operation);
      return { starts: 'rendered page', app, page: '', shapes: loadShapes(app, journey.page), operation };
    }
    case 'schedule': {
      const service = named(planning.services, journey.service);
      const steps = planSteps(planning, service, journey.steps);
      return { starts: 'schedule', service, steps, shape: workShape(service, journey.name) };
    }
    case 'partner':
    case 'unseen caller':
      return { starts: journey.starts, operation: planOperation(planning, journey.operation) };
  }
}

function planOperation(planning: Planning, name: string): PlannedOperation {
  const known = planning.planned.get(name);
  if (known !== undefined) return known;
  if (planning.underWay.has(name)) throw new Error(`demo: "${name}" calls itself without end`);
  planning.underWay.add(name);
  const operation = named(planning.operations, name);
  const service = named(planning.services, operation.service);
  const planned = {
    service,
    shape: serverShape(service, operation.name),
    ingress: service.description.sidecar
      ? sidecarShape('inbound', operation.name, placeOf(service.description))
      : null,
    edge: planEdge(planning, operation),
    steps: planSteps(planning, service, operation.steps),
    takesNs: operation.takes * MS,
    slowerInIncident: operation.slowerInIncident ?? 1,
    fails: operation.fails === undefined ? null : planOwnFailure(planning.random, operation.fails),
  };
  planning.underWay.delete(name);
  planning.planned.set(name, planned);
  return planned;
}

function planEdge(planning: Planning, operation: Operation): Edge | null {
  const { behind } = named(planning.services, operation.service).description;
  if (behind === undefined) return null;
  const service = named(planning.services, behind);
  return { service, shape: edgeShape(service, operation.name) };
}

function planOwnFailure(
  random: Random,
  { rate, incidentRate, exception, after }: OwnFailure,
): PlannedOwnFailure {
  return {
    rate,
    incidentRate: incidentRate ?? rate,
    quota: makeQuota(random),
    exception: exceptionTemplate(EXCEPTIONS[exception]),
    afterNs: (after ?? 0) * MS,
  };
}

function planSteps(planning: Planning, owner: PlannedService, steps: readonly Step[]): PlannedStep[] {
  return steps.map((step) => planStep(planning, owner, step));
}

function planStep(planning: Planning, owner: PlannedService, step: Step): PlannedStep {
  switch (step.does) {
    case 'call':
      return planCall(planning, owner, step);
    case 'ask':
      return planAsk(planning, owner, step);
    case 'query': {
      const database = oneNamed(DATABASES, step.database);
      const shape = queryShape(owner, database, step.statement);
      return { does: 'query', shape, takesNs: database.takes * MS, ...planOptions(step.options) };
    }
    case 'publish': {
      const consumers = oneNamed(TOPICS, step.topic).consumers.map(({ operation, by }) => ({
        operation: planOperation(planning, operation),
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
      const steps = planSteps(planning, owner, step.steps);
      return {
        does: 'work',
        shape: workShape(owner, step.name),
        takesNs: step.takes * MS,
        steps,
        ...planOptions({}),
      };
    }
    case 'together':
      return { does: 'together', steps: planSteps(planning, owner, step.steps), ...planOptions({}) };
  }
}

function planCall(planning: Planning, owner: PlannedService, step: Step & { does: 'call' }): PlannedStep {
  const callee = planOperation(planning, step.operation);
  const name = step.operation.slice(step.operation.indexOf(' ') + 1);
  const isFromOutside = isApplication(owner.description);
  const place = isFromOutside ? HOME : placeOf(callee.service.description);
  const hasEgress = owner.description.sidecar === true && protocolOf(name).is === 'http';
  return {
    does: 'call',
    callee,
    isFromOutside,
    tries: makeTries(step.options, (attempt) => clientShape(owner, name, { place, attempt })),
    egress: hasEgress ? sidecarShape('outbound', name, place) : null,
    exception: failedCall(owner, callee.service.description.name, 500),
    ...planOptions(step.options),
  };
}

function planAsk(
  planning: Planning,
  owner: PlannedService,
  { host, request, options }: Step & { does: 'ask' },
): PlannedStep {
  const [method = '', route = ''] = request.split(' ');
  const ok = { method, route, host, port: 443, status: 200 };
  const failed = { ...ok, status: options.fails?.status ?? 500 };
  return {
    does: 'ask',
    tries: makeTries(options, (attempt) => httpClientShape(owner, { ok, failed, attempt })),
    takesNs: options.takes * MS,
    fails:
      options.fails === undefined ? null : { rate: options.fails.rate, quota: makeQuota(planning.random) },
    exception: failedCall(owner, host, failed.status),
    ...planOptions(options),
  };
}

/** What the caller throws when `callee` fails it. */
function failedCall(owner: PlannedService, callee: string, status: number): Template {
  return exceptionTemplate(failedCallException(owner.description.language, callee, status));
}

function isApplication({ language }: ServiceDescription): boolean {
  return language === 'webjs' || language === 'swift' || language === 'android';
}

function planOptions(options: StepOptions): PlannedOptions {
  return { chance: options.chance ?? 1, times: options.times ?? 1, isHandled: options.handled ?? false };
}

function makeTries(options: StepOptions, make: (attempt: number) => SpanShape): SpanShape[] {
  return Array.from({ length: options.attempts ?? 1 }, (_, attempt) => make(attempt));
}

function named<T>(map: ReadonlyMap<string, T>, name: string): T {
  const found = map.get(name);
  if (found === undefined) throw new Error(`demo: nothing is called "${name}"`);
  return found;
}

function oneNamed<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((one) => one.name === name);
  if (found === undefined) throw new Error(`demo: nothing is called "${name}"`);
  return found;
}
