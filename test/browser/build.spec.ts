/** The built folder itself, without a browser. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { DIST } from './dist.ts';
import { firstLoadBytes } from './first-load.mjs';

const FILES = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name));
const PAGE = readFileSync(path.join(DIST, 'index.html'), 'utf8');

test('holds no WebAssembly', () => {
  expect(FILES.filter((file) => file.endsWith('.wasm'))).toEqual([]);
  const scripts = FILES.filter((file) => file.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((file) => readFileSync(file, 'utf8').includes('WebAssembly'))).toEqual([]);
});

test('refers to its files by relative paths only', () => {
  const addresses = [...PAGE.matchAll(/\b(?:src|href)="([^"]*)"/g)].map((match) => match[1]);
  expect(addresses.length).toBeGreaterThan(2);
  expect(addresses.filter((address) => !/^(\.\/|data:image\/)/.test(address))).toEqual([]);
});

test('has no inline script and no inline style in its page', () => {
  expect([...PAGE.matchAll(/<script(?![^>]*\bsrc=)[^>]*>|<style|\bstyle=|\bon[a-z]+=/g)]).toEqual([]);
});

test('shows something after at most 60 kB of script', () => {
  expect(firstLoadBytes(DIST)).toBeLessThanOrEqual(60_000);
});
