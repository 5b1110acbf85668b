/** Facts of requests as values to compare, counted from the request table. */
import { NO_CALLER, END_CODES } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { GRPC_STATUS_NAMES, NO_GRPC_STATUS } from '../failure/grpc-status.ts';
import type { ChainPath } from '../model/answers.ts';
import { REQUEST_FACTS } from '../model/answers-outliers.ts';
import type { RequestFact } from '../model/answers-outliers.ts';
import { scratch } from '../util/scratch.ts';
import { OTHER_GRPC_NAME } from './field-readers.ts';
import { outcomeCases } from './outcome-cases.ts';
import type { Candidate } from './overrepresented.ts';
import { countedRequests, Tallies } from './tallies.ts';
import type { CountedRequests } from './tallies.ts';

/** Requests that have some facts in common: these are looked at once a group, as there are few. */
interface Grouping {
  /** Numbers are below. */
  readonly size: number;
  /** Writes the number of the group of each row. */
  readonly read: (rows: Uint32Array, into: Uint32Array) => void;
  readonly facts: Partial<Record<RequestFact, FactReader>>;
}

interface FactReader {
  /** Equal numbers are equal values. */
  readonly numberOf: (row: number) => number;
  readonly valueOf: (number: number) => Pick<Candidate, 'value' | 'path'>;
}

/** How the outcome facts read. */
export const FAILED = 'failed';
export const SUCCEEDED = 'succeeded';

const numbersInHand = scratch((length) => new Uint32Array(length));
const talliesInHand = scratch((length) => new Int32Array(length));
const NONE = -1;

/** Candidates of each fact. `rows`: the target requests; `isInside`: by place in them. */
export function factCandidates(
  table: RequestTable,
  rows: Uint32Array,
  isInside: Uint8Array,
): ReadonlyMap<RequestFact, readonly Candidate[]> {
  const requests = countedRequests(isInside);
  const candidates = new Map<RequestFact, readonly Candidate[]>();
  for (const grouping of groupingsOf(table)) {
    const groups = tallyGroups(grouping, rows, requests);
    for (const name of REQUEST_FACTS) {
      const reader = grouping.facts[name];
      if (reader) candidates.set(name, candidatesOf(name, reader, groups, requests));
    }
  }
  return candidates;
}

interface Groups {
  /** A row of each. */
  readonly rows: readonly number[];
  readonly tallies: Tallies;
}

function tallyGroups({ size, read }: Grouping, rows: Uint32Array, requests: CountedRequests): Groups {
  const numbers = numbersInHand(rows.length);
  read(rows, numbers);
  const tallies = new Tallies(requests);
  const tallyOf = talliesInHand(size).fill(NONE);
  const firsts: number[] = [];
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place];
    if (tallyOf[number] === NONE) {
      tallyOf[number] = tallies.open();
      firsts.push(rows[place]);
    }
    tallies.add(tallyOf[number], place);
  }
  return { rows: firsts, tallies };
}

/** One for each value that the fact has among the groups. */
function candidatesOf(
  name: RequestFact,
  { numberOf, valueOf }: FactReader,
  groups: Groups,
  requests: CountedRequests,
): Candidate[] {
  const tallies = new Tallies(requests);
  const tallyOf = new Map<number, number>();
  groups.rows.forEach((row, group) => {
    const number = numberOf(row);
    const tally = tallyOf.get(number) ?? tallies.open();
    tallyOf.set(number, tally);
    tallies.addAll(tally, groups.tallies.at(group));
  });
  return Array.from(tallyOf, ([number, tally]): Candidate => ({
    field: { kind: 'request', name },
    ...valueOf(number),
    tally: tallies.at(tally),
  }));
}

const plain = (value: string | null) => ({ value, path: null });

function groupingsOf(table: RequestTable): readonly Grouping[] {
  const { texts, chain, ends, instance } = table;
  const { caseOf, rows: cases } = outcomeCases(table);
  const endCodes = 1 + END_CODES.length;
  return [
    {
      size: cases.length,
      read: (rows, into) => {
        for (let i = 0; i < rows.length; i++) into[i] = caseOf[rows[i]];
      },
      facts: outcomeFacts(table),
    },
    {
      size: table.chainService.length * endCodes,
      read: (rows, into) => {
        for (let i = 0; i < rows.length; i++) into[i] = chain[rows[i]] * endCodes + ends[rows[i]];
      },
      facts: originFacts(table),
    },
    {
      size: texts.length,
      read: (rows, into) => {
        for (let i = 0; i < rows.length; i++) into[i] = instance[rows[i]];
      },
      facts: { instance: { numberOf: (row) => instance[row], valueOf: (number) => plain(texts[number]) } },
    },
  ];
}

function outcomeFacts(table: RequestTable): Grouping['facts'] {
  const { texts, endpoint, failed, reason, httpStatus, grpcStatus } = table;
  return {
    endpoint: { numberOf: (row) => endpoint[row], valueOf: (number) => plain(texts[number]) },
    outcome: {
      numberOf: (row) => failed[row],
      valueOf: (number) => plain(number === 1 ? FAILED : SUCCEEDED),
    },
    // 0: it did not fail.
    reason: {
      numberOf: (row) => (failed[row] ? reason[row] + 1 : 0),
      valueOf: (number) => plain(number === 0 ? null : texts[number - 1]),
    },
    httpStatus: {
      numberOf: (row) => httpStatus[row],
      valueOf: (number) => plain(number === 0 ? null : String(number)),
    },
    grpcStatus: {
      numberOf: (row) => grpcStatus[row],
      valueOf: (number) =>
        plain(number === NO_GRPC_STATUS ? null : (GRPC_STATUS_NAMES[number] ?? OTHER_GRPC_NAME)),
    },
  };
}

/** Of where requests came from: their chain, and how it ends. */
function originFacts(table: RequestTable): Grouping['facts'] {
  const { services, caller, service, ends, chain } = table;
  return {
    // Where there is no caller: how the chain ends, behind all services.
    caller: {
      numberOf: (row) => (caller[row] === NO_CALLER ? services.length + ends[row] : service[caller[row]]),
      valueOf: (number) =>
        number < services.length
          ? { value: services[number].name, path: [services[number]] }
          : plain(END_CODES[number - services.length - 1]),
    },
    chain: {
      numberOf: (row) => chain[row],
      valueOf: (number) => {
        const path = chainPath(table, number);
        return {
          value: path
            .map(({ name }) => name)
            .reverse()
            .join(' → '),
          path,
        };
      },
    },
  };
}

/** As a node of the backtrace: the requests' own service first. */
function chainPath({ chainCaller, chainService, services }: RequestTable, chain: number): ChainPath {
  const path = [];
  for (let at = chain; at !== NO_CALLER; at = chainCaller[at]) path.push(services[chainService[at]]);
  return path;
}
