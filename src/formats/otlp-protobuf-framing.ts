/** How messages of OTLP follow each other in a file (FORMATS.md §1.3). */
import { type Signal, signalsIn } from './otlp-protobuf-signal.ts';

/**
 * 'bare': one message, or several that make one (with line breaks between them, or none).
 * 'fixed': each after its length in 4 bytes, big-endian (the collector's file exporter).
 * 'varint': each after its length as a varint.
 */
export type Framing = 'bare' | 'fixed' | 'varint';

export interface RecognisedMessages {
  readonly framing: Framing;
  readonly signals: ReadonlySet<Signal>;
}

/** Messages looked at. */
const ENOUGH = 20;

/** Of the head of a file; null: not OTLP in protobuf. */
export function recogniseMessages(head: Uint8Array): RecognisedMessages | null {
  if (head.length < 4) return null;
  if (head[0] === 0x0a) {
    const signals = signalsIn(head, 0, Number.MAX_SAFE_INTEGER);
    if (signals) return { framing: 'bare', signals };
  }
  for (const framing of ['fixed', 'varint'] as const) {
    const signals = signalsInFrames(head, framing);
    if (signals) return { framing, signals };
  }
  return null;
}

function signalsInFrames(head: Uint8Array, framing: 'fixed' | 'varint'): ReadonlySet<Signal> | null {
  const signals = new Set<Signal>();
  let at = 0;
  for (let i = 0; i < ENOUGH && at + 5 < head.length; i++) {
    const frame = framing === 'fixed' ? readFixedAt(head, at) : readVarintAt(head, at);
    if (!frame) break;
    const found = signalsIn(head, frame.from, frame.to);
    if (!found && i === 0) return null;
    for (const signal of found ?? []) signals.add(signal);
    at = frame.to;
  }
  return signals.size > 0 ? signals : null;
}

function readFixedAt(bytes: Uint8Array, at: number): { from: number; to: number } | null {
  if (at + 4 >= bytes.length) return null;
  const length = bytes[at] * 0x100_0000 + ((bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]);
  return { from: at + 4, to: at + 4 + length };
}

function readVarintAt(bytes: Uint8Array, at: number): { from: number; to: number } | null {
  let length = 0;
  for (let i = 0; i < 5 && at + i < bytes.length; i++) {
    length += (bytes[at + i] & 0x7f) * 2 ** (7 * i);
    if (bytes[at + i] < 0x80) return { from: at + i + 1, to: at + i + 1 + length };
  }
  return null;
}
