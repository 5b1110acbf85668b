/** What figures mean is said in one place (STYLE: one definition per number). */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const UI = path.resolve(import.meta.dirname, '../../src/ui');
const sources = readdirSync(UI, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && file !== 'definitions.ts')
  .map((file) => ({ file, text: readFileSync(path.join(UI, file), 'utf8') }));

test('no figure is defined where it is shown', () => {
  const own = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/\b(?:hint|definition)[:=]\s*\{?['"`].*/g)].map(([line]) => `${file}: ${line}`),
  );
  expect(own).toEqual([]);
});

test('every definition is shown somewhere', async () => {
  const { DEFINITIONS } = await import('../../src/ui/definitions.ts');
  const all = sources.map(({ text }) => text).join('\n');
  const unused = Object.keys(DEFINITIONS).filter((name) => !all.includes(`DEFINITIONS.${name}`));
  expect(unused).toEqual([]);
});
