/** Remembers what a function gave for texts that come again and again. */
const MOST = 4096;
/** Longer texts are mostly different. */
const LONGEST = 1000;

export function memo<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined && !known.has(text)) {
      value = read(text);
      if (text.length > LONGEST) return value;
      if (known.size >= MOST) known.clear();
      known.set(text, value);
    }
    return value as T;
  };
}
