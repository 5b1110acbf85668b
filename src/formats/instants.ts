/**
 * Instants as all kinds of writers put them (FORMATS.md §0.3) → ns since the Unix epoch. Without a zone: UTC.
 */

import { ZERO } from '../util/bytes.ts';

/** A power of ten: how many ns there are in one. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

export const NS_POWER: Readonly<Record<TimeUnit, number>> = { s: 9, ms: 6, us: 3, ns: 0 };

const NS: Readonly<Record<TimeUnit, bigint>> = { s: 1_000_000_000n, ms: 1_000_000n, us: 1000n, ns: 1n };

/** What OTLP writes, between 2001 and 2033. */
const NANOSECONDS = /^1\d{18}$/;
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
    if (value > 0 && Number.isSafeInteger(value)) return BigInt(value) * NS[unit ?? likelyUnit(value)];
    if (!Number.isFinite(value) || value <= 0) return null;
    return wholeMicroseconds(value, unit ?? likelyUnit(value)) ?? parseNumber(plainDigits(value), unit);
  }
  if (typeof value !== 'string') return null;
  if (NANOSECONDS.test(value) && (unit === undefined || unit === 'ns')) return BigInt(value);
  const usual = parseUsualDate(value);
  if (usual !== null) return usual;
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

/** How many µs there are in one. */
const US_IN: Readonly<Partial<Record<TimeUnit, number>>> = { s: 1e6, ms: 1e3 };
/** Until then doubles of seconds lie closer than µs: one that is some µs is no other decimal of six places. */
const FINER_THAN_US = 8e15;

/** ns of a number with decimals that is a whole count of µs, as nearly all are: cheaper than its digits. */
function wholeMicroseconds(value: number, unit: TimeUnit): bigint | null {
  const scale = US_IN[unit] ?? Number.NaN;
  const us = Math.round(value * scale);
  return us < FINER_THAN_US && us / scale === value ? BigInt(us) * NS.us : null;
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
  return scaleDecimal(text, NS_POWER[likelyUnit(whole)]);
}

/** That puts it between 2001 and 2100. */
function likelyUnit(since: number): TimeUnit {
  if (since < 1e11) return 's';
  if (since < 1e14) return 'ms';
  return since < 1e17 ? 'us' : 'ns';
}

const DAY_CHARS = 'YYYY-MM-DD'.length;
const TIME_CHARS = 'YYYY-MM-DDThh:mm:ss'.length;
/** The day read last, in ms: times of a file mostly are of one. */
const latestDay = { text: '', ms: 0 };

/** UTC, in the ways that most writers say it. */
const USUAL_ZONES = ['Z', ' +0000 UTC', ''];
const OFFSET_CHARS = '+hh:mm'.length;

/** `2024-05-13T09:30:00.123456Z`, which most writers put, without a pattern; null: not written like this. */
function parseUsualDate(text: string): bigint | null {
  if (text[13] !== ':' || text[16] !== ':' || (text[10] !== 'T' && text[10] !== ' ')) return null;
  const offset = usualOffset(text);
  const zone = USUAL_ZONES.find((ending) => text.endsWith(ending)) ?? '';
  const end = text.length - (offset === null ? zone.length : OFFSET_CHARS);
  const places = end - TIME_CHARS - 1;
  // No fraction at all, or a dot and digits.
  if (places !== -1 && (places < 1 || places > 9 || text[TIME_CHARS] !== '.')) return null;
  const minutes = digits(text, 11, 13) * 60 + digits(text, 14, 16) - (offset ?? 0);
  const seconds = minutes * 60 + digits(text, 17, 19);
  const fraction = digits(text, TIME_CHARS + 1, end) * 10 ** (9 - Math.max(places, 0));
  if (Number.isNaN(seconds + fraction) || !readDay(text)) return null;
  return positive(BigInt(latestDay.ms + seconds * 1000) * NS.ms + BigInt(fraction));
}

/** Of `+02:00` at the end, minutes east of Greenwich; null: it ends otherwise. */
function usualOffset(text: string): number | null {
  const at = text.length - OFFSET_CHARS;
  const sign = text[at];
  if ((sign !== '+' && sign !== '-') || text[at + 3] !== ':') return null;
  const minutes = digits(text, at + 1, at + 3) * 60 + digits(text, at + 4, text.length);
  return sign === '-' ? -minutes : minutes;
}

/** Into latestDay. */
function readDay(text: string): boolean {
  if (text.startsWith(latestDay.text) && latestDay.text !== '') return true;
  const day = parseDate(text.slice(0, DAY_CHARS));
  if (day === null) return false;
  latestDay.text = text.slice(0, DAY_CHARS);
  latestDay.ms = Number(day / NS.ms);
  return true;
}

/** The number in text[from, to); NaN: not only digits. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
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
