import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationBetween, parseDuration } from '../../src/formats/durations.ts';
import { NS_POWER, parseInstant, scaleDecimal } from '../../src/formats/instants.ts';

/** 2024-05-01T12:51:30Z */
const MINUTE = 1_714_567_890_000_000_000n;

describe('an instant', () => {
  test.each([
    ['seconds with a fraction', 1714567890.05, 50_000_000n],
    ['seconds as text, all digits kept', '1714567890.123456789', 123_456_789n],
    ['seconds with an exponent', '1.71456789005E9', 50_000_000n],
    ['milliseconds', 1714567890123, 123_000_000n],
    ['milliseconds with a fraction', '1714567890123.456789', 123_456_789n],
    ['microseconds', 1714567890123456, 123_456_000n],
    ['nanoseconds as text', '1714567890123456789', 123_456_789n],
    ['.NET ticks', '638501646900000001', 100n],
    ['ISO with zone', '2024-05-01T14:51:30.05+02:00', 50_000_000n],
    ['ISO with a short zone', '2024-05-01T07:21:30,5-0530', 500_000_000n],
    ['ISO, nine digits, Z', '2024-05-01T12:51:30.123456789Z', 123_456_789n],
    ['more digits than ns', '2024-05-01T12:51:30.1234567891Z', 123_456_789n],
    ['no zone: UTC', '2024-05-01 12:51:30.5', 500_000_000n],
    ['Go', '2024-05-01 14:51:30.05 +0200 CEST m=+0.000001', 50_000_000n],
    ['Go in UTC', '2024-05-01 12:51:30.05 +0000 UTC', 50_000_000n],
    ['Java with a zone name', '2024-05-01T14:51:30+02:00[Europe/Vienna]', 0n],
    ['US, afternoon', '5/1/2024, 12:51:30.123 PM', 123_000_000n],
    ['.NET in the US, with a zone', '5/1/2024 2:51:30\u202fPM +02:00', 0n],
    ['Kibana', 'May 1, 2024 @ 12:51:30.123', 123_000_000n],
    ['.NET JSON', '/Date(1714567890123)/', 123_000_000n],
  ])('%s', (_name, value, beyond) => {
    expect(parseInstant(value)).toBe(MINUTE + beyond);
  });

  test('a number with decimals is what its digits say', () => {
    const microseconds = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(
        fc.oneof(
          microseconds.map((us) => us / 1e6),
          microseconds.map((us) => us / 1e3),
          fc.double({ min: 1e-6, max: 1e13, noNaN: true }),
        ),
        fc.constantFrom('s' as const, 'ms' as const),
        (value, unit) => {
          const digits = value < 1e-6 ? value.toFixed(20) : String(value);
          expect(parseInstant(value, unit)).toBe(scaleDecimal(digits, NS_POWER[unit]));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('midnight in the US is 12 AM', () => {
    expect(parseInstant('5/1/2024 12:00:00 AM')).toBe(BigInt(Date.UTC(2024, 4, 1)) * 1_000_000n);
  });

  test('a unit that is known is not guessed', () => {
    expect(parseInstant(5, 'us')).toBe(5000n);
    expect(parseInstant('1714567890', 'ns')).toBe(1_714_567_890n);
  });

  test.each([0, -1, Number.NaN, '', 'soon', '0001-01-01T00:00:00Z', '2024-13-01', null, undefined, {}, true])(
    '%s is none',
    (value) => {
      expect(parseInstant(value)).toBeNull();
    },
  );
});

describe('a duration', () => {
  test.each([
    [1.5, 'ms', 1_500_000],
    ['1.5', 'us', 1500],
    ['0.1s', 'ms', 100_000_000],
    ['12µs', 's', 12_000],
    ['1500ms', 's', 1_500_000_000],
    ['5000ns', 's', 5000],
    ['1m2.5s', 's', 62_500_000_000],
    ['-3ms', 's', -3_000_000],
    ['PT0.123S', 's', 123_000_000],
    ['P1DT1H', 's', 90_000_000_000_000],
    ['00:00:00.1234567', 's', 123_456_700],
    ['1.02:03:04', 's', 93_784_000_000_000],
    [-5, 'ns', -5],
  ] as const)('%s %s', (value, unit, ns) => {
    expect(parseDuration(value, unit)).toBe(ns);
  });

  test.each(['', 'long', 'P', null, undefined, Number.NaN, {}])('%s is none', (value) => {
    expect(parseDuration(value, 's')).toBeNull();
  });

  test('end before start is negative, and a missing end is none', () => {
    expect(durationBetween(5n, 3n)).toBe(-2);
    expect(durationBetween(5n, null)).toBeNull();
  });
});

test('the usual way of writing an instant gives what the patterns give', () => {
  const two = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'));
  const date = fc.tuple(fc.constantFrom('2024', '1970', '1969', '0001', '20x4'), two, two);
  const time = fc.tuple(two, two, two);
  const fraction = fc.oneof(
    fc.constantFrom('', '.'),
    fc.nat().map((digits) => `.${digits}`),
  );
  const zone = fc.constantFrom(
    'Z',
    '',
    '+00:00',
    ' +0000 UTC',
    ' +0000',
    '+02:00',
    '-05:30',
    '-00:00',
    '+99:99',
    '+0x:00',
  );
  fc.assert(
    fc.property(
      date,
      time,
      fraction,
      fc.constantFrom('T', ' '),
      zone,
      (days, times, beyond, between, utc) => {
        const text = `${days.join('-')}${between}${times.join(':')}${beyond}`;
        // White space around it is more than the usual way reads.
        expect(parseInstant(text + utc)).toBe(parseInstant(` ${text}${utc} `));
      },
    ),
    { numRuns: 2000 },
  );
});
