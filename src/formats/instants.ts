/**
 * Instants as all kinds of writers put them (FORMATS.md §0.3) → ns since the Unix epoch. Without a zone: UTC.
 */

/** A power of ten: how many ns there are in one. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

export const NS_POWER: Readonly<Record<TimeUnit, number>> = { s: 9, ms: 6, us: 3, ns: 0 };

const NS: Readonly<Record<TimeUnit, bigint>> = { s: 1_000_000_000n, ms: 1_000_000n, us: 1000n, ns: 1n };

const DIGITS = /^([+-]?)(\d+)(?:\.(\d*))?$/;
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?(?:\s+[A-Z]{2,5})?(?:\[[^\]]*\])?(?:\s+m=\S+)?$/i;
const US =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4}),?\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(?:([AP])\.?M\.?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;
const KIBANA = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) @ (\d\d):(\d\d):(\d\d)(?:\.(\d+))?$/;
const DOT_NET = /^\/Date\((-?\d+)\)\/$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** .NET counts 100 ns since the year 1. */
const TICKS_AT_EPOCH = 621_355_968_000_000_000n;

/**
 * A number or a text → ns since the epoch; null: none (0, Go's year 1) or unreadable. Numbers are of the
 * given unit, else of the unit that puts them between 2001 and 2100.
 */
export function parseInstant(value: unknown, unit?: TimeUnit): bigint | null {
  if (typeof value === 'bigint') return positive(value * NS[unit ?? 'ns']);
  if (typeof value === 'number') {
    if (unit && value > 0 && Number.isSafeInteger(value)) return BigInt(value) * NS[unit];
    return Number.isFinite(value) && value > 0 ? parseNumber(plainDigits(value), unit) : null;
  }
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (DIGITS.test(text)) return parseNumber(text, unit);
  const dotNet = DOT_NET.exec(text);
  if (dotNet) return scaleDecimal(dotNet[1], NS_POWER.ms);
  if (/^[+-]?[\d.]+e[+-]?\d+$/i.test(text)) return parseInstant(Number(text), unit);
  return parseDate(text);
}

/** A decimal text × 10^power, cut to an integer, exactly; null: not a number, or not after the epoch. */
export function scaleDecimal(text: string, power: number): bigint | null {
  const found = DIGITS.exec(text);
  if (!found || found[1] === '-') return null;
  const fraction = (found[3] ?? '').slice(0, power).padEnd(power, '0');
  return positive(BigInt(found[2] + fraction));
}

/** Digits of a double without an exponent. */
function plainDigits(value: number): string {
  const text = String(value);
  return text.includes('e') ? BigInt(Math.round(value)).toString() : text;
}

function parseNumber(text: string, unit?: TimeUnit): bigint | null {
  if (unit) return scaleDecimal(text, NS_POWER[unit]);
  const whole = Number.parseFloat(text);
  if (whole >= 6.2e17 && whole <= 6.6e17) {
    const ticks = scaleDecimal(text, 0);
    return ticks === null ? null : positive((ticks - TICKS_AT_EPOCH) * 100n);
  }
  if (whole < 1e11) return scaleDecimal(text, NS_POWER.s);
  if (whole < 1e14) return scaleDecimal(text, NS_POWER.ms);
  return scaleDecimal(text, whole < 1e17 ? NS_POWER.us : NS_POWER.ns);
}

function parseDate(text: string): bigint | null {
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second, fraction, zone] = iso;
    return instantAt([year, month, day, hour, minute, second], fraction, zoneMinutes(zone));
  }
  const us = US.exec(text);
  if (us) {
    const [, month, day, year, hour, minute, second, fraction, half, zone] = us;
    const twelve = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
    return instantAt([year, month, day, String(twelve), minute, second], fraction, zoneMinutes(zone));
  }
  const kibana = KIBANA.exec(text);
  if (!kibana) return null;
  const [, name, day, year, hour, minute, second, fraction] = kibana;
  return instantAt([year, String(MONTHS.indexOf(name) + 1), day, hour, minute, second], fraction, 0);
}

function instantAt(
  parts: readonly (string | undefined)[],
  fraction: string | undefined,
  offsetMinutes: number,
): bigint | null {
  const [year, month, day, hour, minute, second] = parts.map((part) => Number(part ?? 0));
  const ms = Date.UTC(year, month - 1, day, hour, minute, second) - offsetMinutes * 60_000;
  if (Number.isNaN(ms) || month < 1 || month > 12) return null;
  return positive(BigInt(ms) * 1_000_000n + BigInt((fraction ?? '').slice(0, 9).padEnd(9, '0')));
}

/** `+02:00`, `+0200`, `+02` → minutes east of Greenwich. */
function zoneMinutes(zone: string | undefined): number {
  const found = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? '');
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return found[1] === '-' ? -minutes : minutes;
}

function positive(ns: bigint): bigint | null {
  return ns > 0n ? ns : null;
}
