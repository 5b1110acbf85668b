/** What the page says about the demo, figure by figure against the naive reading of SEMANTICS.md. */
import { demoFiles } from '../../src/demo/generate-demo.ts';
import { EVERYTHING, throughChain } from '../../src/model/answers.ts';
import type { ChainPath, Filter } from '../../src/model/answers.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { writeChain } from '../../src/link/chain-text.ts';
import { writeInstant } from '../../src/link/instant-text.ts';
import { backtrace, services } from '../reference/backtrace.ts';
import { exportBacktrace, type ExportedNode } from '../reference/export.ts';
import { readOtlp } from '../reference/read-otlp.ts';
import { assemble } from '../reference/requests.ts';
import { linkTo } from '../../src/link/resolve.ts';
import { backtraceJson } from './actions.ts';
import { expect, test, type Page } from './app-page.ts';

const [demo] = demoFiles();
const data = assemble(readOtlp([...demo.lines].join('\n')).spans);
const ROWS = services(data);
/** Enough for every kind of chain, and few enough for a small machine. */
const COMPARISONS = 24;

/** Averages are sums of many numbers, in another order. */
function rounded(node: ExportedNode): ExportedNode {
  const average = Number(node.responseTime.average.toPrecision(9));
  return { ...node, responseTime: { ...node.responseTime, average }, callers: node.callers.map(rounded) };
}

function expected(service: ServiceRef, filter: Filter): ExportedNode {
  const target = { service, endpoint: null, instance: null };
  return rounded(exportBacktrace(backtrace(data, target, filter).root));
}

async function shown(page: Page, service: ServiceRef, filter: Filter): Promise<ExportedNode> {
  const { type } = linkTo(service);
  const { from, to } = filter.timeframe;
  const parts = [
    ...(type === null ? [] : [`type=${type.replaceAll(' ', '-')}`]),
    ...(from === null ? [] : [`from=${encodeURIComponent(writeInstant(from))}`]),
    ...(to === null ? [] : [`to=${encodeURIComponent(writeInstant(to))}`]),
    ...filter.chains.map(({ path }) => `chain=${encodeURIComponent(writeChain(path))}`),
  ];
  const json = await backtraceJson(page, service.name, parts.map((part) => `&${part}`).join(''));
  return rounded(JSON.parse(json));
}

test('the backtrace of every service of the demo is as the naive reading has it', async ({
  page,
  openApp,
}) => {
  await openApp('#/demo');
  expect(ROWS.length).toBeGreaterThanOrEqual(20);
  for (const { service } of ROWS)
    expect(await shown(page, service, EVERYTHING), `${service.type} ${service.name}`).toEqual(
      expected(service, EVERYTHING),
    );
});

test('so it is within a timeframe and through a chain', async ({ page, openApp }) => {
  await openApp('#/demo');
  const starts = data.requests.flatMap(({ startUnixNano }) =>
    startUnixNano === null ? [] : [startUnixNano],
  );
  const first = starts.reduce((a, b) => (b < a ? b : a));
  const last = starts.reduce((a, b) => (b > a ? b : a));
  const timeframe = { from: first + (last - first) / 4n, to: first + (last - first) / 2n };
  let compared = 0;
  for (const { service } of ROWS) {
    const chain = busiestChain(expected(service, EVERYTHING));
    if (chain.length < 3 || compared >= COMPARISONS) continue;
    for (const filter of [
      { ...EVERYTHING, timeframe },
      { ...EVERYTHING, chains: [throughChain(chain)] },
      { ...EVERYTHING, timeframe, chains: [throughChain(chain.slice(0, 2))] },
    ]) {
      const figures = expected(service, filter);
      if (figures.calls === 0) continue;
      expect(await shown(page, service, filter), `${service.name} ${JSON.stringify(filter.chains)}`).toEqual(
        figures,
      );
      compared++;
    }
  }
  expect(compared).toBeGreaterThanOrEqual(COMPARISONS);
});

test('the table of services counts what the naive reading counts', async ({ page, openApp }) => {
  await openApp('#/demo');
  const rows = page.getByRole('table', { name: 'Services' }).getByRole('row');
  await expect(rows).toHaveCount(ROWS.length + 1);
  for (const { service, requests, failedRequests } of ROWS) {
    const name = page.getByRole('link', { name: `${service.name} (${service.type})`, exact: true });
    const cells = await rows.filter({ has: name }).getByRole('cell').allInnerTexts();
    const counts = cells.map((text) => text.trim());
    expect(counts, service.name).toEqual(
      expect.arrayContaining([requests.toLocaleString('en-US'), failedRequests.toLocaleString('en-US')]),
    );
  }
});

function busiestChain(root: ExportedNode): ChainPath {
  const chain: ServiceRef[] = [];
  for (let node: ExportedNode | undefined = root; node !== undefined; node = node.callers[0])
    chain.push({ name: node.service, type: node.type });
  return chain.slice(0, 3);
}
