/**
 * Which requests an opened list holds, as readable texts: `failedRequests`, `at:orders,application:shop`, `reason:HTTP 503`.
 * The first text is the count; each further one is `key:value`.
 */
import { AGREEMENTS, OPERATIONS, SIGHTING_TABLES, WAITS } from '../model/answers-evidence.ts';
import type { EvidenceCount, EvidencePlace, EvidenceSelection } from '../model/answers-evidence.ts';
import { FATES } from '../model/answers-impact.ts';
import type { Condition } from '../model/conditions.ts';
import type { ServiceRef } from '../model/service.ts';
import { escapePart, readChain, readStep, unescapePart, writeChain, writeStep } from './chain-text.ts';
import { readFinding, writeFinding } from './finding-text.ts';
import { readInstant, writeInstant } from './instant-text.ts';
import { readRulesPlace, writeRulesPlace } from './rules-place-text.ts';
import { parseTraceql } from './traceql-parser.ts';
import { printTraceql } from './traceql-printer.ts';
import { readTopChoice, readTopPlace, writeTopChoice, writeTopPlace } from './split-text.ts';

const COUNTS: readonly EvidenceCount[] = [
  'calls',
  'failedCalls',
  'requests',
  'failedRequests',
  'hit',
  'hitFailed',
  'notHit',
  'notHitFailed',
];
const CHAIN_ENDS = ['userAction', 'entryPoint', 'callerMissing', 'any', 'known'] as const;
const CALLEES = ['failed', 'fine'] as const;

type Part = Required<Omit<EvidenceSelection, 'place' | 'count'>>;
type PartName = keyof Part;

interface PartText<T> {
  /** undefined: cannot be read. */
  readonly read: (text: string) => T | undefined;
  readonly write: (value: T) => string;
}

const text: PartText<string> = { read: (value) => value, write: (value) => value };
const service: PartText<ServiceRef> = { read: (value) => readStep(value) ?? undefined, write: writeStep };

function oneOf<T extends string>(words: readonly T[]): PartText<T> {
  return { read: (value) => words.find((word) => word === value), write: (value) => value };
}

/** Complete by type: a new condition does not compile until it has its entry here. */
const PARTS: { readonly [Name in PartName]: PartText<Part[Name]> } = {
  end: oneOf(CHAIN_ENDS),
  side: oneOf(['b', 'both']),
  orMissing: { read: (value) => (value === 'yes' ? true : undefined), write: () => 'yes' },
  service,
  calling: service,
  calledBy: service,
  chain: { read: (value) => readChain(value) ?? undefined, write: writeChain },
  here: { read: readWhere, write: printTraceql },
  endpoint: text,
  instance: text,
  reason: text,
  cause: { read: readCause, write: writeCause },
  seen: { read: readSeen, write: writeSeen },
  waits: oneOf(WAITS),
  httpStatus: { read: (value) => (/^\d{1,5}$/.test(value) ? Number(value) : undefined), write: String },
  durationNs: { read: readDuration, write: ({ from, to }) => `${from}..${to ?? ''}` },
  start: { read: readStart, write: writeStart },
  callee: oneOf(CALLEES),
  fate: { read: readFate, write: writeFate },
  operation: oneOf(OPERATIONS),
  agreement: oneOf(AGREEMENTS),
  where: { read: readWhere, write: printTraceql },
};
const PART_NAMES = Object.keys(PARTS) as readonly PartName[];

export function writeEvidence(selection: EvidenceSelection): readonly string[] {
  const texts: string[] = [selection.count];
  const { place } = selection;
  if ('path' in place) texts.push(`at:${writeChain(place.path)}`);
  if (place.kind === 'flow') texts.push(`flow:${writeChain(place.down)}`);
  if (place.kind === 'hop') texts.push(`hop:${writeChain([place.caller, place.callee])}`);
  if (place.kind === 'finding') texts.push(`finding:${writeFinding(place.finding)}`);
  if (place.kind === 'top') texts.push(`top:${writeTopPlace(place)}`);
  if (place.kind === 'rules') texts.push(`rules:${writeRulesPlace(place)}`);
  if (place.kind === 'rest') texts.push(`rest:${writeTopChoice(place.choice)}`);
  for (const name of PART_NAMES) texts.push(...writePart(name, selection));
  return texts;
}

function writePart<N extends PartName>(name: N, selection: EvidenceSelection): readonly string[] {
  const value: Partial<Part>[N] = selection[name];
  const part: PartText<Part[N]> = PARTS[name];
  return value === undefined ? [] : [`${name}:${part.write(value)}`];
}

/** null: not a selection. */
export function readEvidence(texts: readonly string[]): EvidenceSelection | null {
  const count = COUNTS.find((word) => word === texts[0]);
  if (count === undefined) return null;
  let place: EvidencePlace | null = { kind: 'ends' };
  const parts: Record<string, unknown> = {};
  for (const pair of texts.slice(1)) {
    const colon = pair.indexOf(':');
    const key = pair.slice(0, Math.max(0, colon));
    const value = pair.slice(colon + 1);
    if (key === 'at' || key === 'hop') place = readPlace(key, value);
    else if (key === 'top') place = readTopPlace(value);
    else if (key === 'rules') place = readRulesPlace(value);
    else if (key === 'rest') place = readRestPlace(value);
    else if (key === 'flow') place = readFlow(place, value);
    else if (key === 'finding') place = readFindingPlace(place, value);
    else {
      const name = PART_NAMES.find((known) => known === key);
      const read = name === undefined ? undefined : PARTS[name].read(value);
      if (name === undefined || read === undefined) return null;
      parts[name] = read;
    }
  }
  return place && { place, count, ...(parts as Partial<Part>) };
}

function readPlace(key: 'at' | 'hop', value: string): EvidencePlace | null {
  const path = readChain(value);
  if (path === null) return null;
  if (key === 'at') return { kind: 'node', path };
  return path.length === 2 ? { kind: 'hop', caller: path[0], callee: path[1] } : null;
}

/** Follows the part that says whose flow it is. */
function readFlow(of: EvidencePlace | null, value: string): EvidencePlace | null {
  const down = readChain(value);
  return down !== null && of?.kind === 'node' ? { kind: 'flow', path: of.path, down } : null;
}

/** Follows the part that says whose hotspots these are. */
function readFindingPlace(of: EvidencePlace | null, value: string): EvidencePlace | null {
  const finding = readFinding(value);
  return finding && of?.kind === 'node' ? { kind: 'finding', path: of.path, finding } : null;
}

function readRestPlace(value: string): EvidencePlace | null {
  const choice = readTopChoice(value);
  return choice && { kind: 'rest', choice };
}

function readWhere(value: string): Condition | undefined {
  const read = parseTraceql(value);
  return read.ok && read.condition ? read.condition : undefined;
}

function readDuration(value: string): { from: number; to: number | null } | undefined {
  const match = /^(\d{1,16})\.\.(\d{1,16})?$/.exec(value);
  return match ? { from: Number(match[1]), to: match[2] === undefined ? null : Number(match[2]) } : undefined;
}

function writeStart({ from, to }: Part['start']): string {
  return [from, to].map((side) => (side === null ? '' : writeInstant(side))).join('..');
}

function readStart(value: string): Part['start'] | undefined {
  const sides = value.split('..');
  if (sides.length !== 2) return undefined;
  const [from, to] = sides.map((side) => (side === '' ? null : readInstant(side)));
  const damaged = (from === null && sides[0] !== '') || (to === null && sides[1] !== '');
  return damaged ? undefined : { from, to };
}

/** `own`, `callee`, `callee,payment,HTTP 503`: a step holds no bare comma. */
function writeCause({ own, service, reason }: Part['cause']): string {
  const step = service === undefined ? [] : [writeStep(service), ...(reason === undefined ? [] : [reason])];
  return [own ? 'own' : 'callee', ...step].join(',');
}

function readCause(value: string): Part['cause'] | undefined {
  const [word, step, ...rest] = value.split(',');
  if (word !== 'own' && word !== 'callee') return undefined;
  const own = word === 'own';
  if (step === undefined) return { own };
  const service = readStep(step);
  if (service === null) return undefined;
  return rest.length === 0 ? { own, service } : { own, service, reason: rest.join(',') };
}

/** `pages,https~-//shop.example/cart,header`; of what is in no row of the table `pages`. */
function writeSeen({ in: table, as }: Part['seen']): string {
  return [table, ...as.map(escapePart)].join(',');
}

function readSeen(value: string): Part['seen'] | undefined {
  const [word, ...parts] = value.split(',');
  const table = SIGHTING_TABLES.find((known) => known === word);
  const as = parts.flatMap((part) => unescapePart(part) ?? []);
  return table && as.length === parts.length ? { in: table, as } : undefined;
}

/** Behind a fate: at an endpoint of any service. */
const ANYWHERE = '*';

/**
 * `absorbed`, `absorbed,booking`, `userAction,application:shop,click on "Buy"`, of any application
 * `userAction*,click on "Buy"`: a step holds no bare comma.
 */
function writeFate({ fate, service, endpoint }: Part['fate']): string {
  const at = endpoint === undefined ? [] : [endpoint];
  if (service === undefined) return [at.length === 0 ? fate : fate + ANYWHERE, ...at].join(',');
  return [fate, writeChain([service]), ...at].join(',');
}

function readFate(value: string): Part['fate'] | undefined {
  const [word, ...rest] = value.split(',');
  const fate = FATES.find((known) => known === word || known + ANYWHERE === word);
  if (fate === undefined) return undefined;
  if (word !== fate) return rest.length === 0 ? undefined : { fate, endpoint: rest.join(',') };
  if (rest.length === 0) return { fate };
  const [step, ...at] = rest;
  const service = readChain(step)?.[0];
  return service && { fate, service, ...(at.length > 0 && { endpoint: at.join(',') }) };
}
