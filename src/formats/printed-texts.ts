/**
 * Names and texts as a console prints them, one after another. They are few: to look through them costs less than to
 * hash each of them.
 */
import type { AttributeValue } from '../model/span.ts';
import { AttributeBag } from './plain-span.ts';

/** null: it is empty. */
export function textValue(text: string): AttributeValue | null {
  return text === '' ? null : { type: 'string', value: text };
}

export class PrintedTexts {
  readonly #names: string[] = [];
  readonly #texts: string[] = [];

  get isEmpty(): boolean {
    return this.#names.length === 0;
  }

  /** Of a name that comes again the last text counts. */
  add(name: string, text: string): void {
    this.#names.push(name);
    this.#texts.push(text);
  }

  /** The text added last goes on. */
  addLine(line: string): void {
    this.#texts[this.#texts.length - 1] += `\n${line}`;
  }

  get(name: string): string | undefined {
    const at = this.#names.lastIndexOf(name);
    return at < 0 ? undefined : this.#texts[at];
  }

  /** As attributes, but for those whose value is null. */
  attributes(valueOf: (text: string) => AttributeValue | null): AttributeBag {
    const bag = new AttributeBag();
    for (let i = 0; i < this.#names.length; i++) {
      const value = valueOf(this.#texts[i]);
      if (value) bag.map.set(this.#names[i], value);
      else bag.map.delete(this.#names[i]);
    }
    return bag;
  }
}
