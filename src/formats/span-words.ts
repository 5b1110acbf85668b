/** Names and numbers of span kinds and status codes, of every writer (FORMATS.md §0.5). */
import { memo } from '../util/memo.ts';
import type { SpanKind, StatusCode } from '../model/span.ts';

const KINDS: ReadonlyMap<string, SpanKind> = new Map<string, SpanKind>([
  ['', 0],
  ['UNSPECIFIED', 0],
  ['INTERNAL', 1],
  ['SERVER', 2],
  ['CLIENT', 3],
  ['PRODUCER', 4],
  ['CONSUMER', 5],
]);

/** A name in any spelling (`SPAN_KIND_SERVER`, `SpanKind.SERVER`, `server`) or an OTLP number; null: unknown. */
export const parseKind = memo((text): SpanKind | null => {
  if (/^[0-5]$/.test(text)) return Number(text) as SpanKind;
  const word = text.toUpperCase().replace(/^(SPAN_KIND_|SPANKIND[._]|RPC_)/, '');
  return KINDS.get(word) ?? null;
});

/** A name in any spelling or an OTLP number; before OTLP 0.9 codes above 2 were gRPC's errors. null: unknown. */
export const parseStatus = memo((text): StatusCode | null => {
  if (/^\d+$/.test(text)) return Number(text) > 2 ? 2 : (Number(text) as StatusCode);
  const word = text.toUpperCase().replace(/^STATUS_CODE_/, '');
  if (word === 'ERROR') return 2;
  if (word === 'OK') return 1;
  return word === 'UNSET' || word === '' ? 0 : null;
});
