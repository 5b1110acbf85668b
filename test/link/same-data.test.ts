import { expect, test } from 'vitest';
import { describeData } from '../../src/link/same-data.ts';
import { makeDataset } from '../support/fake-client.ts';

const [READ] = makeDataset().files;
const file = (name: string, records: number, rejected = 0) => ({ ...READ, name, records, rejected });

test('a link names the files that gave spans, and counts only those', () => {
  const good = Array.from({ length: 7 }, (_, i) => file(`good-${i}.json`, 4, 3));
  const files = [file('photo.png', 0), file('broken.json', 2, 2), ...good];
  expect(describeData(makeDataset({ files }))).toMatchObject({
    files: good.slice(0, 6).map(({ name }) => name),
    moreFiles: 1,
  });
});

test('a link to data of which no file says what it gave names them all', () => {
  const files = [file('a.json', 0), file('b.json', 0)];
  expect(describeData(makeDataset({ files })).files).toEqual(['a.json', 'b.json']);
});
