/** Spans printed as text (text-records.ts and its formats): what stands around them, and where they break off. */
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../src/util/bytes.ts';
import { readWithListSink } from '../support/read-bytes.ts';

const block = (spanId: string, ...more: string[]): string =>
  [
    'Activity.TraceId:            00000000000000000000000000000aaa',
    `Activity.SpanId:             ${spanId}`,
    'Activity.DisplayName:        GET /',
    'Activity.Kind:               Server',
    'Activity.StartTime:          2024-05-01T12:51:30.0500000Z',
    'Activity.Duration:           00:00:00.3000000',
    ...more,
    '',
  ].join('\n');
const RESOURCE = ['Resource associated with Activity:', '    service.name: cart'];
const FIRST = block('0000000000000a01', ...RESOURCE);
const SECOND = block('0000000000000a02', ...RESOURCE);

const read = async (text: string) => {
  const { spans, notes } = await readWithListSink(encodeText(text));
  return {
    spans: spans.map(({ spanId }) => spanId.slice(-3)),
    notes: notes.map(({ code, effect, count, line }) => `${code} ${effect} ${count} ${line}`),
  };
};

describe('blocks of lines', () => {
  test('what a program prints between them is counted, with the first of its lines', async () => {
    expect(await read(`${FIRST}\nGET / 200\r\n\nGET / 500\n${SECOND}\n`)).toEqual({
      spans: ['a01', 'a02'],
      notes: ['not-a-span skipped 2 10'],
    });
  });

  test('Windows’ line breaks and colours are none of their content', async () => {
    const text = `\u001b[32m${FIRST}\n`.replaceAll('\n', '\u001b[0m\r\n');
    expect(await read(text)).toEqual({ spans: ['a01'], notes: [] });
  });

  test('one that breaks off before the next is rejected', async () => {
    expect(await read(`${block('0000000000000a01')}\n${SECOND}\n`)).toEqual({
      spans: ['a02'],
      notes: ['truncated rejected 1 1'],
    });
  });

  test('the last one is kept where its last line may be cut off, and rejected where more is missing', async () => {
    expect(await read(`${FIRST}\n${SECOND.trimEnd()}`)).toEqual({
      spans: ['a01', 'a02'],
      notes: ['truncated kept 1 10'],
    });
    expect(await read(`${FIRST}\n${SECOND.slice(0, 200)}`)).toEqual({
      spans: ['a01'],
      notes: ['truncated rejected 1 10'],
    });
  });

  test('behind a log’s own framing they are the same', async () => {
    const lines = `${FIRST}\n${SECOND}\n`.split('\n').slice(0, -1);
    const cri = lines.map((line) => `2024-05-01T12:51:30.1Z stdout F ${line}\n`).join('');
    expect(await read(cri)).toEqual({ spans: ['a01', 'a02'], notes: [] });
    const docker = lines
      .map((line) => `${JSON.stringify({ log: `${line}\n`, stream: 'stdout' })}\n`)
      .join('');
    expect(await read(docker)).toEqual({ spans: ['a01', 'a02'], notes: [] });
  });

  test.each([
    ['docker compose', (name: string) => `${name.padEnd(8)} | `],
    ['kubectl --prefix', (name: string) => `[pod/${name}-7d9f/app] `],
  ])('of several programs whose lines %s mixes are told apart', async (_tool, prefix) => {
    const left = FIRST.split('\n');
    const right = SECOND.split('\n');
    const mixed = left.flatMap((line, i) => [`${prefix('web-1')}${line}`, `${prefix('cart-1')}${right[i]}`]);
    expect(await read(`${mixed.join('\n')}\n`)).toEqual({ spans: ['a01', 'a02'], notes: [] });
  });
});
