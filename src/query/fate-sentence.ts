import { fateSelection } from '../model/answers-impact.ts';
import type { Fate, FatePlace, FateSelection, SentencePart } from '../model/answers-impact.ts';
import { describeCount } from '../util/text.ts';

/** Beyond this many, the rest of the names is summed up. */
const MOST_NAMES = 3;
/** As people tell it: first what was handled, then what was not. */
const ORDER: readonly Fate[] = ['absorbed', 'userAction', 'entryPoint', 'nobodyWaited', 'unknown'];

/**
 * "41 of 43 failures were absorbed by BookingService; 2 reached the user action Book now."
 * Parts in order; to be joined without anything between.
 */
export function fateSentence(
  failures: number,
  counts: Readonly<Record<Fate, number>>,
  places: readonly FatePlace[],
): SentencePart[] {
  if (failures === 0) return [plain('No request failed.')];
  const told = ORDER.filter((fate) => counts[fate] > 0);
  const clauses = told.map((fate, i) => {
    const all = { fate };
    const subject =
      i === 0 ? subjectOf(counts[fate], failures, all) : [counted(describeCount(counts[fate]), all)];
    const named = mergeNames(fate, places);
    return [...subject, ...predicate(fate, counts[fate], named)];
  });
  return joined([
    ...clauses.flatMap((clause, i) => (i === 0 ? clause : [plain('; '), ...clause])),
    plain('.'),
  ]);
}

function subjectOf(count: number, failures: number, of: FateSelection): SentencePart[] {
  if (failures === 1) return [counted('The only failure', of)];
  const all = `${describeCount(failures)} failures`;
  return count === failures
    ? [plain('All '), counted(all, of)]
    : [counted(describeCount(count), of), plain(' of '), counted(all, 'all')];
}

interface Name {
  readonly name: string;
  readonly failures: number;
  /** null: they are of several services that bear the same name. */
  readonly of: FateSelection | null;
}

/** The names of a fate's places: of user actions their own, else of services. */
function mergeNames(fate: Fate, places: readonly FatePlace[]): Name[] {
  const byName = new Map<string, Name>();
  for (const place of places) {
    if (place.fate !== fate) continue;
    const name = nameOf(place);
    const known = byName.get(name);
    const failures = (known?.failures ?? 0) + place.failures;
    byName.set(name, { name, failures, of: known ? ofSeveral(place) : fateSelection(place) });
  }
  return [...byName.values()].sort((a, b) => b.failures - a.failures);
}

/** A user action of several applications is told by itself. */
function ofSeveral({ fate, endpoint }: FatePlace): FateSelection | null {
  return fate === 'userAction' ? { fate, endpoint } : null;
}

function nameOf({ fate, endpoint, service }: FatePlace): string {
  if (fate === 'userAction') return endpoint;
  return fate === 'entryPoint' ? `${endpoint} of ${service.name}` : service.name;
}

function predicate(fate: Fate, count: number, names: readonly Name[]): SentencePart[] {
  const was = count === 1 ? 'was' : 'were';
  switch (fate) {
    case 'absorbed':
      return [plain(` ${was} absorbed by `), ...list(names, 'service', 'services')];
    case 'userAction':
      return [
        plain(` reached the user action${plural(names)} `),
        ...list(names, 'userAction', 'user actions'),
      ];
    case 'entryPoint':
      return [plain(` reached the entry point${plural(names)} `), ...list(names, 'endpoint', 'entry points')];
    case 'nobodyWaited':
      return [
        plain(` happened asynchronously in `),
        ...list(names, 'service', 'services'),
        plain(', where nobody waited'),
      ];
    case 'unknown':
      return [
        plain(` went on from `),
        ...list(names, 'service', 'services'),
        plain(' to callers that are missing'),
      ];
  }
}

function plural(names: readonly Name[]): string {
  return names.length === 1 ? '' : 's';
}

/** `A`, `A (2) and B (1)`, `A (4), B (2), C (1) and 3 other services (5)`. */
function list(names: readonly Name[], kind: SentencePart['names'], noun: string): SentencePart[] {
  if (names.length === 1) return [{ text: names[0].name, names: kind }];
  // One that is left over is named: "1 other" is no shorter.
  const shown = names.length <= MOST_NAMES + 1 ? names : names.slice(0, MOST_NAMES);
  const rest = names.slice(shown.length);
  const restFailures = rest.reduce((sum, { failures }) => sum + failures, 0);
  const entries = shown.map(({ name, failures, of }): SentencePart[] => [
    { text: name, names: kind },
    plain(' ('),
    of ? counted(describeCount(failures), of) : plain(describeCount(failures)),
    plain(')'),
  ]);
  if (rest.length > 0) {
    entries.push([plain(`${describeCount(rest.length)} other ${noun} (${describeCount(restFailures)})`)]);
  }
  return entries.flatMap((entry, i) => {
    if (i === 0) return entry;
    return [plain(i === entries.length - 1 ? ' and ' : ', '), ...entry];
  });
}

function counted(text: string, counts: FateSelection | 'all'): SentencePart {
  return { text, names: null, counts };
}

function plain(text: string): SentencePart {
  return { text, names: null };
}

/** Neighbouring plain parts as one. */
function joined(parts: readonly SentencePart[]): SentencePart[] {
  const merged: SentencePart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (last && isPlain(last) && isPlain(part)) {
      merged[merged.length - 1] = plain(last.text + part.text);
    } else merged.push(part);
  }
  return merged;
}

function isPlain({ names, counts }: SentencePart): boolean {
  return names === null && counts === undefined;
}
