/** Remembers what a function gave for texts that come again and again. */
const MOST = 4096;
const LONGEST = 1000;

/** `longest`: longer texts are mostly different, or what is made of them takes much memory. */
export function memo<T>(read: (text: string) => T, longest = LONGEST): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined && !known.has(text)) {
      value = read(text);
      if (text.length > longest) return value;
      if (known.size >= MOST) known.clear();
      known.set(text, value);
    }
    return value as T;
  };
}
