import { expect, test } from 'vitest';
import { decodeView } from '../../src/link/hash.ts';
import { withoutMisfits } from '../../src/link/misfits.ts';

const read = (query: string) => withoutMisfits(decodeView(`#/backtrace?${query}`));

test('a link whose parts fit is left as it is', () => {
  const link = decodeView(
    '#/backtrace?service=orders&chain=orders,nginx&node=orders,nginx&open=orders&from=1&to=2',
  );
  expect(withoutMisfits(link)).toBe(link);
});

test.each(['from=20&to=10', 'from=10&to=10'])('%s is no timeframe: both sides are ignored', (query) => {
  const { view, problems } = read(`service=orders&${query}`);
  expect([view.from, view.to]).toEqual([null, null]);
  expect(problems).toEqual([expect.stringContaining('ends before it starts')]);
});

test('an empty service is none', () => {
  const { view, problems } = read('service=');
  expect(view.service).toBeNull();
  expect(problems).toEqual(['The part “service=” of the link names no service and is ignored.']);
});

test('chains, nodes and open steps that do not start at the service are ignored one by one', () => {
  const { view, problems } = read('service=orders&chain=cart,nginx&chain=orders,nginx&node=cart&open=((');
  expect(view.chains.map(({ path }) => path.map(({ name }) => name))).toEqual([['orders', 'nginx']]);
  expect(view.node).toBeNull();
  expect(view.expanded).toBeNull();
  expect(problems).toEqual(
    ['chain=cart,nginx', 'node=cart', 'open=(('].map(
      (part) => `The part “${part}” of the link does not start at its service and is ignored.`,
    ),
  );
});

test('a chain of another service of the same name does not start at the service', () => {
  expect(read('service=orders&type=database&chain=orders,nginx').view.chains).toEqual([]);
  expect(read('service=orders&type=database&chain=database:orders,nginx').view.chains).toHaveLength(1);
});

test('what was damaged is told first', () => {
  expect(read('service=&from=x').problems).toHaveLength(2);
  expect(read('service=&from=x').problems[0]).toContain('from=x');
});
