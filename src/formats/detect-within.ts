/** Finds a format within JSON that is none as a whole: in the answer of an API, in what a script has put around it. */
import { detect, type Detection } from './detect.ts';
import { openHead, pathsIn } from './envelope.ts';
import { GENERIC_TABLE_ID } from './table-mapping.ts';
import type { Head, TraceFormat } from './trace-format.ts';

/** More places are not looked at. */
const MOST_PLACES = 40;

export interface FoundWithin {
  readonly detection: Detection & { readonly format: TraceFormat };
  /** All places that hold documents of the format, none within another. */
  readonly paths: readonly string[];
  /** What stands there, of the head. */
  readonly bytes: Uint8Array;
}

/** `found`: what the whole is. A table of spans gives way to a format that knows more; null: nothing better. */
export function detectWithin(head: Omit<Head, 'outline'>, found: Detection): FoundWithin | null {
  if (found.format !== null && found.format.id !== GENERIC_TABLE_ID) return null;
  const first = head.bytes.find((c) => c > 0x20);
  if (first !== 0x7b && first !== 0x5b) return null;
  const places = pathsIn(head.bytes)
    .slice(0, MOST_PLACES)
    .map((path) => ({ path, format: detect({ ...head, bytes: openHead(head.bytes, [path]) }).format }));
  const named = places.find(({ format }) => format !== null && format.id !== GENERIC_TABLE_ID);
  const chosen = named ?? (found.format === null ? places.find(({ format }) => format !== null) : undefined);
  const format = chosen?.format;
  if (!format) return null;
  const paths: string[] = [];
  for (const place of places) {
    if (place.format === format && !paths.some((path) => isBelow(place.path, path))) paths.push(place.path);
  }
  return { detection: { format, refusal: null }, paths, bytes: openHead(head.bytes, paths) };
}

function isBelow(path: string, above: string): boolean {
  return path.startsWith(`${above}.`) || path.startsWith(`${above}[]`);
}
