import { expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import { prepareAtRest } from '../../src/query/at-rest.ts';
import { answer } from '../../src/query/questions.ts';
import { segmentsOf } from '../support/assemble-spans.ts';
import { spanData } from '../support/span-data.ts';
import { trace } from '../support/trace-text.ts';

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
