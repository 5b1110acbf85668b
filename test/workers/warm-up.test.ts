import { expect, test } from 'vitest';
import { DatasetAssembler } from '../../src/assembly/dataset-assembler.ts';
import type { RequestTable } from '../../src/assembly/request-table.ts';
import { answer } from '../../src/query/questions.ts';
import { Ingest } from '../../workers/ingest.ts';
import { IngestPool } from '../../workers/ingest-pool.ts';
import { warmUp } from '../../workers/warm-up.ts';

class LocalIngest extends Ingest {
  isDead(): boolean {
    return false;
  }
}

function toolsFor(workers: number) {
  const pool = new IngestPool(() => new LocalIngest(), workers);
  const asked: string[] = [];
  const told: typeof answer = (table, question, params, context) => {
    asked.push(question);
    return answer(table, question, params, context);
  };
  return { asked, tools: { pool, newAssembler: () => new DatasetAssembler(), answer: told } };
}

test('every worker reads, and the questions of the first screens are asked', async () => {
  const { tools, asked } = toolsFor(2);
  await warmUp<RequestTable>(tools, new AbortController().signal);
  expect(new Set(asked)).toEqual(new Set(['services', 'service', 'backtrace', 'node']));
});

test('it ends at once when there is something to do, and leaves the workers free', async () => {
  const { tools, asked } = toolsFor(1);
  const stop = new AbortController();
  const warming = warmUp<RequestTable>(tools, stop.signal);
  stop.abort();
  await expect(warming).rejects.toMatchObject({ code: 'cancelled' });
  expect(asked).toEqual([]);
  const signal = new AbortController().signal;
  expect(await tools.pool.run(signal, (worker) => worker.formats())).not.toHaveLength(0);
});
