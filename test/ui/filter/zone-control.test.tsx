import { fireEvent, screen } from '@testing-library/dom';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppProvider, useApp } from '../../../src/state/app.ts';
import type { App } from '../../../src/state/app.ts';
import { ZoneControl } from '../../../src/ui/filter/ZoneControl.tsx';
import { searchZones, withChosen, withToggled } from '../../../src/ui/filter/zones.ts';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';
import type { FakeClient } from '../../support/fake-client.ts';

let dispose = () => {};
let app: App;
let client: FakeClient;

async function show(query = ''): Promise<void> {
  window.history.replaceState(null, '', `#/services?data=01234567${query}`);
  const Probe = () => {
    app = useApp();
    return <ZoneControl />;
  };
  client = makeFakeClient({ datasets: [makeDataset()] });
  dispose = render(
    () => (
      <AppProvider client={client}>
        <Probe />
      </AppProvider>
    ),
    document.body,
  );
  await settled();
}

const settled = () => vi.waitFor(() => expect(app.busy()).toBe(false));
const button = () => screen.getByRole('button', { name: /^Zones:/ });
async function open(): Promise<void> {
  fireEvent.click(button());
  await settled();
}

beforeEach(() => window.localStorage.clear());
afterEach(() => dispose());

describe('the control of zones', () => {
  test('reads the resources only once it is opened', async () => {
    await show();
    expect(client.asked.filter(({ question }) => question === 'zones')).toEqual([]);
    await open();
    expect(screen.getByRole('checkbox', { name: /prod 700/ })).toBeTruthy();
    expect(screen.getByText(/129 more with fewer requests/)).toBeTruthy();
  });

  test('chooses several values, and says so in link and button', async () => {
    await show();
    await open();
    fireEvent.click(screen.getByRole('checkbox', { name: /prod/ }));
    fireEvent.click(screen.getByRole('checkbox', { name: /stage/ }));
    expect(app.view().zones).toEqual([{ key: 'deployment.environment.name', values: ['prod', 'stage'] }]);
    expect(button().textContent).toBe('Zones: environment prod or stage');
    expect(window.location.hash).toContain(
      'zone=deployment.environment.name:prod&zone=deployment.environment.name:stage',
    );
    fireEvent.click(screen.getByRole('button', { name: 'All zones' }));
    expect(app.view().zones).toEqual([]);
  });

  test('leads with the usual ones; the others stand under a heading', async () => {
    await show('&zone=galaxy:far');
    await open();
    const heading = screen.getByRole('heading', { name: 'Other attributes of the resources' });
    const groups = screen.getAllByRole('group').filter(({ tagName }) => tagName === 'FIELDSET');
    const isBelow = (element: Element) =>
      (heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
    expect(groups.map((group) => [group.querySelector('legend')?.title, isBelow(group)])).toEqual([
      ['deployment.environment.name', false],
      ['team', false],
      ['galaxy', true],
    ]);
  });

  test('shows what is chosen though the data does not offer it', async () => {
    await show('&zone=galaxy:far');
    await open();
    const chosen = screen.getByRole<HTMLInputElement>('checkbox', { name: /far/ });
    expect(chosen.checked).toBe(true);
    fireEvent.click(chosen);
    expect(app.view().zones).toEqual([]);
  });

  test('is searched by key and value', async () => {
    await show();
    await open();
    fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'STAG' } });
    expect(screen.getAllByRole('checkbox')).toHaveLength(1);
    fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'environment' } });
    expect(screen.getAllByRole('checkbox')).toHaveLength(2);
    fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'nowhere' } });
    expect(screen.getByText('No key or value of that name.')).toBeTruthy();
  });
});

describe('choosing zones', () => {
  const row = { key: 'region', values: [{ value: 'eu', requests: 2 }], total: 1 };

  test('adds and takes values, and drops keys without any', () => {
    const once = withToggled([], 'region', 'eu');
    const twice = withToggled(once, 'region', 'us');
    expect(twice).toEqual([{ key: 'region', values: ['eu', 'us'] }]);
    expect(withToggled(withToggled(twice, 'region', 'eu'), 'region', 'us')).toEqual([]);
    expect(withToggled(once, 'team', 'red')).toHaveLength(2);
  });

  test('completes a row by what is chosen', () => {
    expect(withChosen([row], [{ key: 'region', values: ['eu', 'us'] }])[0].values).toEqual([
      { value: 'eu', requests: 2 },
      { value: 'us', requests: null },
    ]);
    expect(withChosen([row], [])).toEqual([row]);
  });

  test('finds by the name that people use', () => {
    expect(searchZones([{ ...row, key: 'cloud.region' }], 'region')).toHaveLength(1);
    expect(searchZones([row], 'us')).toEqual([]);
  });
});
