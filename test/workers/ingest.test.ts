import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Segment } from '../../src/columns/segment.ts';
import { encodeText } from '../../src/util/bytes.ts';
import { Ingest } from '../../workers/ingest.ts';
import type { PartReceiver } from '../../workers/thread-api.ts';

function lineWith(name: string): string {
  const span = {
    traceId: '0'.repeat(31) + '1',
    spanId: '0'.repeat(15) + '1',
    name,
    startTimeUnixNano: '5',
    endTimeUnixNano: '6',
  };
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span, span] }] }] });
}

const ingest = new Ingest();

class Received implements PartReceiver {
  readonly segments: Segment[] = [];
  bytes = 0;
  spans = 0;

  segment(segment: Segment): Promise<void> {
    this.segments.push(segment);
    return Promise.resolve();
  }

  progress(bytes: number, spans: number): void {
    this.bytes += bytes;
    this.spans += spans;
  }
}

test('a file is planned and its part read, with all its bytes and spans told', async () => {
  const file = new File([[lineWith('a'), lineWith('b'), '{"resourceSpans":['].join('\n')], 'spans.json');
  const [planned] = await ingest.plan(file);
  expect(planned).toMatchObject({ format: 'OTLP/JSON', refusal: null, parts: 1 });
  const received = new Received();
  const { notes } = await ingest.read({ planned, part: 0 }, received);
  expect(received.segments.map((segment) => segment.spanCount)).toEqual([4]);
  expect(received).toMatchObject({ bytes: file.size, spans: 4 });
  expect(notes).toHaveLength(1);
});

test('each file in an archive is planned and read by itself', async () => {
  const bytes = zipSync({
    'a.json': encodeText(lineWith('a')),
    'readme.txt': encodeText('Dear reader'),
    'b.json': encodeText(lineWith('b')),
  });
  const planned = await ingest.plan(new File([new Uint8Array(bytes)], 'traces.zip'));
  expect(planned).toMatchObject([
    { name: 'traces.zip/a.json', format: 'OTLP/JSON', containers: ['zip'] },
    { name: 'traces.zip/readme.txt', format: null },
    { name: 'traces.zip/b.json', format: 'OTLP/JSON' },
  ]);
  const received = new Received();
  await ingest.read({ planned: planned[2], part: 0 }, received);
  expect(received).toMatchObject({ spans: 2, bytes: planned[2].sizeBytes });
});

test('a file that is no trace is refused with the reason', async () => {
  const [planned] = await ingest.plan(new File(['Dear diary'], 'diary.txt'));
  expect(planned).toMatchObject({ format: null, parts: 0 });
  expect(planned.refusal).not.toBeNull();
});

test('a segment that is not taken fails the reading', async () => {
  const [planned] = await ingest.plan(new File([lineWith('a')], 'spans.json'));
  const receiver = {
    segment: () => Promise.reject(new Error('the disk is gone')),
    progress: () => undefined,
  };
  await expect(ingest.read({ planned, part: 0 }, receiver)).rejects.toThrow('the disk is gone');
});

test('a part leaves nothing in those that are read after it', async () => {
  const open = '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":';
  const cut = `${open}{"stringValue":"cut"}}]},"scopeSpans":[{"scope":{"name":"cut"},"spans":[`;
  const read = async (by: Ingest, text: string): Promise<readonly Segment[]> => {
    const [planned] = await by.plan(new File([text], 'spans.json'));
    const received = new Received();
    await by.read({ planned, part: 0 }, received);
    return received.segments;
  };
  const used = new Ingest();
  await read(used, lineWith('before'));
  await read(used, cut + lineWith('before').slice(lineWith('before').indexOf('{"traceId')));
  expect(await read(used, lineWith('after'))).toEqual(await read(new Ingest(), lineWith('after')));
});

test('cancelling ends the reading in the middle, and the next part is read as ever', async () => {
  const lines = Array.from({ length: 40_000 }, (_, i) => lineWith(`name ${i}`));
  const [planned] = await ingest.plan(new File([lines.join('\n')], 'spans.json'));
  const received = new Received();
  let cancelled = false;
  const receiver: PartReceiver = {
    segment: (segment) => received.segment(segment),
    progress: (bytes, spans) => {
      received.progress(bytes, spans);
      cancelled = true;
      void ingest.cancel();
    },
  };
  await expect(ingest.read({ planned, part: 0 }, receiver)).rejects.toMatchObject({ name: 'AbortError' });
  expect(cancelled).toBe(true);
  expect(received.bytes).toBeLessThan(planned.file.size);
  const whole = new Received();
  await ingest.read({ planned, part: 0 }, whole);
  expect(whole.spans).toBe(80_000);
});

test('a cancel message is heard while a part is being read', async () => {
  const lines = Array.from({ length: 40_000 }, (_, i) => lineWith(`name ${i}`));
  const [planned] = await ingest.plan(new File([lines.join('\n')], 'spans.json'));
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => void ingest.cancel();
  port2.postMessage('cancel');
  await expect(ingest.read({ planned, part: 0 }, new Received())).rejects.toMatchObject({
    name: 'AbortError',
  });
  port1.close();
});

test('cancelling where nothing is read does nothing', async () => {
  await ingest.cancel();
  const [planned] = await ingest.plan(new File([lineWith('a')], 'spans.json'));
  const received = new Received();
  await ingest.read({ planned, part: 0 }, received);
  expect(received.spans).toBe(2);
});

test('the demo is a file of traces', async () => {
  const [file] = await ingest.demo();
  expect(file.name).toBe('headwater-demo.jsonl');
  expect(await ingest.plan(file)).toMatchObject([{ format: 'OTLP/JSON', refusal: null }]);
});
