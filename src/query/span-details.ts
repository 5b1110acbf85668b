import { NONE } from '../assembly/span-table.ts';
import type { SpanDetails } from '../model/answers-spans.ts';
import type { Attributes, AttributeValue, Span } from '../model/span.ts';
import type { SpanData } from './span-forest.ts';
import { traceForest } from './trace-forest.ts';

/** Characters of one value that are given at most. */
const MOST_CHARACTERS = 100_000;

/** One span with all that it bears; null: there is no such record. */
export async function describeSpan(data: SpanData, record: number): Promise<SpanDetails | null> {
  const { recordTrace } = data.table;
  if (!(record < recordTrace.length)) return null;
  const { forest } = await traceForest(data, recordTrace[record]);
  const row = forest.rowOf(record);
  if (row === NONE) return null;
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
