import { describe, expect, test } from 'vitest';
import { backtraceCsv } from '../../../src/ui/backtrace/export-csv.ts';
import { HOSTILE_NAME, sampleNode, shopBacktrace } from './sample-backtrace.ts';

const lines = (text: string) => text.trimEnd().split('\r\n');

describe('the CSV of a backtrace', () => {
  test('has one row per node, with its chain from the outermost caller to the chosen service', () => {
    const rows = lines(backtraceCsv(shopBacktrace())).slice(1);
    expect(rows.map((row) => row.split(',')[0])).toEqual([
      'db',
      'orders > db',
      'nginx > orders > db',
      'shop > nginx > orders > db',
      'shop > orders > db',
      'cron > db',
    ]);
  });

  test('of several services the root names all', () => {
    const others = [{ name: 'cart', type: 'service' }] as const;
    const [, root, caller] = lines(backtraceCsv({ ...shopBacktrace(), others }));
    expect(root).toMatch(/^db \+ cart,db \+ cart,database \+ service,/);
    expect(caller).toMatch(/^orders > db \+ cart,orders,service,/);
  });

  test('has a value for every heading', () => {
    const [head, ...rows] = lines(backtraceCsv(shopBacktrace())).map((line) => line.split(','));
    for (const row of rows) expect(row).toHaveLength(head.length);
    expect(rows[1][head.indexOf('calls')]).toBe('80');
    expect(rows[4][head.indexOf('endsUserAction')]).toBe('30');
  });

  test('quotes what would break a row', () => {
    const [, row] = lines(backtraceCsv(sampleNode('a,"b"', 1)));
    expect(row.startsWith('"a,""b""","a,""b"""')).toBe(true);
  });

  test('a name cannot become a formula of a spreadsheet', () => {
    const [, row] = lines(backtraceCsv(sampleNode('=1+1', 1)));
    expect(row.split(',').slice(0, 2)).toEqual(["'=1+1", "'=1+1"]);
    expect(lines(backtraceCsv(sampleNode(HOSTILE_NAME, 1)))[1].startsWith(`${HOSTILE_NAME},`)).toBe(true);
  });
});
