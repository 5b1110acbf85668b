/** One entry per parameter of a link: its key, what it may hold, and how it is written. */
import * as z from 'zod/mini';
import type { ChainPath } from '../model/answers.ts';
import { MEASURES, REQUEST_KINDS } from '../model/answers-top.ts';
import type { Split } from '../model/answers-top.ts';
import {
  readChain,
  readServiceType,
  readStep,
  writeChain,
  writeServiceType,
  writeStep,
} from './chain-text.ts';
import {
  readChainFilter,
  readCondition,
  readZones,
  writeChainFilter,
  writeCondition,
  writeZones,
} from './filter-text.ts';
import { readEvidence, writeEvidence } from './evidence-text.ts';
import { readInstant, readLength, writeInstant, writeLength } from './instant-text.ts';
import { readOtherSide, writeOtherSide } from './other-side.ts';
import { readRules, writeRules } from './rules-text.ts';
import { readSplit, writeSplit } from './split-text.ts';
import type { Sort, ViewState } from './view-state.ts';

// zod's compiled parsers need `new Function`, which the page's content policy forbids.
z.config({ jitless: true });

/** All values of a repeated key → the value; fails on what cannot be read. */
type FieldSchema<T> = z.ZodMiniType<T, readonly string[]>;

export interface Field<T> {
  readonly key: string;
  readonly schema: FieldSchema<T>;
  /** Never called with the default. */
  readonly write: (value: T) => readonly string[];
}

/** The view names the path of the hash and `data` takes three keys: both are handled in hash.ts. */
export type FieldName = Exclude<keyof ViewState, 'view' | 'data'>;

const MAX_VALUES = 200;

/** `read` gives null for what it cannot read. */
function list<T>(read: (values: readonly string[]) => T | null): FieldSchema<T> {
  return z.pipe(
    z.readonly(z.array(z.string()).check(z.minLength(1), z.maxLength(MAX_VALUES))),
    z.transform((values: readonly string[], context) => {
      const value = read(values);
      if (value !== null) return value;
      context.issues.push({ code: 'custom', message: 'cannot be read', input: values });
      return z.NEVER;
    }),
  );
}

function one<T>(read: (text: string) => T | null): FieldSchema<T> {
  return list((values) => (values.length === 1 ? read(values[0]) : null));
}

function many<T>(read: (text: string) => T | null): FieldSchema<readonly T[]> {
  return list((values) => readAll(values, read));
}

function readAll<T>(values: readonly string[], read: (text: string) => T | null): readonly T[] | null {
  const all = values.map(read).filter((value) => value !== null);
  return all.length === values.length ? all : null;
}

const text = one((value) => value);
const instant = one(readInstant);
const word = one((value) => (/^[\w-]{1,40}$/.test(value) ? value : null));

/** Ids as people copy them: in any case; a trace id of 64 bits is extended by zeros on the left. */
const readTraceId = (value: string) =>
  /^([0-9a-f]{16}|[0-9a-f]{32})$/i.test(value) ? value.toLowerCase().padStart(32, '0') : null;
const readSpanId = (value: string) => (/^[0-9a-f]{16}$/i.test(value) ? value.toLowerCase() : null);

const sort = one((value) => {
  const match = /^(-?)([A-Za-z][\w]{0,40})$/.exec(value);
  return match ? { column: match[2], descending: match[1] === '-' } : null;
});

function writeSort({ column, descending }: Sort): readonly string[] {
  return [`${descending ? '-' : ''}${column}`];
}

const oneOf =
  <T extends string>(words: readonly T[]) =>
  (value: string) =>
    words.find((word) => word === value) ?? null;

function readSplits(values: readonly string[]): readonly Split[] | null {
  return values.length > 2 ? null : readAll(values, readSplit);
}

/** All nodes are closed: an empty list, told apart from "not in the link". */
const NONE = '~';
const expanded = list((values) =>
  values.length === 1 && values[0] === NONE ? [] : readAll(values, readChain),
);
const writeExpanded = (paths: readonly ChainPath[]): readonly string[] =>
  paths.length === 0 ? [NONE] : paths.slice(0, MAX_VALUES).map(writeChain);

/** Complete by type: a new property of ViewState does not compile until it has its entry here. */
export const FIELDS: { readonly [Name in FieldName]: Field<NonNullable<ViewState[Name]>> } = {
  service: { key: 'service', schema: text, write: (value) => [value] },
  type: { key: 'type', schema: one(readServiceType), write: (value) => [writeServiceType(value)] },
  others: { key: 'also', schema: many(readStep), write: (services) => services.map(writeStep) },
  endpoint: { key: 'endpoint', schema: text, write: (value) => [value] },
  instance: { key: 'instance', schema: text, write: (value) => [value] },
  node: { key: 'node', schema: one(readChain), write: (path) => [writeChain(path)] },
  chains: { key: 'chain', schema: many(readChainFilter), write: (chains) => chains.map(writeChainFilter) },
  where: { key: 'where', schema: one(readCondition), write: writeCondition },
  zones: { key: 'zone', schema: list(readZones), write: writeZones },
  from: { key: 'from', schema: instant, write: (value) => [writeInstant(value)] },
  to: { key: 'to', schema: instant, write: (value) => [writeInstant(value)] },
  last: { key: 'last', schema: one(readLength), write: (value) => [writeLength(value)] },
  rules: { key: 'rules', schema: list(readRules), write: writeRules },
  extrapolated: {
    key: 'extrapolated',
    schema: one((value) => (value === 'yes' ? true : null)),
    write: () => ['yes'],
  },
  search: { key: 'search', schema: text, write: (value) => [value] },
  sort: { key: 'sort', schema: sort, write: writeSort },
  tab: { key: 'tab', schema: word, write: (value) => [value] },
  panel: { key: 'panel', schema: word, write: (value) => [value] },
  mode: { key: 'mode', schema: word, write: (value) => [value] },
  expanded: { key: 'open', schema: expanded, write: writeExpanded },
  subject: {
    key: 'of',
    schema: one((value) => (value === 'caller' ? value : null)),
    write: (value) => [value],
  },
  kind: { key: 'kind', schema: one(oneOf(REQUEST_KINDS)), write: (value) => [value] },
  splits: { key: 'by', schema: list(readSplits), write: (splits) => splits.map(writeSplit) },
  measure: { key: 'measure', schema: one(oneOf(MEASURES)), write: (value) => [value] },
  top: {
    key: 'top',
    schema: one((value) => (/^[1-9]\d{0,2}$/.test(value) ? Number(value) : null)),
    write: (value) => [String(value)],
  },
  flow: { key: 'flow', schema: one(readChain), write: (path) => [writeChain(path)] },
  flowOpen: { key: 'flowOpen', schema: expanded, write: writeExpanded },
  hotspotsOpen: {
    key: 'hotspotsOpen',
    schema: many(readChain),
    write: (paths) => paths.slice(0, MAX_VALUES).map(writeChain),
  },
  other: { key: 'with', schema: list(readOtherSide), write: writeOtherSide },
  evidence: { key: 'evidence', schema: list(readEvidence), write: writeEvidence },
  evidenceSort: { key: 'evidenceSort', schema: sort, write: writeSort },
  trace: { key: 'trace', schema: one(readTraceId), write: (id) => [id] },
  span: { key: 'span', schema: one(readSpanId), write: (id) => [id] },
};

export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];
