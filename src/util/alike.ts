/** Names that may be meant by one that is not there. */

/** Most alike first; none where nothing is. */
export function alikeNames(wanted: string, names: readonly string[], most: number): string[] {
  return names
    .map((name) => ({ name, likeness: likenessOf(wanted, name) }))
    .filter(({ likeness }) => likeness > 0)
    .sort((a, b) => b.likeness - a.likeness || a.name.localeCompare(b.name, 'en'))
    .slice(0, most)
    .map(({ name }) => name);
}

/** Edits that a name may need, as a share of its letters. */
const MOST_EDITS = 0.34;
/** Longer ones are compared by their beginning: the comparison costs the product of their lengths. */
const LONGEST = 100;

/** 0: not alike; 1: equal but for case and punctuation. */
function likenessOf(wanted: string, name: string): number {
  const [a, b] = [plain(wanted), plain(name)];
  if (a === '' || b === '') return 0;
  if (a === b) return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const edits = editDistance(short, long) / long.length;
  const byEdits = edits <= MOST_EDITS ? 1 - edits : 0;
  const byPart = short.length > 2 && long.includes(short) ? 0.5 + short.length / long.length / 2 : 0;
  return Math.max(byEdits, byPart, sharedWords(wanted, name) / 2);
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, LONGEST);
}

/** Words that nearly every name bears tell nothing. */
const COMMON_WORDS = /^(serv(ice|er)|svc|app|api|prod|test|dev|get|post|put|delete)$/;

function sharedWords(a: string, b: string): number {
  const words = (name: string) =>
    new Set(
      name
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter((word) => word.length > 2 && !COMMON_WORDS.test(word)),
    );
  const [ofA, ofB] = [words(a), words(b)];
  const shared = [...ofA].filter((word) => ofB.has(word)).length;
  return shared === 0 ? 0 : shared / Math.max(ofA.size, ofB.size);
}

/** Levenshtein's. */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    before = row;
  }
  return before[b.length];
}
