/**
 * Imported first by every worker, nested ones too: takes away its means to send (DESIGN.md §6).
 * The page's content policy does not reach a worker: one that is loaded from a URL has the policy of its
 * own response, and a static host sends none.
 */
const SENDERS = [
  'fetch',
  'fetchLater',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'WebTransport',
  'RTCPeerConnection',
  'importScripts',
  'caches',
];

for (const name of SENDERS) Reflect.defineProperty(globalThis, name, { value: undefined });
