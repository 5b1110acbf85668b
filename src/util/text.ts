/** Numbers, lengths of time, shares and instants as text for people. Always English separators, local time zone. */

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const figures = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** A no-break space: a number never parts from its unit. */
const GAP = '\u00a0';

/** `1,234,567` */
export function describeCount(count: number): string {
  return counts.format(count);
}

/** `1,234`; where the count is an estimate, that is where the row tells what is in the data: `≈ 1,234`. */
export function describeCounted(count: number, row: { readonly inData?: object | undefined }): string {
  return markEstimate(describeCount(count), row);
}

/** The text of a figure, marked where the row tells what is in the data. */
export function markEstimate(text: string, { inData }: { readonly inData?: object | undefined }): string {
  return inData === undefined ? text : `≈${GAP}${text}`;
}

/** `1 request`, `1,234 requests`. The plural is the noun with an s unless given. */
export function describeCountOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${describeCount(count)}${GAP}${nounFor(count, noun, plural)}`;
}

/** The noun, or its plural, where the count stands apart from it. */
export function nounFor(count: number, noun: string, plural = `${noun}s`): string {
  return count === 1 ? noun : plural;
}

/** `0.25`, `1.33`, `1,230`: three significant digits; a dash where there is nothing to divide by. */
export function describeRatio(part: number, whole: number): string {
  return whole === 0 ? '–' : figures.format(part / whole);
}

/** ms → `350 µs`, `12.3 ms`, `1.25 s`, `3 min 20 s`, `2 h 5 min`. */
export function describeDuration(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  if (ms < 0) return `−${describeDuration(-ms)}`;
  if (ms === 0) return `0${GAP}ms`;
  if (ms < 0.001) return `${figures.format(ms * 1e6)}${GAP}ns`;
  if (ms < 0.9995) return `${figures.format(ms * 1000)}${GAP}µs`;
  if (ms < 999.5) return `${figures.format(ms)}${GAP}ms`;
  if (ms < 59_950) return `${figures.format(ms / 1000)}${GAP}s`;
  return describeLongDuration(Math.round(ms / 1000));
}

function describeLongDuration(seconds: number): string {
  const [big, small, names] =
    seconds < 3600
      ? [Math.floor(seconds / 60), seconds % 60, ['min', 's']]
      : seconds < 86_400
        ? [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), ['h', 'min']]
        : [Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3600), ['d', 'h']];
  const first = `${describeCount(big)}${GAP}${names[0]}`;
  return small === 0 ? first : `${first}${GAP}${small}${GAP}${names[1]}`;
}

/** 0..1 → `0 %`, `< 0.1 %`, `4.2 %`, `> 99.9 %`, `100 %`: never 0 or 100 % for what is neither. */
export function describeShare(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent}${GAP}%`;
  if (percent > 0 && percent < 0.1) return `<${GAP}0.1${GAP}%`;
  if (percent > 99.9 && percent < 100) return `>${GAP}99.9${GAP}%`;
  return `${percent.toFixed(1).replace(/\.0$/, '')}${GAP}%`;
}

/** part ÷ whole as a share; a dash where the whole is 0. */
export function describeShareOf(part: number, whole: number): string {
  return whole === 0 ? '–' : describeShare(part / whole);
}

/** −1..1 → percentage points with their sign: `+12.5`. */
export function describePoints(difference: number): string {
  const points = (difference * 100).toFixed(1).replace(/\.0$/, '');
  if (Number(points) === 0) return '0';
  return difference > 0 ? `+${points}` : points.replace('-', '−');
}

/** `512 B`, `1.5 kB`, `12 MB`, `1.02 GB`: powers of 1,000. */
export function describeBytes(bytes: number): string {
  if (bytes < 1000) return `${describeCount(bytes)}${GAP}B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${figures.format(bytes / 1000 ** power)}${GAP}${units[power - 1]}`;
}

/** ns since the epoch → `2026-01-31 10:00:00.123` in the local zone. */
export function describeInstant(ns: bigint): string {
  return describeMoment(new Date(Number(ns / 1_000_000n)), true);
}

/** As describeInstant without the date, for places where the day is clear. */
export function describeClock(ns: bigint): string {
  return describeInstant(ns).slice(-12);
}

/** ms since the epoch → `2026-01-31 10:00` in the local zone. */
export function describeDate(ms: number): string {
  return describeMoment(new Date(ms), false);
}

function describeMoment(date: Date, exact: boolean): string {
  if (Number.isNaN(date.getTime())) return 'not a date';
  const two = (part: number, digits = 2) => String(part).padStart(digits, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const minute = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (!exact) return `${day} ${minute}`;
  return `${day} ${minute}:${two(date.getSeconds())}.${two(date.getMilliseconds(), 3)}`;
}

let zoneFormat: Intl.DateTimeFormat | null = null;

/** Name of the local time zone: `Europe/Vienna (GMT+1)`. */
export function describeZone(at: Date): string {
  // To make one takes longer than all it is used for.
  const format = (zoneFormat ??= new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }));
  const name = format.resolvedOptions().timeZone;
  const parts = format.formatToParts(at);
  const short = parts.find((part) => part.type === 'timeZoneName')?.value;
  return short === undefined || short === name ? name : `${name} (${short})`;
}

/** `a`, `a and b`, `a, b and c`. */
export function describeList(items: readonly string[]): string {
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
