import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AttributeBuilder } from '../../src/columns/attribute-builder.ts';
import type { AttributeColumns } from '../../src/columns/segment.ts';

type Attribute = readonly [key: number, type: number, value: number];

const attribute: fc.Arbitrary<Attribute> = fc.tuple(fc.nat(6), fc.nat(5), fc.nat(20));
/** Many rows, so that the shapes outgrow their first room. */
const rows = fc.array(fc.record({ list: fc.array(attribute, { maxLength: 6 }), discarded: fc.boolean() }), {
  maxLength: 500,
});

function rowsOf(columns: AttributeColumns): Attribute[][] {
  const { shapes, starts, values, shapeStarts, keys, types } = columns;
  return Array.from(shapes, (shape, row) =>
    Array.from(values.subarray(starts[row], starts[row + 1]), (value, i): Attribute => {
      expect(shapeStarts[shape + 1] - shapeStarts[shape]).toBe(starts[row + 1] - starts[row]);
      return [keys[shapeStarts[shape] + i], types[shapeStarts[shape] + i], value];
    }),
  );
}

test('each row comes back in its order with its types, whatever was discarded in between', () => {
  fc.assert(
    fc.property(rows, rows, (first, second) => {
      const builder = new AttributeBuilder();
      for (const given of [first, second]) {
        let kept = 0;
        for (const { list, discarded } of given) {
          for (const [key, type, value] of list) builder.add(key, type, value);
          if (discarded) builder.rollBack(kept);
          else {
            builder.endRow();
            kept++;
          }
        }
        const columns = builder.seal();
        const wanted = given.filter(({ discarded }) => !discarded).map(({ list }) => list);
        expect(rowsOf(columns)).toEqual(wanted);
        const different = new Set(
          wanted.map((list) => JSON.stringify(list.map(([key, type]) => [key, type]))),
        );
        expect(new Set(columns.shapes).size).toBe(different.size);
        builder.clear();
      }
    }),
    { numRuns: 200 },
  );
});
