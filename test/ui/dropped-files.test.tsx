import { expect, test } from 'vitest';
import { readDropped, readPasted } from '../../src/ui/dropped-files.ts';

const file = (name: string) => new File(['{}'], name);
const fileEntry = (name: string) => ({
  isFile: true,
  isDirectory: false,
  fullPath: `/${name}`,
  file: (resolve: (value: File) => void, reject: (error: Error) => void) =>
    name.includes('locked') ? reject(new Error('no')) : resolve(file(name)),
});
/** Hands its entries out in parts, as browsers do. */
const folder = (name: string, entries: unknown[], part = 2) => ({
  isFile: false,
  isDirectory: true,
  fullPath: `/${name}`,
  createReader: () => {
    let next = 0;
    return {
      readEntries: (resolve: (value: unknown[]) => void) => {
        resolve(entries.slice(next, next + part));
        next += part;
      },
    };
  },
});
const transfer = (entries: unknown[]) =>
  ({
    files: [],
    items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => null })),
  }) as unknown as DataTransfer;

test('folders are read with all that is in them, in the order of the paths', async () => {
  const inner = folder('a/c', [fileEntry('a/c/1.json')]);
  const outer = folder('a', [fileEntry('a/z.json'), inner, fileEntry('a/b.json')]);
  const { files, unreadable } = await readDropped(transfer([outer]));
  expect(files.map((one) => one.name)).toEqual(['a/b.json', 'a/c/1.json', 'a/z.json']);
  expect(unreadable).toEqual([]);
});

test('what cannot be read is named and spoils nothing else', async () => {
  const { files, unreadable } = await readDropped(
    transfer([folder('a', [fileEntry('a/locked.json'), fileEntry('a/b.json')])]),
  );
  expect(files.map((one) => one.name)).toEqual(['a/b.json']);
  expect(unreadable).toEqual(['/a/locked.json']);
});

test('a paste without files or text is nothing', () => {
  const empty = { files: [], getData: () => '  \n' } as unknown as DataTransfer;
  expect(readPasted(empty)).toEqual([]);
});
