import type { RequestTable } from '../assembly/request-table.ts';
import type { EvidenceAnswer, EvidencePage, EvidenceSelection, Sighting } from '../model/answers-evidence.ts';
import { evidencePage, pickEvidence } from './evidence.ts';
import type { EvidenceParams } from './evidence.ts';
import { knownList, rememberList } from './evidence-lists.ts';
import { methodSightings } from './methods.ts';
import { readProxies } from './proxies.ts';
import { pageSightings } from './referrers.ts';
import { requestsSeen, sampledOf } from './sightings.ts';
import type { Sightings } from './sightings.ts';
import type { SpanData } from './span-forest.ts';
import { readStacks } from './stack-traces.ts';

/** By table: from the same sample as the table is. */
const READERS: Readonly<Record<Sighting['in'], (data: SpanData, rows: Uint32Array) => Promise<Sightings>>> = {
  stacks: async (data, rows) => (await readStacks(data, rows)).stacks,
  code: async (data, rows) => (await readStacks(data, rows)).code,
  methods: methodSightings,
  pages: pageSightings,
  proxies: async (data, rows) => (await readProxies(data, rows)).proxies,
  headers: async (data, rows) => (await readProxies(data, rows)).headers,
};

export interface SeenParams extends EvidenceParams {
  readonly selection: EvidenceSelection & { readonly seen: Sighting };
}

/** The requests behind a number of a table that is read from spans. */
export async function listSeenEvidence(
  data: SpanData,
  params: SeenParams,
  page: EvidencePage,
): Promise<EvidenceAnswer> {
  const { table } = data;
  const known = knownList(table, params);
  if (known) return evidencePage(table, known, page);
  const { place, seen } = params.selection;
  const { rows } = pickEvidence(table, { ...params, selection: { place, count: 'requests' } });
  const sightings = await READERS[seen.in](data, rows);
  const isSeen = marked(table, requestsSeen(sightings, seen.as));
  const picked = pickEvidence(table, params, (row) => isSeen[row] === 1);
  return evidencePage(table, rememberList(table, params, picked, sampledOf(sightings)), page);
}

function marked({ count }: RequestTable, rows: Uint32Array): Uint8Array {
  const marks = new Uint8Array(count);
  for (const row of rows) marks[row] = 1;
  return marks;
}
