/** What we depend on, and that it is the same everywhere (README: exact versions are locked). */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string): string => readFileSync(`${ROOT}/${name}`, 'utf8');

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const MANIFEST: Manifest = JSON.parse(read('package.json'));

/** A package more needs a reason in ARCHITECTURE.md and a line here. */
const SHIPPED = ['comlink', 'dexie', 'echarts', 'fflate', 'fzstd', 'hyparquet', 'solid-js', 'zod'];
const TOOLS = [
  '@playwright/test',
  '@testing-library/dom',
  '@types/node',
  'axe-core',
  'fake-indexeddb',
  'fast-check',
  'happy-dom',
  'oxlint',
  'oxlint-tsgolint',
  'prettier',
  'typescript',
  'vite',
  'vite-plugin-solid',
  'vitest',
];

test('only the agreed packages are used', () => {
  expect(Object.keys(MANIFEST.dependencies).toSorted()).toEqual(SHIPPED);
  expect(Object.keys(MANIFEST.devDependencies).toSorted()).toEqual(TOOLS);
});

test('every version is exact', () => {
  const versions = Object.entries({ ...MANIFEST.dependencies, ...MANIFEST.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('every package has its reason in ARCHITECTURE.md', () => {
  const page = read('ARCHITECTURE.md');
  const unexplained = [...SHIPPED, ...TOOLS].filter((name) => !page.includes(`- \`${name}\`: `));
  expect(unexplained).toEqual([]);
});

test('the lock file holds the same versions and no download addresses', () => {
  const lock: { packages: Record<string, { version: string; resolved?: string }> } = JSON.parse(
    read('package-lock.json'),
  );
  const wanted = Object.entries({ ...MANIFEST.dependencies, ...MANIFEST.devDependencies });
  const locked = wanted.map(([name]) => [name, lock.packages[`node_modules/${name}`]?.version]);
  expect(locked).toEqual(wanted);
  expect(Object.values(lock.packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
});
