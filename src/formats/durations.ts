/** Lengths of time as all kinds of writers put them (FORMATS.md §0.3) → ns. */
import { NS_POWER, type TimeUnit } from './instants.ts';

const NS_OF: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  sec: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
  d: 86_400e9,
};
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** As protobuf's JSON writes them. */
const SECONDS = /^\d+(?:\.\d+)?s$/;
/** `1m2.5s`, `0.1s`, `12µs`, `1 ms` */
const WITH_UNITS = /^[+-]?(?:\d+(?:\.\d+)?\s*(?:ns|us|µs|μs|ms|sec|s|min|m|h|d)\s*)+$/;
const STEP = /(\d+(?:\.\d+)?)\s*(ns|us|µs|μs|ms|sec|s|min|m|h|d)/g;
const ISO =
  /^([+-]?)P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
/** .NET `[d.]hh:mm:ss[.fffffff]` */
const CLOCK = /^([+-]?)(?:(\d+)\.)?(\d+):(\d\d):(\d\d(?:\.\d+)?)$/;

/** A number, in the given unit, or a text with its own → ns, rounded; null: none or unreadable. */
export function parseDuration(value: unknown, unit: TimeUnit): number | null {
  if (typeof value === 'number')
    return Number.isFinite(value) ? Math.round(value * 10 ** NS_POWER[unit]) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (NUMBER.test(text)) return Math.round(Number(text) * 10 ** NS_POWER[unit]);
  if (SECONDS.test(text)) return Math.round(Number.parseFloat(text) * 1e9);
  const sign = text.startsWith('-') ? -1 : 1;
  if (WITH_UNITS.test(text)) {
    let sum = 0;
    for (const [, count, name] of text.matchAll(STEP)) sum += Number(count) * NS_OF[name];
    return Math.round(sign * sum);
  }
  const [, , days, hours, minutes, seconds] = ISO.exec(text) ?? CLOCK.exec(text) ?? [];
  if ([days, hours, minutes, seconds].every((part) => part === undefined)) return null;
  const total = Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  return Math.round(sign * (total + Number(seconds ?? 0)) * 1e9);
}

/** End − start in ns; null: one of them is missing. May be negative. */
export function durationBetween(start: bigint | null, end: bigint | null): number | null {
  return start === null || end === null ? null : Number(end - start);
}
