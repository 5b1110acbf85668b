/** What the import dialog says of a file, and that it is read as people say. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { describeCut } from '../../src/formats/file-finding.ts';
import { planContents } from '../../src/formats/plan-file.ts';
import { readPart } from '../../src/formats/read-part.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import type { ImportOptions } from '../../src/model/import-choice.ts';
import { AS_FOUND } from '../../src/model/import-choice.ts';
import { Notes } from '../../src/model/import-note.ts';
import { ListSink } from '../support/list-sink.ts';
import { readFiles } from '../support/read-file.ts';

const SAMPLES = fileURLToPath(new URL('../samples/', import.meta.url));

function sample(path: string): File {
  return new File([readFileSync(SAMPLES + path)], path.slice(path.lastIndexOf('/') + 1));
}

async function planOf(file: File, options: ImportOptions = AS_FOUND) {
  const [{ plan }] = await planContents(file, file.name, { options });
  return plan;
}

describe('evidence', () => {
  test.each(FORMATS.map(({ id }) => id))('%s: a sentence says why', async (id) => {
    const name = readdirSync(SAMPLES + id).find((file) => !file.endsWith('.expected.txt')) ?? '';
    const { finding } = await planOf(sample(`${id}/${name}`));
    expect(finding).toMatchObject({ formatId: id, byHand: false });
    expect(finding?.evidence).toMatch(
      /^(Its first bytes are|Its first records have the keys? “[^”]+”|It is a table with the columns “[^”]+”|It has lines such as “[^”]+”)/,
    );
  });

  test('quotes a line of text', async () => {
    const evidence = async (path: string) => (await planOf(sample(path))).finding?.evidence;
    expect(await evidence('dotnet-console/odd-values.log')).toBe(
      'It has lines such as “Activity.TraceId: 00000000000000000000000000000aaa”.',
    );
    expect(await evidence('js-console/one-trace.log')).toBe("It has lines such as “id: 'c000000000000003'”.");
    expect(await evidence('js-console/copied.json')).toMatch(/“status\.code”/);
  });

  test('names the keys that decided', async () => {
    const { finding } = await planOf(sample('jaeger-json/one-trace.json'));
    expect(finding?.evidence).toMatch(/“data\.spans/);
    const zipkin = await planOf(sample('zipkin/shared-ids.json'));
    expect(zipkin.finding?.evidence).toMatch(/“id”/);
  });
});

describe('sources that leave things out', () => {
  test('Grafana’s download says that it has no instances', async () => {
    const batch =
      '{"batches":[{"resource":{"attributes":[]},"instrumentationLibrarySpans":[{"spans":[' +
      '{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"a000000000000001","name":"x",' +
      '"startTimeUnixNano":1714567890000000000,"endTimeUnixNano":1714567890500000000}]}]}]}';
    const grafana = await planOf(new File([batch], 'Trace-813fc6.json'));
    expect(grafana.formatId).toBe('otlp-json');
    expect(grafana.finding?.warnings).toEqual([expect.stringMatching(/no instances/)]);
    expect((await planOf(sample('otlp-json/one-trace-tempo.json'))).finding?.warnings).toEqual([]);
  });

  test.each([1000, 10_000])('%d records exactly were probably cut', (records) => {
    expect(describeCut(records)).toMatch(/probably cut/);
    expect(describeCut(records - 1)).toBeNull();
  });
});

describe('what people tell', () => {
  test('a format takes the place of the one recognised', async () => {
    const formats = [{ name: 'one-trace.json', formatId: 'zipkin' }];
    const plan = await planOf(sample('jaeger-json/one-trace.json'), { ...AS_FOUND, formats });
    expect(plan).toMatchObject({ formatId: 'zipkin', format: 'Zipkin JSON', refusal: null });
    expect(plan.finding).toMatchObject({ byHand: true, evidence: 'You chose this format.' });
    const other = await planOf(sample('zipkin-v1/kinds.jsonl'), { ...AS_FOUND, formats });
    expect(other.formatId).toBe('zipkin-v1');
  });

  test('what is no trace can be read by being told what it is', async () => {
    const file = new File(['{"a":1}'], 'a.json');
    expect((await planOf(file)).formatId).toBeNull();
    const formats = [{ name: 'a.json', formatId: 'otlp-json' }];
    expect(await planOf(file, { ...AS_FOUND, formats })).toMatchObject({ refusal: null });
    const unknown = [{ name: 'a.json', formatId: 'no such format' }];
    expect((await planOf(file, { ...AS_FOUND, formats: unknown })).formatId).toBeNull();
  });

  test('the columns of a table are kept for all tables of its shape', async () => {
    const table = (name: string) => new File(['Vorgang,Schritt,Beginn\n1,2,2024-05-01T00:00:00Z\n'], name);
    const { finding, refusal } = await planOf(table('a.csv'));
    expect(refusal).toMatch(/no column of it is recognised as trace id/);
    expect(finding?.table).toMatchObject({
      columns: ['Vorgang', 'Schritt', 'Beginn'],
      rows: [['1', '2', '2024-05-01T00:00:00Z']],
      missing: ['traceId', 'spanId', 'start'],
    });
    const columns = { traceId: 'Vorgang', spanId: 'Schritt', start: 'Beginn' };
    const mappings = [{ shapeKey: finding?.table?.shapeKey ?? '', mapping: { columns, durationUnit: null } }];
    const plan = await planOf(table('b.csv'), { ...AS_FOUND, mappings });
    expect(plan).toMatchObject({ formatId: 'generic-table', refusal: null, mapping: { columns } });
    expect(plan.finding?.table).toMatchObject({ mapping: { columns }, missing: [] });
  });
});

describe('the fields of JSON rows', () => {
  const ROWS = [
    { Vorgang: 't1', Schritt: { Nummer: 's1' }, Beginn: '2024-05-01T00:00:00Z' },
    { Vorgang: 't1', Schritt: { Nummer: 's2', davor: 's1' }, Beginn: '2024-05-01T00:00:01Z', Marken: ['a'] },
  ];
  const columns = {
    traceId: 'Vorgang',
    spanId: 'Schritt.Nummer',
    parentSpanId: 'Schritt.davor',
    start: 'Beginn',
  };

  test.each([
    ['lines', ROWS.map((row) => JSON.stringify(row)).join('\n')],
    ['a list', JSON.stringify(ROWS)],
    ['a list within a document', JSON.stringify({ total: 2, rows: ROWS }, null, 2)],
  ])('are offered and read as people map them: %s', async (_how, text) => {
    const file = new File([text], 'rows.json');
    const { finding, refusal } = await planOf(file);
    expect(refusal).toMatch(/JSON/);
    expect(finding?.table).toMatchObject({
      columns: ['Vorgang', 'Schritt.Nummer', 'Beginn', 'Schritt.davor', 'Marken'],
      missing: ['traceId', 'spanId', 'start'],
    });
    expect(finding?.table?.rows[1]).toEqual(['t1', 's2', '2024-05-01T00:00:01Z', 's1', '["a"]']);
    const mapping = { columns, durationUnit: null };
    const mappings = [{ shapeKey: finding?.table?.shapeKey ?? '', mapping }];
    const plan = await planOf(file, { ...AS_FOUND, mappings });
    expect(plan).toMatchObject({ formatId: 'generic-table', refusal: null });
    const sink = new ListSink();
    await readPart(file, plan, plan.parts[0], sink, new Notes());
    const [first, second] = sink.spans();
    expect(second.parentSpanId).toBe(first.spanId);
  });

  test.each(['har', 'grafana-dashboard', 'speedscope', 'api-error', 'other', 'otlp-metrics'])(
    'are not offered for what is something else: %s',
    async (name) => {
      expect((await planOf(sample(`not-a-trace/${name}.json`))).finding?.table).toBeNull();
    },
  );
});

describe('the columns of Parquet', () => {
  const PARQUET = 'parquet/columns-to-map.parquet';
  const bytes = new Uint8Array(readFileSync(SAMPLES + PARQUET));
  const columns = {
    traceId: 'Vorgang',
    spanId: 'Schritt',
    parentSpanId: 'Vorgänger',
    start: 'Beginn',
    duration: 'Dauer',
    service: 'Dienst',
  };

  test.each([
    ['as it is', bytes],
    ['packed', gzipSync(bytes)],
    ['in an archive', zipSync({ 'spans.parquet': bytes })],
  ])('are offered with the first rows: %s', async (_how, packed) => {
    const { finding, formatId } = await planOf(new File([new Uint8Array(packed)], 'spans'));
    expect(formatId).toBe('parquet');
    expect(finding?.table).toMatchObject({
      columns: ['Vorgang', 'Schritt', 'Vorgänger', 'Beginn', 'Dauer', 'Dienst'],
      missing: ['traceId', 'spanId', 'start'],
    });
    expect(finding?.table?.rows[1]).toEqual(['t1', 's2', 's1', '1714567890100000000', '200', 'api']);
  });

  test('are read as people map them', async () => {
    const file = sample(PARQUET);
    const { finding } = await planOf(file);
    const mapping = { columns, durationUnit: 'ms' as const };
    const mappings = [{ shapeKey: finding?.table?.shapeKey ?? '', mapping }];
    const plan = await planOf(file, { ...AS_FOUND, mappings });
    expect(plan).toMatchObject({ formatId: 'parquet', refusal: null, mapping: { columns } });
    expect(plan.finding?.table).toMatchObject({ mapping: { columns }, missing: [] });
    const sink = new ListSink();
    const notes = new Notes();
    await readPart(file, plan, plan.parts[0], sink, notes);
    expect(notes.list()).toEqual([]);
    const [web, api] = sink.spans();
    expect(api).toMatchObject({ parentSpanId: web.spanId, durationNs: 200_000_000 });
    expect(api.startUnixNano).toBe(1_714_567_890_100_000_000n);
    expect(api.resource.attributes.get('service.name')?.value).toBe('api');
  });

  test('are not offered where their meaning is known, or nothing can be read', async () => {
    for (const name of ['clickhouse-zstd', 'brotli']) {
      expect((await planOf(sample(`parquet/${name}.parquet`))).finding?.table).toBeNull();
    }
    const cut = new File([bytes.subarray(0, 300)], 'cut.parquet');
    expect((await planOf(cut)).finding?.table).toBeNull();
  });
});

test('spans, traces and services are counted by file, in a trace that two files share too', async () => {
  const { files } = await readFiles([
    sample('otlp-json/one-trace-browser-half.json'),
    sample('not-a-trace/har.json'),
    sample('otlp-json/one-trace-server-half.json'),
  ]);
  expect(files).toEqual([
    { spans: 2, traces: 1, services: 1, orphans: 0 },
    { spans: 0, traces: 0, services: 0, orphans: 0 },
    { spans: 2, traces: 1, services: 1, orphans: 0 },
  ]);
});
