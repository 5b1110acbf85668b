import path from 'node:path';

export interface Import {
  /** File from the project's root ('src/model/span.ts'), or the name of a package. */
  readonly target: string;
  readonly isPackage: boolean;
  /** Nothing of it is left when types are stripped. */
  readonly typeOnly: boolean;
}

const STATEMENT = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;
const WORKER = /new URL\(\s*'([^']+)',\s*import\.meta\.url\s*\)/g;

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function toImport(file: string, specifier: string, typeOnly: boolean): Import {
  const isPackage = !specifier.startsWith('.');
  const bare = specifier.replace(/\?.*$/, '');
  const target = isPackage ? packageName(bare) : path.posix.join(path.posix.dirname(file), bare);
  return { target, isPackage, typeOnly };
}

/** What a source file imports, re-exports, imports later, or starts as a worker. */
export function findImports(file: string, source: string): Import[] {
  return [
    ...[...source.matchAll(STATEMENT)].map((match) => toImport(file, match[2], match[1] !== undefined)),
    ...[...source.matchAll(DYNAMIC)].map((match) => toImport(file, match[1], false)),
    ...[...source.matchAll(WORKER)].map((match) => toImport(file, match[1], false)),
  ];
}
