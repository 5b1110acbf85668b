/** Finds a format within JSON that is none as a whole: in the answer of an API, in what a script has put around it. */
import { detect, type Detection } from './detect.ts';
import { openHead, placesIn } from './envelope.ts';
import { GENERIC_TABLE_ID } from './table-mapping.ts';
import type { Head, TraceFormat } from './trace-format.ts';

/** More places are not looked at. */
const MOST_PLACES = 40;

/** A text within a text within a text: more are not opened. */
const DEEPEST = 2;

export interface FoundWithin {
  readonly detection: Detection & { readonly format: TraceFormat };
  /** Outermost first: all places that hold documents of the format, or texts that do; none within another. */
  readonly envelopes: readonly (readonly string[])[];
  /** What stands there, of the head. */
  readonly bytes: Uint8Array;
}

/** `found`: what the whole is. A table of spans gives way to a format that knows more; null: nothing better. */
export function detectWithin(head: Omit<Head, 'outline'>, found: Detection, depth = 0): FoundWithin | null {
  if (found.format !== null && found.format.id !== GENERIC_TABLE_ID) return null;
  const first = head.bytes.find((c) => c > 0x20);
  if (first !== 0x7b && first !== 0x5b) return null;
  const places = placesIn(head.bytes)
    .slice(0, MOST_PLACES)
    .map(({ path, isText }) => {
      const inner = { ...head, bytes: openHead(head.bytes, [path]) };
      return { path, isText, inner, detected: detect(inner) };
    });
  const named = places.find(({ detected: { format } }) => format !== null && format.id !== GENERIC_TABLE_ID);
  const chosen =
    named ?? (found.format === null ? places.find(({ detected }) => detected.format) : undefined);
  const format = chosen?.detected.format;
  if (!format) {
    if (depth === DEEPEST) return null;
    for (const { path, isText, inner, detected } of places) {
      const within = isText ? detectWithin(inner, detected, depth + 1) : null;
      if (within) return { ...within, envelopes: [[path], ...within.envelopes] };
    }
    return null;
  }
  const paths: string[] = [];
  for (const { path, detected } of places) {
    if (detected.format === format && !paths.some((above) => isBelow(path, above))) paths.push(path);
  }
  const bytes = openHead(head.bytes, paths);
  return { detection: { format, refusal: null }, envelopes: [paths], bytes };
}

function isBelow(path: string, above: string): boolean {
  return path.startsWith(`${above}.`) || path.startsWith(`${above}[]`);
}
