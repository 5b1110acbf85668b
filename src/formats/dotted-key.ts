/** Keys of nested objects joined by dots. The same few come with every span: each is put together once. */
const MOST = 10_000;

const known = new Map<string, Map<string, string>>();
let count = 0;

export function dottedKey(prefix: string, key: string): string {
  if (prefix === '') return key;
  let below = known.get(prefix);
  if (!below) known.set(prefix, (below = new Map()));
  let joined = below.get(key);
  if (joined === undefined) {
    joined = `${prefix}.${key}`;
    if (++count > MOST) {
      known.clear();
      count = 0;
    } else below.set(key, joined);
  }
  return joined;
}
