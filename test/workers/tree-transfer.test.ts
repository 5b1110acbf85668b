import '../../workers/tree-transfer.ts';
import { expose, wrap } from 'comlink';
import { afterEach, expect, test } from 'vitest';

interface Node {
  readonly name: string;
  readonly callers: readonly Node[];
}

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

/** What comes out at the other end of a real message channel. */
async function acrossTheBorder<T>(message: T): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  expose({ ask: () => message }, port1);
  return wrap<{ ask(): T }>(port2).ask();
}

test('a tree keeps its shape and the order of siblings', async () => {
  const leaf = (name: string): Node => ({ name, callers: [] });
  const root = { name: 'root', callers: [{ name: 'a', callers: [leaf('a1'), leaf('a2')] }, leaf('b')] };
  const answer = { ok: true, value: { found: true, root, unfiltered: 3 } };
  expect(await acrossTheBorder(answer)).toEqual(answer);
});

test('a chain of 20,000 callers gets across', async () => {
  let root: Node = { name: 'end', callers: [] };
  for (let depth = 1; depth < 20_000; depth++) root = { name: `${depth}`, callers: [root] };
  let received = ((await acrossTheBorder({ ok: true, value: { root } })) as { value: { root: Node } }).value
    .root;
  let steps = 1;
  for (; received.callers.length > 0; received = received.callers[0]) steps++;
  expect([steps, received.name]).toEqual([20_000, 'end']);
});

test('answers without a tree and errors cross as they are', async () => {
  const failure = { ok: false, error: { code: 'not-found', message: 'No dataset is open.' } };
  expect(await acrossTheBorder(failure)).toEqual(failure);
  expect(await acrossTheBorder({ ok: true, value: { services: [] } })).toEqual({
    ok: true,
    value: { services: [] },
  });
});
