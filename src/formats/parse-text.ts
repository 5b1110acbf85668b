/** JSON that is a text: in a field of a record, in a cell of a table. */
import { JsonCursor } from '../util/json-cursor.ts';
import { JsonPlace, JsonReader } from './json-reader.ts';
import type { Json } from './json-value.ts';

/** Windows and what is known of texts are kept from one to the next, but not those of whole documents. */
const LONGEST_KEPT = 64 * 1024;

class TextReader {
  readonly #cursor = new JsonCursor();
  readonly #reader = new JsonReader(this.#cursor);
  readonly #place = new JsonPlace();

  read(text: string): Json {
    const cursor = this.#cursor;
    cursor.takeText(text);
    const value = this.#reader.value(this.#place);
    cursor.expectEnd();
    return value;
  }
}

const kept = new TextReader();

/** The document that a text is, read as JsonReader reads. Throws a SyntaxError. */
export function parseTextExactly(text: string): Json {
  return (text.length <= LONGEST_KEPT ? kept : new TextReader()).read(text);
}
