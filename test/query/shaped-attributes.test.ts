import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AttributeBuilder } from '../../src/columns/attribute-builder.ts';
import { VALUE_STRING } from '../../src/model/sink.ts';
import { forEachAttribute, shapeAttributes } from '../../src/query/shaped-attributes.ts';

test('each row has what its list says, of equal keys the first', () => {
  // Few keys, so that rows share shapes and repeat keys; many rows, so that the shapes outgrow their first room.
  const list = fc.array(fc.tuple(fc.nat(5), fc.nat(9)), { maxLength: 7 });
  fc.assert(
    fc.property(fc.array(list, { maxLength: 400 }), (lists) => {
      const builder = new AttributeBuilder();
      for (const one of lists) {
        for (const [key, value] of one) builder.add(key, VALUE_STRING, value);
        builder.endRow();
      }
      const attributes = shapeAttributes(builder.seal());
      lists.forEach((one, row) => {
        const found: [number, number][] = [];
        forEachAttribute(attributes, row, (key, value) => found.push([key, value]));
        expect(found).toEqual([...new Map(one.toReversed())].sort(byFirst(one)));
        expect(attributes.shapes[row]).toBe(attributes.shapes[lists.findIndex(hasKeysOf(one))]);
      });
    }),
    { numRuns: 200 },
  );
});

type List = readonly (readonly [key: number, value: number])[];

function byFirst(list: List) {
  const placeOf = (key: number): number => list.findIndex(([other]) => other === key);
  return ([a]: readonly [number, number], [b]: readonly [number, number]): number => placeOf(a) - placeOf(b);
}

function hasKeysOf(list: List) {
  const keys = list.map(([key]) => key).join();
  return (other: List): boolean => other.map(([key]) => key).join() === keys;
}
