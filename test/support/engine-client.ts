/** A fake client whose answers the real engine gives, about drawn spans. */
import type { Span } from '../../src/model/span.ts';
import { answer } from '../../src/query/questions.ts';
import type { Client } from '../../workers/api.ts';
import { makeDataset, makeFakeClient } from './fake-client.ts';
import type { FakeClient } from './fake-client.ts';
import { spanData } from './span-data.ts';
import { segmentsOf } from './assemble-spans.ts';

export function makeEngineClient(spans: readonly Span[]): FakeClient {
  const { table } = spanData(spans, 5);
  const segments = segmentsOf(spans, 5);
  const client = makeFakeClient({ datasets: [makeDataset()] });
  const ask: Client['ask'] = async (question, params) => {
    client.asked.push({ question, params, answer: () => {} });
    const load = ({ seq }: { seq: number }) => Promise.resolve(segments[seq]);
    return { ok: true, value: await answer(table, question, params, { load, rules: null, second: null }) };
  };
  return Object.assign(client, { ask });
}
