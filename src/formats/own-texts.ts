/** Ids of a reader's own words, which it puts again and again: the sink would encode and hash them each time. */
import type { SpanSink, TextId } from '../model/sink.ts';

export class OwnTexts {
  readonly #sink: SpanSink;
  #epoch = -1;
  readonly #ids = new Map<string, TextId>();

  constructor(sink: SpanSink) {
    this.#sink = sink;
  }

  idOf(text: string): TextId {
    if (this.#epoch !== this.#sink.epoch) {
      this.#epoch = this.#sink.epoch;
      this.#ids.clear();
    }
    let id = this.#ids.get(text);
    if (id === undefined) this.#ids.set(text, (id = this.#sink.textOf(text)));
    return id;
  }
}
