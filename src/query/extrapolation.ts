/**
 * Counts as estimates of the whole (SEMANTICS §9; docs/semantics.md, Extrapolated). Query functions estimate where
 * the table they are given has weights; `answer` takes these away unless the filter asks for estimates.
 */
import type { RequestTable } from '../assembly/request-table.ts';
import type {
  BacktraceAnswer,
  BacktraceNode,
  InData,
  NodeAnswer,
  ResponseTime,
  ServiceAnswer,
  ServicesAnswer,
} from '../model/answers.ts';
import type { ServiceRef } from '../model/service.ts';
import { durationsInHand, durationsOf, responseTimeOf, weightedResponseTimeOf } from './response-time.ts';

const plain = new WeakMap<RequestTable, RequestTable>();

/** The table as it counts what is in the data; always the same object for one table. */
export function countedTable(table: RequestTable): RequestTable {
  if (table.weights === null) return table;
  const counted = plain.get(table) ?? { ...table, weights: null };
  plain.set(table, counted);
  return counted;
}

/** Requests among the rows, or how many they stand for. */
export function countOf({ weights }: RequestTable, rows: Uint32Array): number {
  if (weights === null) return rows.length;
  let count = 0;
  for (const row of rows) count += weights[row];
  return count;
}

export function failedOf({ failed, weights }: RequestTable, rows: Uint32Array): number {
  let count = 0;
  for (const row of rows) if (failed[row]) count += weights === null ? 1 : weights[row];
  return count;
}

/** What of the rows is in the data, beside estimates of them. */
export function inDataOf(table: RequestTable, rows: Uint32Array): InData | undefined {
  if (table.weights === null) return undefined;
  return { requests: rows.length, failedRequests: failedOf(countedTable(table), rows) };
}

/** `durations`: those of the rows, ns. */
export function timesOf(
  table: RequestTable,
  rows: Uint32Array,
  durations = durationsInHand(table.durations, rows),
): ResponseTime {
  return table.weights === null
    ? responseTimeOf(durations)
    : weightedResponseTimeOf(durations, durationsOf(table.weights, rows));
}

/** An answer; an estimated one with what is in the data beside it. */
export function withCounts<T>(
  table: RequestTable,
  ask: (table: RequestTable) => T,
  join: (estimated: T, counted: T) => T,
): T {
  const answer = ask(table);
  return table.weights === null ? answer : join(answer, ask(countedTable(table)));
}

type Counted = { readonly [key in keyof InData]-?: number | undefined };

/** The counts that a row has. */
function countsIn(row: Partial<Counted> | undefined): InData {
  const counts: { -readonly [key in keyof InData]: number } = {};
  for (const key of ['calls', 'failedCalls', 'requests', 'failedRequests'] as const) {
    const count = row?.[key];
    if (count !== undefined) counts[key] = count;
  }
  return counts;
}

function joinRows<Row extends Partial<Counted>>(
  estimated: readonly Row[],
  counted: readonly Row[],
  nameOf: (row: Row) => string,
): Row[] {
  const byName = new Map(counted.map((row) => [nameOf(row), row]));
  return estimated.map((row) => ({ ...row, inData: countsIn(byName.get(nameOf(row))) }));
}

const nameOfService = ({ name, type }: ServiceRef) => `${type} ${name}`;

export function joinServices(estimated: ServicesAnswer, counted: ServicesAnswer): ServicesAnswer {
  const nameOf = ({ service }: ServicesAnswer['services'][number]) => nameOfService(service);
  return { services: joinRows(estimated.services, counted.services, nameOf) };
}

export function joinService(estimated: ServiceAnswer, counted: ServiceAnswer): ServiceAnswer {
  return {
    ...estimated,
    inData: countsIn(counted),
    endpoints: joinRows(estimated.endpoints, counted.endpoints, ({ name }) => name),
    reasons: joinRows(estimated.reasons, counted.reasons, ({ reason }) => reason),
  };
}

export function joinNode(estimated: NodeAnswer, counted: NodeAnswer): NodeAnswer {
  return {
    ...estimated,
    figures: { ...estimated.figures, inData: countsIn(counted.figures) },
    endpoints: joinRows(estimated.endpoints, counted.endpoints, ({ name }) => name),
    reasons: joinRows(estimated.reasons, counted.reasons, ({ reason }) => reason),
  };
}

/** The impact stays what is in the data: its verdict is a test, and users are known by name. */
export function joinBacktrace(estimated: BacktraceAnswer, counted: BacktraceAnswer): BacktraceAnswer {
  return { ...estimated, impact: counted.impact, root: joinNodes(estimated.root, counted.root) };
}

/** Both have the same nodes, if not in the same order. Works off a list: chains may be thousands long. */
function joinNodes(estimated: BacktraceNode, counted: BacktraceNode): BacktraceNode {
  type Open = BacktraceNode & { readonly callers: BacktraceNode[] };
  const open = (node: BacktraceNode, twin: BacktraceNode | undefined): Open => ({
    ...node,
    inData: countsIn(twin),
    callers: [],
  });
  const root = open(estimated, counted);
  const pending: { made: Open; from: BacktraceNode; twin: BacktraceNode | undefined }[] = [
    { made: root, from: estimated, twin: counted },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const twins = new Map((next.twin?.callers ?? []).map((node) => [nameOfService(node.service), node]));
    for (const from of next.from.callers) {
      const twin = twins.get(nameOfService(from.service));
      const made = open(from, twin);
      next.made.callers.push(made);
      pending.push({ made, from, twin });
    }
  }
  return root;
}
