/** Real files that are tables, or records of tools that export them: as many spans as their collection says. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readWithListSink } from '../support/read-bytes.ts';

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url));

describe.skipIf(!existsSync(DATA))('real files', () => {
  test.each([
    ['azure/otel-contrib/app-dependencies.json', 'azure-application-insights', 3, 2],
    ['azure/otel-contrib/app-requests.json', 'azure-application-insights', 1, 1],
    ['sentry/spotlight/envelope_python.txt', 'sentry', 75, 1],
    ['sentry/spotlight/envelope_astro_ssr_browser.txt', 'sentry', 46, 1],
    ['sentry/spotlight/envelope_astro_ssr_node.txt', 'sentry', 1, 1],
    ['research/nezha/2022-08-23_12_02_trace.csv', 'generic-table', 17_184, 10],
    ['research/nezha/2023-01-29_08_43_trace.csv', 'generic-table', 4445, null],
    ['research/nezha/2023-01-29_08_44_trace.csv', 'generic-table', 4907, null],
  ])('%s', async (name, formatId, spanCount, serviceCount) => {
    const { plan, spans, notes } = await readWithListSink(readFileSync(path.join(DATA, name)));
    expect(plan.formatId).toBe(formatId);
    expect(notes).toEqual([]);
    expect(spans).toHaveLength(spanCount);
    const services = new Set(spans.map(({ resource }) => resource.attributes.get('service.name')?.value));
    expect(services.has(undefined)).toBe(false);
    if (serviceCount !== null) expect(services.size).toBe(serviceCount);
    expect(
      spans.every(({ startUnixNano, durationNs }) => startUnixNano !== null && durationNs !== null),
    ).toBe(true);
  });
});
