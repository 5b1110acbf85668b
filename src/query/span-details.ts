import { NONE } from '../assembly/span-table.ts';
import type { SpanDetails } from '../model/answers-spans.ts';
import type { Attributes, AttributeValue, Span } from '../model/span.ts';
import { loadForest } from './span-forest.ts';
import type { SpanData } from './span-forest.ts';
import { recordsOfTraces } from './trace-records.ts';

/** Characters of one value that are given at most. */
const MOST_CHARACTERS = 100_000;
const MOST_RECORDS = 20_000;

/** One span with all that it bears; null: there is no such record. */
export async function describeSpan(data: SpanData, record: number): Promise<SpanDetails | null> {
  const { recordTrace, traceIds } = data.table;
  if (!(record < recordTrace.length)) return null;
  const marked = new Uint8Array(traceIds.length / 4);
  marked[recordTrace[record]] = 1;
  const all = recordsOfTraces(data.table, marked);
  // Of a huge trace only the record itself: its duplicates may be anywhere.
  const forest = await loadForest(data, all.length > MOST_RECORDS ? Uint32Array.of(record) : all);
  const row = forest.rowOf(record);
  let duplicates = 0;
  for (let later = forest.table.nextRecord[row]; later !== NONE; later = forest.table.nextRecord[later])
    duplicates++;
  const cutter = new Cutter();
  return { span: cutter.span(forest.spanAt(row)), duplicates, charactersCut: cutter.characters };
}

/** Keeps hostile values from choking the page. */
class Cutter {
  characters = 0;

  span(span: Span): Span {
    return {
      ...span,
      name: this.#text(span.name),
      statusMessage: this.#text(span.statusMessage),
      attributes: this.#attributes(span.attributes),
      resource: { attributes: this.#attributes(span.resource.attributes) },
      events: span.events.map((event) => ({
        ...event,
        name: this.#text(event.name),
        attributes: this.#attributes(event.attributes),
      })),
    };
  }

  #attributes(attributes: Attributes): Attributes {
    return new Map([...attributes].map(([key, value]) => [this.#text(key), this.#value(value)]));
  }

  #value(value: AttributeValue): AttributeValue {
    return value.type === 'bool' ? value : { ...value, value: this.#text(value.value) };
  }

  #text(text: string): string {
    if (text.length <= MOST_CHARACTERS) return text;
    this.characters += text.length - MOST_CHARACTERS;
    return text.slice(0, MOST_CHARACTERS);
  }
}
