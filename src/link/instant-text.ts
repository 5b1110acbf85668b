/** Exact instants as ISO text with up to nine decimals, and lengths of time such as `15m`. */

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;
const NS_PER_SECOND = 1_000_000_000n;

/** ns since the epoch → `2026-01-31T10:00:00.123456789Z`, trailing zeros left out. */
export function writeInstant(ns: bigint): string {
  const fraction = ((ns % NS_PER_SECOND) + NS_PER_SECOND) % NS_PER_SECOND;
  const seconds = (ns - fraction) / NS_PER_SECOND;
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 0 || date.getUTCFullYear() > 9999)
    return `${ns}`;
  const decimals = String(fraction).padStart(9, '0').replace(/0+$/, '');
  return `${date.toISOString().slice(0, 19)}${decimals === '' ? '' : `.${decimals}`}Z`;
}

/** Also reads plain ns. null: not an instant. */
export function readInstant(text: string): bigint | null {
  if (/^-?\d{1,20}$/.test(text)) return BigInt(text);
  const match = INSTANT.exec(text);
  const ms = match ? Date.parse(`${match[1]}Z`) : Number.NaN;
  if (!match || Number.isNaN(ms)) return null;
  return BigInt(ms) * 1_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'));
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** ms → the largest unit that fits without a rest: `15m`, `90s`, `250ms`. */
export function writeLength(ms: number): string {
  const [unit, size] = UNITS.find(([, unitMs]) => ms % unitMs === 0) ?? UNITS[4];
  return `${ms / size}${unit}`;
}

/** → ms, a positive integer. null: not a length of time. */
export function readLength(text: string): number | null {
  const match = /^(\d{1,9})(d|h|m|s|ms)$/.exec(text);
  const unit = UNITS.find(([name]) => name === match?.[2]);
  const ms = match && unit ? Number(match[1]) * unit[1] : 0;
  return ms > 0 ? ms : null;
}
