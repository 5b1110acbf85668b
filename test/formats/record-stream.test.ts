import { expect, test } from 'vitest';
import { JsonDocuments } from '../../src/formats/json-documents.ts';
import { RecordNotes } from '../../src/formats/record-notes.ts';
import { type RecordPlaces, RecordStream } from '../../src/formats/record-stream.ts';
import { BlobSource } from '../../src/formats/source.ts';
import { Notes } from '../../src/model/import-note.ts';
import { JsonCursor } from '../../src/util/json-cursor.ts';

/** The records' texts, the same however the bytes arrive; then the codes of the notes. */
async function recordsOf(text: string, places: RecordPlaces): Promise<string[]> {
  const [whole, ...others] = await Promise.all(
    [10_000, 1, 3, 11].map(async (chunkBytes) => {
      const cursor = new JsonCursor();
      const notes = new Notes();
      const records: string[] = [];
      const stream = new RecordStream(cursor, places, {
        record(record, position) {
          // What stands there in the text begins as the record does.
          expect('{[').toContain(text[position]);
          records.push(JSON.stringify(record));
        },
        broken: ({ message, position }) => records.push(`${message} at ${position}`),
      });
      const documents = new JsonDocuments({ cursor, reader: stream, notes: new RecordNotes(cursor, notes) });
      await documents.read(new BlobSource(new Blob([text]), { chunkBytes }));
      return [...records, ...notes.list().map(({ code }) => code)];
    }),
  );
  for (const other of others) expect(other).toEqual(whole);
  return whole;
}

const HITS = { lists: ['hits.hits', 'responses[].hits.hits'] };

test('a document is a record, and so is each element of the list that it is', async () => {
  expect(await recordsOf('{"a":1}\n[{"b":2},3,"x",{"c":[{}]}]\n\n{"d":{}}', { lists: [] })).toEqual([
    '{"a":1}',
    '{"b":2}',
    '{"c":[{}]}',
    '{"d":{}}',
  ]);
});

test('elements of the lists that a format names are records, and nothing around them is', async () => {
  const text =
    '{"took":{"hits":[1]},"hits":{"total":{"v":2},"hits":[{"a":1},{"b":{"hits":[]}}],"x":[{}]},"y":{"z":1}}';
  expect(await recordsOf(text, HITS)).toEqual(['{"a":1}', '{"b":{"hits":[]}}']);
  expect(await recordsOf('{"responses":[{"hits":{"hits":[{"a":1}]}},{"error":{}}]}', HITS)).toEqual([
    '{"a":1}',
    '{"error":{}}',
  ]);
});

test('a document without the lists is a record, even where a key of theirs holds something else', async () => {
  expect(await recordsOf('{"hits":3,"a":1}{"b":{}}', HITS)).toEqual(['{"hits":3,"a":1}', '{"b":{}}']);
});

test('a key of records keeps a document whole', async () => {
  const places = { lists: ['events'], recordKeys: ['id'] };
  expect(await recordsOf('{"id":1,"events":[{"x":1}]}{"events":[{"id":2,"events":[{}]}]}', places)).toEqual([
    '{"id":1,"events":[{"x":1}]}',
    '{"id":2,"events":[{}]}',
  ]);
});

test('a list within a list is several records, or one where the format says so', async () => {
  expect(await recordsOf('[[{"a":1},{"b":2}],[]]', { lists: [] })).toEqual(['{"a":1}', '{"b":2}']);
  const whole = { lists: ['traces'], innerListIsRecord: true };
  expect(await recordsOf('[[{"a":1},{"b":2}]]', whole)).toEqual(['[{"a":1},{"b":2}]']);
  expect(await recordsOf('{"traces":[[{"a":1}],{"c":3}]}', whole)).toEqual(['[{"a":1}]', '{"c":3}']);
});

test('what is whole before the end of a cut file is kept', async () => {
  expect(await recordsOf('{"hits":{"hits":[{"a":1},{"b":', HITS)).toEqual(['{"a":1}', 'truncated']);
  expect(await recordsOf('{"a":1}\n{"b":\n{"c":3}', { lists: [] })).toEqual([
    '{"a":1}',
    '{"c":3}',
    'truncated',
  ]);
});

test('a record that is not JSON costs nothing but itself', async () => {
  const odd = `{"id":2,"f":"it\\'s","g":[{"hits":1}]}`;
  const broken = (at: number): string => `unknown escape in a text at ${at}`;
  expect(await recordsOf(`[{"id":1},${odd},{"id":3}]`, { lists: [] })).toEqual([
    '{"id":1}',
    broken(25),
    '{"id":3}',
  ]);
  expect(await recordsOf(`{"hits":{"hits":[{"id":1},${odd},{"id":3}]}}`, HITS)).toEqual([
    '{"id":1}',
    broken(41),
    '{"id":3}',
  ]);
  // Lists after it are found, as long as it is no record.
  expect(await recordsOf('{"took":"\\x","hits":{"hits":[{"id":1}]}}', HITS)).toEqual([
    '{"id":1}',
    'unknown escape in a text at 9',
  ]);
  const places = { lists: ['events'], recordKeys: ['id'] };
  expect(await recordsOf('{"id":1,"x":"\\x","events":[{"y":1}]}{"id":2}', places)).toEqual([
    'unknown escape in a text at 13',
    '{"id":2}',
  ]);
});
