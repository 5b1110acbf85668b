/** docs/figures.md, Filters: conditions on requests, and zones. */
import type { ZoneFilter } from '../../src/model/answers.ts';
import type { Condition, ConditionField } from '../../src/model/conditions.ts';
import { first, KEYS, textOf } from './attributes.ts';
import { grpcStatus, httpStatus } from './failed.ts';
import type { Request } from './requests.ts';
import { exceptionOfRequest } from './rulesets.ts';

type Comparing = Extract<Condition, { kind: 'compare' }>;

/** The resource bears one of the zone's values. */
/** Of a renamed attribute the newest spelling that the resource bears. */
const ENVIRONMENTS = [
  'deployment.environment.name',
  'deployment.environment',
  'service.environment',
  'env',
  'environment',
];
const RENAMED = [
  ENVIRONMENTS,
  ['cloud.availability_zone', 'cloud.zone'],
  ['service.version', 'app.version'],
  ['host.name', 'hostname'],
];

export function isInZone({ opening }: Request, { key, values }: ZoneFilter): boolean {
  const spellings = RENAMED.find((names) => names.includes(key)) ?? [key];
  const value = opening.resource.get(spellings.find((name) => opening.resource.has(name)) ?? key);
  return value !== undefined && values.includes(textOf(value));
}

export function fits(request: Request, condition: Condition): boolean {
  if ('conditions' in condition) {
    const parts = condition.conditions.map((part) => fits(request, part));
    return condition.kind === 'and' ? !parts.includes(false) : parts.includes(true);
  }
  if (condition.kind === 'not') return !fits(request, condition.condition);
  const found = valueOf(request, condition.field);
  if (condition.value.kind === 'nil') {
    if (condition.comparison === '=') return found === null;
    return condition.comparison === '!=' && found !== null;
  }
  return found !== null && holds(found, condition);
}

/** As text; a duration in ns. null: missing. */
export function valueOf(request: Request, field: ConditionField): string | null {
  const { opening } = request;
  if (field.kind === 'attribute') {
    const ofSpan = field.scope === 'resource' ? undefined : opening.attributes.get(field.key);
    const ofResource = field.scope === 'span' ? undefined : opening.resource.get(field.key);
    const value = ofSpan ?? ofResource;
    return value === undefined ? null : textOf(value);
  }
  switch (field.name) {
    case 'span:duration':
      return String(request.durationNs);
    case 'span:name':
      return opening.name;
    case 'span:kind':
      return ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'][opening.kind];
    case 'span:status':
      return ['unset', 'ok', 'error'][opening.status];
    case 'span:statusMessage':
      return opening.statusMessage;
    case 'span:id':
      return opening.spanId;
    case 'trace:id':
      return opening.traceId;
    case 'request:service':
      return request.service.name;
    case 'request:endpoint':
      return request.endpoint;
    case 'request:instance':
      return request.instance;
    case 'request:failed':
      return String(request.failed);
    case 'request:reason':
      return request.reason;
    case 'request:exception':
      return exceptionOfRequest(request);
    case 'request:method':
      return first(opening, KEYS.httpMethod);
    case 'request:httpStatus':
      return httpStatus(opening)?.toString() ?? null;
    case 'request:grpcStatus':
      return grpcStatus(opening);
    case 'request:caller':
      return request.caller?.service.name ?? null;
    default:
      return ofChain(request, field.name);
  }
}

function ofChain(
  request: Request,
  name: 'request:end' | 'request:userAction' | 'request:application',
): string | null {
  let end = request;
  while (end.caller) end = end.caller;
  if (name === 'request:end') return end.end;
  if (end.end !== 'userAction') return null;
  return name === 'request:userAction' ? end.endpoint : end.service.name;
}

function holds(found: string, { comparison, value, field }: Comparing): boolean {
  if (comparison === '=~' || comparison === '!~') {
    if (isDuration(field) || (value.kind !== 'text' && value.kind !== 'keyword')) return false;
    const pattern = value.kind === 'text' ? value.text : value.keyword;
    return new RegExp(`^(?:${pattern})$`, 'su').test(found) === (comparison === '=~');
  }
  if (value.kind === 'number' || value.kind === 'duration') {
    if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(found)) return false;
    return inOrder(comparison, Number(found), value.kind === 'number' ? value.number : value.ns);
  }
  if (isDuration(field)) return false;
  if (value.kind === 'boolean') {
    const isBoolean = found === 'true' || found === 'false';
    if (!isBoolean || !['=', '!='].includes(comparison)) return false;
    return (found === String(value.boolean)) === (comparison === '=');
  }
  if (value.kind === 'nil') return false;
  return inOrder(comparison, found, asWritten(field, value.kind === 'text' ? value.text : value.keyword));
}

function isDuration(field: ConditionField): boolean {
  return field.kind === 'intrinsic' && field.name === 'span:duration';
}

/** Ids are compared whatever their case, trace ids of 64 bits extended. */
function asWritten(field: ConditionField, text: string): string {
  if (field.kind !== 'intrinsic') return text;
  if (field.name === 'span:id') return text.toLowerCase();
  if (field.name === 'trace:id' && /^[0-9a-f]{1,32}$/i.test(text))
    return text.toLowerCase().padStart(32, '0');
  return text;
}

function inOrder<T extends string | number>(comparison: string, found: T, wanted: T): boolean {
  if (comparison === '=') return found === wanted;
  if (comparison === '!=') return found !== wanted;
  if (comparison === '>') return found > wanted;
  if (comparison === '>=') return found >= wanted;
  return comparison === '<' ? found < wanted : found <= wanted;
}
