import { expect, test } from 'vitest';
import type { Span } from '../../src/model/span.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { trace } from '../support/trace-text.ts';

/** More than a call takes as arguments. */
const MANY = 150_000;

test('a call with any number of spans nested in it is one call', () => {
  const [opening, call, inner] = trace(
    'shop  work  server\n  shop  GET  client  server.address=api\n    shop  step  internal',
  );
  const nested = Array.from({ length: MANY }, (_, i): Span => ({
    ...inner,
    spanId: (i + 1000).toString(16).padStart(16, '0'),
  }));
  const { requests, counts } = assembleSpans([opening, call, ...nested], MANY);
  expect(counts.spans).toBe(MANY + 2);
  expect(requests.count).toBe(2);
  expect(requests.services.map(({ name }) => name)).toEqual(['shop', 'api']);
});
