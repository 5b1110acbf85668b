/** A service that only the attributes of its spans name, because their resource does not (docs/semantics.md §2). */
import { expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { Span } from '../../src/model/span.ts';
import { listServices } from '../../src/query/services.ts';
import { services } from '../reference/backtrace.ts';
import { assemble } from '../reference/requests.ts';
import { spanData } from '../support/span-data.ts';
import { trace } from '../support/trace-text.ts';

test('spans of one nameless resource are of the services that they name', () => {
  const spans = trace(`
    ?  GET /  server  service.name=web
      ?  GET /cart  client  service.name=web
        ?  GET /cart  server  service.name=cart`).map(withoutName);
  expect(servicesOf(spans)).toEqual([
    ['cart', 'web'],
    ['cart', 'web'],
  ]);
});

test('the name of the resource goes first, and none at all is an unknown service', () => {
  const [named, ...nameless] = trace(`
    web  GET /  server  service.name=other
      ?  GET /cart  server`);
  expect(servicesOf([named, ...nameless.map(withoutName)])).toEqual([
    ['unknown_service', 'web'],
    ['unknown_service', 'web'],
  ]);
});

function withoutName(span: Span): Span {
  return { ...span, resource: { attributes: new Map() } };
}

/** As the engine, and as the reference has it. */
function servicesOf(spans: readonly Span[]): string[][] {
  return [listServices(spanData(spans).table, EVERYTHING).services, services(assemble(spans))].map((rows) =>
    rows.map(({ service }) => service.name).toSorted(),
  );
}
