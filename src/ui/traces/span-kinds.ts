import type { SpanKind } from '../../model/span.ts';

export const SPAN_KINDS: Readonly<Record<SpanKind, string>> = {
  0: 'not given',
  1: 'internal',
  2: 'server',
  3: 'client',
  4: 'producer',
  5: 'consumer',
};
