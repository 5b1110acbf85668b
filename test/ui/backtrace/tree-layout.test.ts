import { expect, test } from 'vitest';
import { indexTree } from '../../../src/ui/backtrace/tree-index.ts';
import { indentSteps, isDeep, widestTexts } from '../../../src/ui/backtrace/tree-layout.ts';
import { sampleNode } from './sample-backtrace.ts';

function chainOf(steps: number): ReturnType<typeof sampleNode> {
  let node = sampleNode('outermost', 1234, { failedCalls: 56 });
  for (let step = 1; step < steps; step++)
    node = sampleNode(`s${step}`, 1234, { failedCalls: 56, callers: [node] });
  return node;
}

test('every step of a short chain is indented by one step', () => {
  expect([0, 1, 2, 6].map(indentSteps)).toEqual([0, 1, 2, 6]);
});

test('no chain is so long that its indentation takes the room of the name', () => {
  expect(indentSteps(7)).toBeGreaterThan(indentSteps(6));
  expect(indentSteps(10_000)).toBe(7.5);
});

test('a tree is deep from the first row that bears its depth as a number', () => {
  expect(isDeep(indexTree(chainOf(7)))).toBe(false);
  expect(isDeep(indexTree(chainOf(8)))).toBe(true);
});

test('the columns of counts are as wide as the texts of the root', () => {
  expect(widestTexts(indexTree(chainOf(2)))).toEqual({
    calls: '1,234'.length,
    failedCalls: '56 (99.9 %)'.length,
  });
});
