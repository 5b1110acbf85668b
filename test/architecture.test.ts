/** The walls of the house (DESIGN.md §2, STYLE.md §7), checked. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findImports, type Import } from './support/source-imports.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface FolderRule {
  /** Folders it may import, besides itself. */
  readonly imports: readonly string[];
  /** Folders of which it may import types only. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
}

/** In the order of the data's flow. The same table, in words, is in ARCHITECTURE.md. */
const RULES: Readonly<Record<string, FolderRule>> = {
  'src/util': { imports: [] },
  'src/model': { imports: ['src/util'] },
  'src/formats': { imports: ['src/model', 'src/util'], packages: ['zod', 'fflate', 'fzstd', 'hyparquet'] },
  'src/columns': { imports: ['src/model', 'src/util'] },
  'src/failure': { imports: ['src/columns', 'src/model', 'src/util'] },
  'src/assembly': { imports: ['src/columns', 'src/failure', 'src/model', 'src/util'] },
  'src/store': {
    imports: ['src/columns', 'src/model', 'src/util'],
    types: ['src/assembly'],
    packages: ['dexie'],
  },
  'src/query': { imports: ['src/assembly', 'src/failure', 'src/columns', 'src/model', 'src/util'] },
  'src/link': { imports: ['src/query', 'src/failure', 'src/model', 'src/util'], packages: ['zod'] },
  'src/demo': { imports: ['src/util'] },
  'src/charts': {
    imports: ['src/model', 'src/util'],
    types: ['src/query'],
    packages: ['echarts', 'solid-js'],
  },
  workers: {
    imports: [
      'src/formats',
      'src/columns',
      'src/assembly',
      'src/store',
      'src/failure',
      'src/query',
      'src/demo',
      'src/model',
      'src/util',
    ],
    packages: ['comlink'],
  },
  'src/state': {
    imports: ['workers/client.ts', 'workers/api.ts', 'src/link', 'src/model', 'src/util'],
    types: ['src/query'],
    packages: ['solid-js'],
  },
  'src/ui': {
    imports: ['src/state', 'src/charts', 'src/link', 'src/failure', 'src/model', 'src/util'],
    types: ['src/query'],
    packages: ['solid-js'],
  },
  'src/main.tsx': { imports: ['src/ui'], packages: ['solid-js'] },
};

/** Files over 400 lines, with the length they have: may only shrink. */
const LONG_FILES: Readonly<Record<string, number>> = {};
const LINE_LIMIT = 400;

/** Uses of any, and files with a suppressed type or lint rule, in src/ and workers/: may only fall. */
const SUPPRESSIONS = 0;

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

/** Scripts (.mjs) run in Node and are no part of the page. */
const PROGRAM = [...filesBelow('src'), ...filesBelow('workers')].filter((file) => /\.tsx?$/.test(file));
const TESTS = filesBelow('test').filter((file) => /\.(ts|tsx|mjs)$/.test(file));
const SOURCES = new Map(
  [...PROGRAM, ...TESTS].map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]),
);
const IMPORTS = new Map(
  PROGRAM.map((file): [string, Import[]] => [file, findImports(file, SOURCES.get(file) ?? '')]),
);

function folderOf(file: string): string {
  if (file.startsWith('workers/')) return 'workers';
  return file.split('/').slice(0, 2).join('/');
}

/** Sentences about what is against the rule; empty: all is well. */
function breaches(file: string): string[] {
  const rule = RULES[folderOf(file)];
  if (!rule) return [`${file}: its folder has no rule in this test and in ARCHITECTURE.md`];
  return (IMPORTS.get(file) ?? []).flatMap(({ target, typeOnly, isPackage }) => {
    if (isPackage) {
      return rule.packages?.includes(target) ? [] : [`${file} imports the package ${target}`];
    }
    const folder = folderOf(target);
    const allowed =
      folder === folderOf(file) ||
      rule.imports.some((name) => name === folder || name === target) ||
      (typeOnly && rule.types?.includes(folder));
    return allowed
      ? []
      : [`${file} imports ${target}${rule.types?.includes(folder) ? ' (types only!)' : ''}`];
  });
}

/** A path of files that import each other in a circle, or undefined. */
function findCycle(): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, above: readonly string[]): string[] | undefined => {
    if (above.includes(file)) return [...above.slice(above.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { target, isPackage } of IMPORTS.get(file) ?? []) {
      const cycle = isPackage ? undefined : visit(target, [...above, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of PROGRAM) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

const COMMENT = /^\s*(\/?\*|\/\/).*|\s\/\/ .*$/;

/** Where the pattern occurs outside of comments, as "file: the line". */
function occurrences(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    (SOURCES.get(file) ?? '')
      .split('\n')
      .filter((line) => pattern.test(line.replace(COMMENT, '')))
      .map((line) => `${file}: ${line.trim()}`),
  );
}

describe('folders', () => {
  test('import only what their rule allows, and each library has its home', () => {
    expect(PROGRAM.flatMap(breaches)).toEqual([]);
  });

  test('have no circles of imports', () => {
    expect(findCycle()).toBeUndefined();
  });

  test('are the ones that ARCHITECTURE.md names', () => {
    const page = readFileSync(path.join(ROOT, 'ARCHITECTURE.md'), 'utf8');
    const named = [...page.matchAll(/^\| `((?:src\/|workers)[^`]*?)\/?` +\|/gm)].map((match) => match[1]);
    expect(named.toSorted()).toEqual(Object.keys(RULES).toSorted());
    expect([...new Set(PROGRAM.map(folderOf))].toSorted()).toEqual(named.toSorted());
  });

  test('know nothing of spans, traces and services in src/util', () => {
    const files = PROGRAM.filter((file) => file.startsWith('src/util/'));
    expect(occurrences(files, /\b(spans?|traces?|services?)\b/i)).toEqual([]);
  });
});

describe('files', () => {
  test('keep to the size limit, and exceptions only shrink', () => {
    const long = [...SOURCES]
      .map(([file, text]) => ({ file, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > LINE_LIMIT);
    expect(Object.fromEntries(long.map(({ file, lines }) => [file, lines]))).toEqual(LONG_FILES);
  });

  test('have names that tell what they are', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(worker|test|spec|config|d))?\.(ts|tsx|mjs|mts)$/;
    const component = /^[A-Z][A-Za-z0-9]*(\.test)?\.tsx$/;
    const odd = [...SOURCES.keys()].filter((file) => {
      const name = path.posix.basename(file);
      return name.startsWith('index.') || !(kebab.test(name) || component.test(name));
    });
    expect(odd).toEqual([]);
  });

  test('export by name', () => {
    expect(occurrences(PROGRAM, /^export default|^export \{[^}]*\bas default\b|^export \* from/)).toEqual([]);
  });

  test('do not silence the type checker or the linter', () => {
    const untyped = occurrences(PROGRAM, /\bas any\b|: any\b|<any>/);
    const directive = /@ts-(ignore|expect-error|nocheck)|(oxlint|eslint)-disable/;
    const silenced = [...untyped, ...PROGRAM.filter((file) => directive.test(SOURCES.get(file) ?? ''))];
    expect(silenced.length, silenced.join('\n')).toBe(SUPPRESSIONS);
  });
});

describe('trust', () => {
  test('nothing in the program can send', () => {
    const sending =
      /(?<![.#\w])(fetch|importScripts)\(|\b(self|window|globalThis)\.fetch\b|\b(XMLHttpRequest|WebSocket|EventSource|WebTransport|RTCPeerConnection|sendBeacon)\b/;
    const guard = (file: string): boolean => file.endsWith('/no-network.ts');
    expect(
      occurrences(
        PROGRAM.filter((file) => !guard(file)),
        sending,
      ),
    ).toEqual([]);
  });

  test('no data becomes HTML or code', () => {
    const unsafe =
      /\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc)\b|\bnew Function\b|\beval\(/;
    expect(occurrences(PROGRAM, unsafe)).toEqual([]);
  });

  test('there is no WebAssembly', () => {
    expect(occurrences(PROGRAM, /\bWebAssembly\b|\.wasm\b/)).toEqual([]);
  });

  test('no component has a style attribute in its template, which the content policy would block', () => {
    expect(
      occurrences(
        PROGRAM.filter((file) => file.endsWith('.tsx')),
        /\bstyle="/,
      ),
    ).toEqual([]);
  });
});

test('components do not take their props apart, which would freeze them', () => {
  const components = PROGRAM.filter((file) => file.endsWith('.tsx'));
  const apart =
    /^(export )?function [A-Z]\w*\(\s*\{|^\s*(export )?const [A-Z]\w* = \(\s*\{|const \{[^}]*\} = props;/;
  expect(occurrences(components, apart)).toEqual([]);
});
