/** Telling which column means what, and in which unit the times are. */
import { fireEvent, screen } from '@testing-library/dom';
import { render } from 'solid-js/web';
import { afterEach, expect, test } from 'vitest';
import type { ColumnMapping } from '../../../src/model/column-mapping.ts';
import { ColumnMapper } from '../../../src/ui/import/ColumnMapper.tsx';

let dispose: (() => void) | undefined;
afterEach(() => {
  dispose?.();
  document.body.replaceChildren();
});

function told(): ColumnMapping[] {
  const mappings: ColumnMapping[] = [];
  // As told to a version that knew no unit of the start.
  const mapping = { columns: { traceId: 't', spanId: 's', start: 'at' }, durationUnit: null };
  const table = { columns: ['t', 's', 'at'], rows: [], shapeKey: 'k', mapping, missing: [] };
  dispose = render(
    () => <ColumnMapper table={table} about="a.csv" isOpen onMapping={(next) => mappings.push(next)} />,
    document.body,
  );
  return mappings;
}

const unitOf = (what: string) => screen.getByLabelText<HTMLSelectElement>(`unit of the ${what}`);

test('the units of start and duration are told apart, and may be left to the numbers again', () => {
  const mappings = told();
  expect(unitOf('start time').value).toBe('');
  fireEvent.change(unitOf('start time'), { target: { value: 'us' } });
  expect(mappings.at(-1)).toMatchObject({ startUnit: 'us', durationUnit: null });
  fireEvent.change(unitOf('duration'), { target: { value: 's' } });
  expect(mappings.at(-1)).toMatchObject({ startUnit: 'us', durationUnit: 's' });
  fireEvent.change(unitOf('start time'), { target: { value: '' } });
  expect(mappings.at(-1)).toMatchObject({ startUnit: null, durationUnit: 's' });
});
