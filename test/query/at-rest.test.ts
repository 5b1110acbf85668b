import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import { prepareAtRest } from '../../src/query/at-rest.ts';
import { answer } from '../../src/query/questions.ts';
import { segmentsOf } from '../support/assemble-spans.ts';
import { spanData } from '../support/span-data.ts';
import { trace } from '../support/trace-text.ts';
import { spanSets } from '../support/trace-generator.ts';

const spans = trace('shop  call  server\n  pay  call  server');

test('what was prepared is not read again by the questions that need it', async () => {
  const segments = segmentsOf(spans, 1);
  const { table } = spanData(spans, 1);
  const read: number[] = [];
  const load = ({ seq }: { seq: number }) => {
    read.push(seq);
    return Promise.resolve(segments[seq]);
  };
  const steps = prepareAtRest(table, load);
  while (!(await steps.next()).done);
  expect(read).toEqual([0, 1]);
  const context = { load, rules: null, second: null };
  const { keys } = await answer(table, 'attributeKeys', {}, context);
  expect(keys.map(({ key }) => key)).toContain('service.name');
  const zone = { key: 'service.name', values: ['pay'] };
  const { services } = await answer(table, 'services', { filter: { ...EVERYTHING, zones: [zone] } }, context);
  expect(services.map(({ service }) => service.name)).toEqual(['pay']);
  expect(read).toEqual([0, 1]);
});

test('questions are rehearsed whatever the data is, and change no answer', async () => {
  await fc.assert(
    fc.asyncProperty(spanSets, async (spans) => {
      const { table } = spanData(spans, 3);
      const segments = segmentsOf(spans, 3);
      const load = ({ seq }: { seq: number }) => Promise.resolve(segments[seq]);
      const context = { load, rules: null, second: null };
      const before = await answer(table, 'services', { filter: EVERYTHING }, context);
      const steps = prepareAtRest(table, load);
      let count = 0;
      while (!(await steps.next()).done) count++;
      expect(count).toBeGreaterThan(0);
      expect(await answer(table, 'services', { filter: EVERYTHING }, context)).toEqual(before);
    }),
    { numRuns: 40 },
  );
});
