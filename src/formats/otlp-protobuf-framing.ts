/** What the messages at the head of a file of OTLP hold, and how they follow each other. */
import { type Signal, signalsIn } from './otlp-protobuf-signal.ts';
import { findMessages, type Framing } from './protobuf-framing.ts';

export interface RecognisedMessages {
  readonly framing: Framing;
  readonly signals: ReadonlySet<Signal>;
}

/** Of the head of a file; null: not OTLP in protobuf. */
export function recogniseMessages(head: Uint8Array): RecognisedMessages | null {
  const found = findMessages(head, (from, to) => signalsIn(head, from, to));
  if (!found) return null;
  return { framing: found.framing, signals: new Set(found.messages.flatMap((signals) => [...signals])) };
}
