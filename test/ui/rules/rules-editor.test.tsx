import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import { HEADWATER_RULES } from '../../../src/failure/rulesets.ts';
import { rulesToFile } from '../../../src/link/rules-file.ts';
import { describeRule, describeRuleset } from '../../../src/ui/rules/describe-rules.ts';
import { makeDataset, makeFakeClient, ORDERS } from '../../support/fake-client.ts';
import { renderApp, settled } from '../render-app.tsx';

const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=orders';
const client = () => makeFakeClient({ datasets: [makeDataset()] });
const open = async () => {
  fireEvent.click(screen.getByRole('button', { name: 'Failure rules' }));
  await settled();
  return screen.getByRole('dialog');
};

describe('the editor of the failure rules', () => {
  test('shows what a draft would change before it is applied', async () => {
    const fake = client();
    await renderApp(fake, AT);
    const dialog = await open();
    fireEvent.click(within(dialog).getByRole('radio', { name: /OpenTelemetry status only/ }));
    await settled();
    expect(fake.asked.filter(({ question }) => question === 'rulesPreview').at(-1)?.params).toEqual({
      before: HEADWATER_RULES,
      after: { ...HEADWATER_RULES, preset: 'otel' },
    });
    expect(within(dialog).getByRole('status').textContent).toBe(
      '30 failed before+0 become failed−12 become fine=18 failed after',
    );
    expect(window.location.hash).not.toContain('rules=');
  });

  test('applies them to every question, and the link and a chip name them', async () => {
    const fake = client();
    await renderApp(fake, AT);
    const dialog = await open();
    fireEvent.click(within(dialog).getByRole('radio', { name: 'never' }));
    fireEvent.click(within(dialog).getByRole('button', { name: 'Apply' }));
    await settled();
    expect(window.location.hash).toContain('rules=headwater&rules=4xx:none');
    const rulesAsked = () =>
      fake.asked.filter(({ question }) => question === 'backtrace').map(({ rules }) => rules);
    expect(rulesAsked()).toEqual([null, { ...HEADWATER_RULES, http4xx: 'none' }]);
    fireEvent.click(screen.getByRole('button', { name: /^Remove the filter: failure rules: Headwater/ }));
    await settled();
    expect(window.location.hash).not.toContain('rules=');
    expect(document.activeElement?.textContent).toMatch(/^Timeframe/);
    // The answer by the usual rules is still at hand.
    expect(rulesAsked()).toHaveLength(2);
  });

  test('takes rules from a file into the draft, and says what it cannot read', async () => {
    await renderApp(client(), AT);
    const dialog = await open();
    const input = within(dialog).getByLabelText('File with failure rules');
    const choose = (text: string) => {
      Object.defineProperty(input, 'files', { configurable: true, value: [new File([text], 'rules.json')] });
      fireEvent.change(input);
    };
    choose('{"traces":[]}');
    expect((await within(dialog).findByRole('alert')).textContent).toContain('no failure rules');
    choose(rulesToFile({ ...HEADWATER_RULES, preset: 'http' }));
    await vi.waitFor(() =>
      expect(within(dialog).getByRole<HTMLInputElement>('radio', { name: /HTTP status only/ }).checked).toBe(
        true,
      ),
    );
    expect(within(dialog).queryByRole('alert')).toBeNull();
    expect(window.location.hash).not.toContain('rules=');
  });

  test('adds and removes a rule of one service', async () => {
    await renderApp(client(), AT);
    const dialog = await open();
    fireEvent.change(within(dialog).getByLabelText('In service'), { target: { value: '2' } });
    fireEvent.submit(within(dialog).getByRole('button', { name: 'Add the rule' }).closest('form') as Element);
    const remove = within(dialog).getByRole('button', {
      name: 'Remove the rule: HTTP status 404 is no failure in orders',
    });
    fireEvent.click(remove);
    expect(within(dialog).queryByText(/HTTP status 404 is no failure/)).toBeNull();
  });
});

test('rules are told in words', () => {
  const scope = { service: ORDERS, endpoint: 'GET /x' };
  expect(describeRule({ kind: 'httpStatus', scope, from: 400, to: 499, verdict: 'failure' })).toBe(
    'HTTP status 400–499 is a failure in GET /x of orders',
  );
  expect(
    describeRuleset({ ...HEADWATER_RULES, preset: 'http', rules: [{ kind: 'ignoreStatus', scope }] }),
  ).toBe('failure rules: HTTP status only, 1 rule of your own');
});
