import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustForMany, fisherGreater, fisherTwoSided, mannWhitney } from '../../src/util/chance.ts';
import * as reference from '../reference/chance.ts';

describe("Fisher's exact test", () => {
  /** Values of R's fisher.test: the tea tasting (Fisher 1935), Agresti's job table, and a one-sided extreme. */
  test.each([
    [4, 3, 4, 1, 0.4857143],
    [12, 1, 12, 9, 0.002759456],
    [10, 0, 10, 10, 0.00001082509],
  ])('of %i with %i against %i with %i gives %f', (a, aMarked, b, bMarked, chance) => {
    expect(fisherTwoSided(a, aMarked, b, bMarked)).toBeCloseTo(chance, 7);
  });

  test('agrees with the enumeration of all tables', () => {
    const side = fc.nat(60).chain((all) => fc.tuple(fc.constant(all), fc.nat(all)));
    fc.assert(
      fc.property(side, side, ([a, aMarked], [b, bMarked]) => {
        const expected = reference.fisherTwoSided(a, aMarked, b, bMarked);
        expect(fisherTwoSided(a, aMarked, b, bMarked)).toBeCloseTo(expected, 6);
      }),
      { numRuns: 500 },
    );
  });

  test('one-sided agrees with the enumeration of all tables, down to the smallest chances', () => {
    const side = fc.nat(60).chain((all) => fc.tuple(fc.constant(all), fc.nat(all)));
    fc.assert(
      fc.property(side, side, ([a, aMarked], [b, bMarked]) => {
        const expected = reference.fisherGreater(a, aMarked, b, bMarked);
        expect(fisherGreater(a, aMarked, b, bMarked)).toBeCloseTo(expected, 8);
      }),
      { numRuns: 500 },
    );
    // 1 ÷ (40 over 20), by hand.
    expect(fisherGreater(20, 20, 20, 0) * 137_846_528_820).toBeCloseTo(1, 6);
    expect(fisherGreater(1000, 900, 1_000_000, 900)).toBe(0);
    expect(fisherGreater(1000, 0, 1_000_000, 900)).toBe(1);
  });

  test('of a million with equal shares is sure of nothing, of a million with different ones quite sure', () => {
    expect(fisherTwoSided(600_000, 6000, 400_000, 4000)).toBeGreaterThan(0.9);
    expect(fisherTwoSided(600_000, 6000, 400_000, 4400)).toBeLessThan(1e-4);
  });
});

describe('the Mann–Whitney test', () => {
  test('agrees with the comparison of every pair', () => {
    const values = fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 25 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const ours = mannWhitney(Float64Array.from(a).sort(), Float64Array.from(b).sort());
        expect(ours).toBeCloseTo(reference.mannWhitney(a, b), 5);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the Benjamini–Hochberg adjustment', () => {
  /** The example of Benjamini & Hochberg 1995, section 3.2: four of the fifteen are rejected at 0.05. */
  test('rejects what its authors reject', () => {
    const chances = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    expect(adjustForMany(chances).filter((p) => p !== null && p <= 0.05).length).toBe(4);
  });

  test('agrees with its definition and leaves out what was not tested', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }))), (chances) => {
        const ours = adjustForMany(chances);
        reference.adjustForMany(chances).forEach((expected, i) => {
          if (expected === null) expect(ours[i]).toBeNull();
          else expect(ours[i]).toBeCloseTo(expected, 9);
        });
      }),
    );
  });
});
