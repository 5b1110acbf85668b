import { describe, expect, test } from 'vitest';
import { closeTimeframe, describeTimeframe } from '../../../src/ui/filter/timeframes.ts';

const SECOND = 1_000_000_000n;
const range = { from: 1_700_000_000n * SECOND, to: 1_700_000_060n * SECOND };

describe('a timeframe with an open side', () => {
  test('reaches to the end of the data', () => {
    expect(closeTimeframe({ from: range.from + SECOND, to: null }, range)).toEqual({
      from: range.from + SECOND,
      to: range.to,
    });
    expect(describeTimeframe({ from: range.to - 10n * SECOND, to: null }, range)).toMatch(/ \(10\s?s\)$/);
  });

  test('outside of the data is empty, and is said to be outside', () => {
    const after = { from: range.to + SECOND, to: null };
    expect(closeTimeframe(after, range)).toEqual({ from: after.from, to: after.from });
    expect(describeTimeframe(after, range)).toMatch(/^from .* \(after the end of the data\)$/);
    const before = { from: null, to: range.from - SECOND };
    expect(closeTimeframe(before, range)).toEqual({ from: before.to, to: before.to });
    expect(describeTimeframe(before, range)).toMatch(/^until .* \(before the data begins\)$/);
  });
});
