/** Which scripts run before the first paint, and what they weigh. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** The entry script of a built page and what it imports statically. */
function firstScripts(dist) {
  const page = readFileSync(path.join(dist, 'index.html'), 'utf8');
  const entry = /<script type="module"[^>]* src="\.\/([^"]+)"/.exec(page)?.[1];
  if (!entry) throw new Error('The built page names no entry script.');
  const found = new Set();
  const visit = (file) => {
    if (found.has(file)) return;
    found.add(file);
    const source = readFileSync(file, 'utf8');
    for (const match of source.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g)) {
      visit(path.join(path.dirname(file), match[1]));
    }
  };
  visit(path.join(dist, entry));
  return [...found];
}

/**
 * @param {string} dist folder of the built app
 * @returns {number} bytes, gzip level 9
 */
export function firstLoadBytes(dist) {
  return firstScripts(dist)
    .map((file) => gzipSync(readFileSync(file), { level: 9 }).length)
    .reduce((sum, size) => sum + size, 0);
}
