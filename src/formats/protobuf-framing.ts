/** How protobuf messages follow each other in a file (FORMATS.md §1.3). */

/**
 * 'bare': one message, or several that make one (with line breaks between them, or none).
 * 'fixed': each after its length in 4 bytes, big-endian (the collector's file exporter).
 * 'varint': each after its length as a varint.
 */
export type Framing = 'bare' | 'fixed' | 'varint';

/** What a message is: bytes [from, to), of which the end may lie beyond what there is. null: not known. */
export type LookAtMessage<T> = (from: number, to: number) => T | null;

export interface FoundMessages<T> {
  readonly framing: Framing;
  readonly messages: readonly T[];
}

/** Messages looked at. */
const ENOUGH = 20;

/** In the head of a file of messages that begin with a field 1 of bytes; null: `look` knows none of them. */
export function findMessages<T>(head: Uint8Array, look: LookAtMessage<T>): FoundMessages<T> | null {
  if (head.length < 4) return null;
  const bare = head[0] === 0x0a ? look(0, Number.MAX_SAFE_INTEGER) : null;
  if (bare !== null) return { framing: 'bare', messages: [bare] };
  for (const framing of ['fixed', 'varint'] as const) {
    const messages = messagesInFrames(head, framing, look);
    if (messages.length > 0) return { framing, messages };
  }
  return null;
}

function messagesInFrames<T>(head: Uint8Array, framing: 'fixed' | 'varint', look: LookAtMessage<T>): T[] {
  const messages: T[] = [];
  let at = 0;
  for (let i = 0; i < ENOUGH && at + 5 < head.length; i++) {
    const frame = framing === 'fixed' ? readFixedAt(head, at) : readVarintAt(head, at);
    if (!frame) break;
    const found = look(frame.from, frame.to);
    if (found === null && i === 0) return [];
    if (found !== null) messages.push(found);
    at = frame.to;
  }
  return messages;
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
