/** Facts of requests as values to compare, counted from the request table. */
import { NO_CALLER, END_CODES } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { GRPC_STATUS_NAMES, NO_GRPC_STATUS } from '../failure/grpc-status.ts';
import type { ChainPath } from '../model/answers.ts';
import { REQUEST_FACTS } from '../model/answers-outliers.ts';
import type { RequestFact } from '../model/answers-outliers.ts';
import { OTHER_GRPC_NAME } from './field-readers.ts';
import type { Candidate } from './overrepresented.ts';
import { CountedRequest, Tallies } from './tallies.ts';

interface FactReader {
  /** Equal numbers are equal values. */
  readonly numberOf: (row: number) => number;
  readonly valueOf: (number: number) => Pick<Candidate, 'value' | 'path'>;
}

/** How the outcome facts read. */
export const FAILED = 'failed';
export const SUCCEEDED = 'succeeded';

/** Candidates of each fact. `rows`: the target requests; `isInside`: by place in them. */
export function factCandidates(
  table: RequestTable,
  rows: Uint32Array,
  isInside: Uint8Array,
  facts: readonly RequestFact[] = REQUEST_FACTS,
): Candidate[][] {
  const readers = factReaders(table);
  return facts.map((name) => {
    const { numberOf, valueOf } = readers[name];
    const tallies = new Tallies();
    const request = new CountedRequest(isInside);
    const numbers = new Map<number, number>();
    rows.forEach((row, place) => {
      const number = numberOf(row);
      let tally = numbers.get(number);
      if (tally === undefined) numbers.set(number, (tally = tallies.open()));
      request.look(place);
      tallies.add(tally, request);
    });
    return Array.from(numbers, ([number, tally]): Candidate => ({
      field: { kind: 'request', name },
      ...valueOf(number),
      tally: tallies.at(tally),
    }));
  });
}

function factReaders(table: RequestTable): Readonly<Record<RequestFact, FactReader>> {
  const { texts, services, caller, service, ends, chain, failed, reason } = table;
  const text = (column: Uint32Array): FactReader => ({
    numberOf: (row) => column[row],
    valueOf: (number) => ({ value: texts[number], path: null }),
  });
  const plain = (value: string | null) => ({ value, path: null });
  return {
    endpoint: text(table.endpoint),
    instance: text(table.instance),
    caller: {
      numberOf: (row) => (caller[row] === NO_CALLER ? -ends[row] : service[caller[row]]),
      valueOf: (number) =>
        number < 0
          ? plain(END_CODES[-number - 1])
          : { value: services[number].name, path: [services[number]] },
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
    outcome: {
      numberOf: (row) => failed[row],
      valueOf: (number) => plain(number === 1 ? FAILED : SUCCEEDED),
    },
    reason: {
      numberOf: (row) => (failed[row] ? reason[row] : -1),
      valueOf: (number) => plain(number < 0 ? null : texts[number]),
    },
    httpStatus: {
      numberOf: (row) => table.httpStatus[row],
      valueOf: (number) => plain(number === 0 ? null : String(number)),
    },
    grpcStatus: {
      numberOf: (row) => table.grpcStatus[row],
      valueOf: (number) =>
        plain(number === NO_GRPC_STATUS ? null : (GRPC_STATUS_NAMES[number] ?? OTHER_GRPC_NAME)),
    },
  };
}

/** As a node of the backtrace: the requests' own service first. */
function chainPath({ chainCaller, chainService, services }: RequestTable, chain: number): ChainPath {
  const path = [];
  for (let at = chain; at !== NO_CALLER; at = chainCaller[at]) path.push(services[chainService[at]]);
  return path;
}
