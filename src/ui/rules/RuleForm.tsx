import { For, Match, Show, Switch, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { PRESET_LABELS } from '../../failure/rulesets.ts';
import { RULESET_PRESETS } from '../../model/ruleset.ts';
import { EVERYTHING } from '../../model/answers.ts';
import type { FailureRule, RuleScope, RuleVerdict, ScopedPreset } from '../../model/ruleset.ts';
import { createAnswer } from '../../state/answers.ts';

export interface RuleFormProps {
  readonly onRule: (rule: FailureRule) => void;
  readonly onPart: (part: ScopedPreset) => void;
}

const KINDS = {
  httpStatus: 'HTTP status',
  exception: 'Exception',
  ignoreStatus: 'Ignore the span status',
  preset: 'Another preset',
} as const;
type Kind = keyof typeof KINDS;
const KIND_NAMES = Object.keys(KINDS) as readonly Kind[];

/** Adds one rule, for everything, a service or one of its endpoints. */
export function RuleForm(props: RuleFormProps): JSX.Element {
  const services = createAnswer('services', () => ({ filter: EVERYTHING }));
  const [kind, setKind] = createSignal<Kind>('httpStatus');
  const [problem, setProblem] = createSignal('');
  let form!: HTMLFormElement;
  const text = (name: string) => {
    const value = new FormData(form).get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const scope = (): RuleScope => {
    const row = text('service') === '' ? undefined : services.latest()?.services[Number(text('service'))];
    return { service: row?.service ?? null, endpoint: text('endpoint') === '' ? null : text('endpoint') };
  };
  const add = () => {
    const verdict: RuleVerdict = text('verdict') === 'success' ? 'success' : 'failure';
    const [from, to] = [Number(text('from')), Number(text('to') || text('from'))];
    const wrong =
      (kind() === 'httpStatus' && !(from >= 100 && from <= to && to <= 999)) ||
      (kind() === 'exception' && text('exception') === '');
    setProblem(
      wrong ? 'Give HTTP statuses from 100 to 999, the lower one first, or a text of the exception.' : '',
    );
    if (wrong) return;
    if (kind() === 'httpStatus') props.onRule({ kind: 'httpStatus', scope: scope(), from, to, verdict });
    if (kind() === 'exception')
      props.onRule({ kind: 'exception', scope: scope(), text: text('exception'), verdict });
    if (kind() === 'ignoreStatus') props.onRule({ kind: 'ignoreStatus', scope: scope() });
    if (kind() === 'preset') {
      const preset = RULESET_PRESETS.find((name) => name === text('preset')) ?? null;
      props.onPart({ scope: scope(), preset, http4xx: null });
    }
  };
  return (
    <form
      class="timeframe-form rule-form"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <label>
        Rule about
        <select onChange={(event) => setKind(KIND_NAMES[event.currentTarget.selectedIndex])}>
          <For each={KIND_NAMES}>{(name) => <option selected={name === kind()}>{KINDS[name]}</option>}</For>
        </select>
      </label>
      <Switch>
        <Match when={kind() === 'httpStatus'}>
          <label>
            Status from
            <input name="from" inputmode="numeric" size="4" value="404" />
          </label>
          <label>
            to
            <input name="to" inputmode="numeric" size="4" value="404" />
          </label>
        </Match>
        <Match when={kind() === 'exception'}>
          <label>
            Type or message holds
            <input name="exception" />
          </label>
        </Match>
        <Match when={kind() === 'preset'}>
          <label>
            Preset
            <select name="preset">
              <For each={RULESET_PRESETS}>
                {(name) => <option value={name}>{PRESET_LABELS[name]}</option>}
              </For>
            </select>
          </label>
        </Match>
      </Switch>
      <Show when={kind() === 'httpStatus' || kind() === 'exception'}>
        <label>
          is
          <select name="verdict">
            <option value="success">no failure</option>
            <option value="failure">a failure</option>
          </select>
        </label>
      </Show>
      <label>
        In service
        <select name="service">
          <option value="">all services</option>
          <For each={services.latest()?.services ?? []}>
            {(row, at) => (
              <option value={at()}>
                {row.service.name} ({row.service.type})
              </option>
            )}
          </For>
        </select>
      </label>
      <label>
        In endpoint
        <input name="endpoint" placeholder="all endpoints" />
      </label>
      <button type="submit" class="button">
        Add the rule
      </button>
      <Show when={problem() !== ''}>
        <p class="form-problem" role="alert">
          {problem()}
        </p>
      </Show>
    </form>
  );
}
