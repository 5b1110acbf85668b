/**
 * Other people's files: the fast readers and the engine against the naive readers and the naive
 * reading of SEMANTICS.md, figure by figure, for every service. Skipped where the files are absent.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import type { BacktraceNode } from '../../src/model/answers.ts';
import { backtrace } from '../../src/query/backtrace.ts';
import { countedTable } from '../../src/query/extrapolation.ts';
import { listServices } from '../../src/query/services.ts';
import * as reference from '../reference/backtrace.ts';
import { readJaeger } from '../reference/read-jaeger.ts';
import { readOtlp } from '../reference/read-otlp.ts';
import { readZipkin } from '../reference/read-zipkin.ts';
import { assemble } from '../reference/requests.ts';
import { readFiles } from '../support/read-file.ts';
import { hasSharedData, SHARED_DATA } from '../support/shared-data.ts';

const OTLP = [/^otlp\/.*\.jsonl?$/, /^jaeger\/kiali\//, /^rum\/.*\.json$/];
const JAEGER = [
  /perses-plugins\/.*_jaeger\.json$/,
  /^jaeger\/(jaeger-ui|quickwit)\//,
  /^research\/deathstarbench\//,
  /^research\/traceweaver-hotel\/.*[17]\.json$/,
  /^vendors\/uber-crisp\//,
];
const ZIPKIN = /^zipkin\/.*\.json$/;
/** Of another format than their neighbours. */
const OTHERS = ['traces_basic_expected', '2_traces'];

const FILES = hasSharedData ? readdirSync(SHARED_DATA, { recursive: true, encoding: 'utf8' }).sort() : [];
const CASES = FILES.filter((path) => !OTHERS.some((name) => path.includes(name))).flatMap((path) => {
  if (JAEGER.some((pattern) => pattern.test(path))) return [{ path, read: readJaeger }];
  if (ZIPKIN.test(path)) return [{ path, read: readZipkin }];
  return OTLP.some((pattern) => pattern.test(path)) ? [{ path, read: readOtlp }] : [];
});

function rounded(node: BacktraceNode): BacktraceNode {
  return {
    ...node,
    responseTime: { ...node.responseTime, average: Number(node.responseTime.average.toPrecision(9)) },
    callers: node.callers.map(rounded),
  };
}

test.skipIf(!hasSharedData)('there are real files to compare', () => {
  expect(CASES.length).toBeGreaterThan(20);
});

test.skipIf(!hasSharedData).each(CASES)(
  '$path: every figure as the naive reading has it',
  async ({ path, read }) => {
    const bytes = readFileSync(`${SHARED_DATA}${path}`);
    const ours = await readFiles([new File([bytes], basename(path))]);
    const data = assemble(read(bytes.toString('utf8')).spans);
    expect(ours.counts).toMatchObject({ ...data.counts });
    const requests = countedTable(ours.requests);
    const { services } = listServices(requests, reference.NO_FILTER);
    expect(services.map(({ service }) => service)).toEqual(
      reference.services(data).map(({ service }) => service),
    );
    for (const { service } of services) {
      const target = { service, endpoint: null, instance: null };
      const answer = backtrace(requests, target, reference.NO_FILTER);
      const expected = reference.backtrace(data, target);
      expect({ ...answer, root: rounded(answer.root) }).toEqual({
        ...expected,
        root: rounded(expected.root),
      });
    }
  },
);
