import type { Filter } from '../model/answers.ts';
import type { EvidenceAnswer, EvidencePage, EvidenceSelection, TopPlace } from '../model/answers-evidence.ts';
import { evidencePage } from './evidence.ts';
import { conditionTests } from './evidence-tests.ts';
import { knownList, rememberList } from './evidence-lists.ts';
import type { SpanData } from './span-forest.ts';
import { topGroup, topRest } from './top-requests.ts';

/** The requests behind a number of the top requests. */
export async function listTopEvidence(
  data: SpanData,
  filter: Filter,
  { place, ...selection }: EvidenceSelection & { place: TopPlace },
  page: EvidencePage,
): Promise<EvidenceAnswer> {
  const { table } = data;
  const params = { filter, place, ...selection };
  const known = knownList(table, params);
  if (known) return evidencePage(table, known, page);
  const rows =
    place.kind === 'top' ? await topGroup(data, filter, place) : await topRest(data, filter, place.choice);
  const tests = conditionTests(table, { ...selection, place });
  if (selection.count === 'failedRequests') tests.push((row) => table.failed[row] === 1);
  const picked = rows.filter((row) => tests.every((test) => test(row)));
  return evidencePage(table, rememberList(table, params, { found: true, rows: picked }), page);
}
