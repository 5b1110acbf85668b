/** Ids of records: the short way gives what the schemas' fields give. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parentIdField,
  soundParentId,
  soundSpanId,
  soundTraceId,
  spanIdField,
  traceIdField,
} from '../../src/formats/foreign-ids.ts';
import { IdReader, OPAQUE_ID } from '../../src/formats/trace-ids.ts';
import { spanIdOf, traceIdOf } from '../../src/formats/plain-span.ts';

const digits = fc.constantFrom(...'0123456789abcdefABCDEF-'.split(''));
const values = fc.oneof(
  fc.constantFrom(null, undefined, '', '0', '0000000000000000', 'root', ' 5b8efff798038103 ', 12, true, {}),
  fc.string({ unit: digits, maxLength: 40 }),
  fc.string({ unit: digits, minLength: 16, maxLength: 16 }),
  fc.string({ unit: digits, minLength: 32, maxLength: 32 }),
  fc.string({ unit: 'grapheme', maxLength: 90 }),
);

test('the short way never says anything but the field', () => {
  fc.assert(
    fc.property(values, (value) => {
      const trace = traceIdField.safeParse(value);
      const span = spanIdField.safeParse(value);
      const parent = parentIdField.safeParse(value);
      expect(soundTraceId(value)).toBe(typeof value === 'string' ? trace.data : undefined);
      expect(soundSpanId(value)).toBe(typeof value === 'string' ? span.data : undefined);
      const isPlain = typeof value === 'string' || value === null || value === undefined;
      expect(soundParentId(value)).toBe(isPlain ? parent.data : undefined);
    }),
  );
});

test('ids are lower-case hex of full length', () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(traceIdOf(value) ?? '1'.repeat(32)).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
      expect(spanIdOf(value) ?? '1'.repeat(16)).toMatch(/^(?!0+$)[0-9a-f]{16}$/);
    }),
  );
});

test('an id that is none is hashed, however long it is', () => {
  const long = 'é'.repeat(100);
  const ids = ['x', long, 'x', 'é', long].map((text) => `${traceIdOf(text)} ${spanIdOf(text)}`);
  expect(ids[1]).toBe(ids[4]);
  expect(ids[0]).toBe(ids[2]);
  expect(new Set(ids).size).toBe(3);
  const reader = new IdReader({ base64: false });
  const bytes = new TextEncoder().encode(long);
  expect(reader.readSpanId(bytes, 0, bytes.length)).toBe(OPAQUE_ID);
  expect(spanIdOf('s'.repeat(99) + long)).not.toBe(spanIdOf(long));
  expect(ids[1].slice(33)).toBe(
    [reader.c, reader.d].map((word) => word.toString(16).padStart(8, '0')).join(''),
  );
});

test('one id after the other, in any spelling', () => {
  const trace = '5b8efff798038103d269b633813fc60c';
  const spellings = ['W47/95gDgQPSabYzgT/GDA==', '5B8EFFF7-9803-8103-D269-B633813FC60C', trace, `0x${trace}`];
  for (const text of [...spellings, ...spellings]) expect(traceIdOf(text, 'base64')).toBe(trace);
  expect(traceIdOf('', 'base64')).toBeNull();
  expect(spanIdOf('7uGbfsPBsQA=', 'base64')).toBe('eee19b7ec3c1b100');
});
