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
import type { CountedRequests, Tally } from './tallies.ts';

interface FactReader {
  /** Numbers are below. */
  readonly size: number;
  /** Writes the number of each row: equal numbers are equal values. */
  readonly read: (rows: Uint32Array, into: Uint32Array) => void;
  readonly valueOf: (number: number) => Pick<Candidate, 'value' | 'path'>;
}

/** How the outcome facts read. */
export const FAILED = 'failed';
export const SUCCEEDED = 'succeeded';

/** What all requests of an outcome case have in common (outcome-cases.ts). */
const CASE_FACTS: readonly RequestFact[] = ['endpoint', 'outcome', 'reason', 'httpStatus', 'grpcStatus'];

const numbersInHand = scratch((length) => new Uint32Array(length));
const talliesInHand = scratch((length) => new Int32Array(length));
const NONE = -1;

/** Candidates of each fact. `rows`: the target requests; `isInside`: by place in them. */
export function factCandidates(
  table: RequestTable,
  rows: Uint32Array,
  isInside: Uint8Array,
  facts: readonly RequestFact[] = REQUEST_FACTS,
): Candidate[][] {
  const readers = factReaders(table);
  const requests = countedRequests(isInside);
  const cases = talliesOfCases(table, rows, requests);
  return facts.map((name) => {
    const tallied = CASE_FACTS.includes(name)
      ? tallyFact(readers[name], cases.rows, requests, (tallies, tally, at) =>
          tallies.addAll(tally, cases.tallies.at(at)),
        )
      : tallyFact(readers[name], rows, requests, (tallies, tally, place) => tallies.add(tally, place));
    return tallied.map(({ number, tally }): Candidate => ({
      field: { kind: 'request', name },
      ...readers[name].valueOf(number),
      tally,
    }));
  });
}

/** Of each outcome case among the requests a row, and the tally of that number. */
function talliesOfCases(
  table: RequestTable,
  rows: Uint32Array,
  requests: CountedRequests,
): { rows: Uint32Array; tallies: Tallies } {
  const { caseOf, rows: firstOfCase } = outcomeCases(table);
  const tallies = new Tallies(requests);
  const tallyOf = talliesInHand(firstOfCase.length).fill(NONE);
  const met: number[] = [];
  for (let place = 0; place < rows.length; place++) {
    const number = caseOf[rows[place]];
    if (tallyOf[number] === NONE) {
      tallyOf[number] = tallies.open();
      met.push(firstOfCase[number]);
    }
    tallies.add(tallyOf[number], place);
  }
  return { rows: Uint32Array.from(met), tallies };
}

/** The tally of each number met among the rows; `add` counts what is at a place of these. */
function tallyFact(
  { size, read }: FactReader,
  rows: Uint32Array,
  requests: CountedRequests,
  add: (tallies: Tallies, tally: number, at: number) => void,
): { number: number; tally: Tally }[] {
  const numbers = numbersInHand(rows.length);
  read(rows, numbers);
  const tallies = new Tallies(requests);
  const tallyOf = talliesInHand(size).fill(NONE);
  const met: number[] = [];
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at];
    if (tallyOf[number] === NONE) {
      tallyOf[number] = tallies.open();
      met.push(number);
    }
    add(tallies, tallyOf[number], at);
  }
  return met.map((number, tally) => ({ number, tally: tallies.at(tally) }));
}

function factReaders(table: RequestTable): Readonly<Record<RequestFact, FactReader>> {
  const { texts, services, caller, service, ends, failed, reason } = table;
  const ofColumn = (
    column: Uint32Array | Uint16Array | Uint8Array,
    size: number,
    valueOf: FactReader['valueOf'],
  ): FactReader => ({
    size,
    read: (rows, into) => {
      for (let i = 0; i < rows.length; i++) into[i] = column[rows[i]];
    },
    valueOf,
  });
  const plain = (value: string | null) => ({ value, path: null });
  const text = (number: number) => plain(texts[number]);
  return {
    endpoint: ofColumn(table.endpoint, texts.length, text),
    instance: ofColumn(table.instance, texts.length, text),
    // Where there is no caller: how the chain ends, behind all services.
    caller: {
      size: services.length + 1 + END_CODES.length,
      read: (rows, into) => {
        for (let i = 0; i < rows.length; i++) {
          const above = caller[rows[i]];
          into[i] = above === NO_CALLER ? services.length + ends[rows[i]] : service[above];
        }
      },
      valueOf: (number) =>
        number < services.length
          ? { value: services[number].name, path: [services[number]] }
          : plain(END_CODES[number - services.length - 1]),
    },
    chain: ofColumn(table.chain, table.chainService.length, (number) => {
      const path = chainPath(table, number);
      const names = path.map(({ name }) => name).reverse();
      return { value: names.join(' → '), path };
    }),
    outcome: ofColumn(failed, 2, (number) => plain(number === 1 ? FAILED : SUCCEEDED)),
    // 0: it did not fail.
    reason: {
      size: texts.length + 1,
      read: (rows, into) => {
        for (let i = 0; i < rows.length; i++) into[i] = failed[rows[i]] ? reason[rows[i]] + 1 : 0;
      },
      valueOf: (number) => (number === 0 ? plain(null) : text(number - 1)),
    },
    httpStatus: ofColumn(table.httpStatus, 2 ** 16, (number) => plain(number === 0 ? null : String(number))),
    grpcStatus: ofColumn(table.grpcStatus, 2 ** 8, (number) =>
      plain(number === NO_GRPC_STATUS ? null : (GRPC_STATUS_NAMES[number] ?? OTHER_GRPC_NAME)),
    ),
  };
}

/** As a node of the backtrace: the requests' own service first. */
function chainPath({ chainCaller, chainService, services }: RequestTable, chain: number): ChainPath {
  const path = [];
  for (let at = chain; at !== NO_CALLER; at = chainCaller[at]) path.push(services[chainService[at]]);
  return path;
}
