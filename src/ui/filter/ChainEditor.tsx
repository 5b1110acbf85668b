import { For, Index, createSignal, createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainFilter, Target } from '../../model/answers.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { ServiceName } from '../parts/ServiceName.tsx';
import { readStepForm, writeStepForm } from './chain-step.ts';
import type { StepForm } from './chain-step.ts';
import { QueryInput } from './QueryInput.tsx';

export interface ChainEditorProps {
  readonly chain: ChainFilter;
  readonly target: Target | null;
  readonly onApply: (chain: ChainFilter) => void;
}

/** What must hold at each step of a chain, and whether its requests are shown or left out. */
export function ChainEditor(props: ChainEditorProps): JSX.Element {
  const name = createUniqueId();
  const [exclude, setExclude] = createSignal(props.chain.exclude);
  const [forms, setForms] = createSignal<readonly StepForm[]>(
    props.chain.path.map((_, at) => readStepForm(props.chain.steps[at] ?? null)),
  );
  const written = () => forms().map(writeStepForm);
  const apply = () => {
    const steps = written().map((step) => (step.ok ? step.condition : undefined));
    if (!steps.every((step) => step !== undefined)) return;
    const used = steps.findLastIndex((step) => step !== null) + 1;
    props.onApply({ path: props.chain.path, exclude: exclude(), steps: steps.slice(0, used) });
  };
  /** As requests flow: the outermost caller first. */
  const places = () => props.chain.path.map((_, at) => at).toReversed();
  return (
    <form
      class="chain-editor"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <fieldset class="chain-sides">
        <legend class="visually-hidden">Requests through this chain</legend>
        <For each={[false, true]}>
          {(side) => (
            <label>
              <input
                type="radio"
                name={name}
                checked={exclude() === side}
                onChange={() => setExclude(side)}
              />
              {side ? 'Leave these requests out' : 'Show only these requests'}
            </label>
          )}
        </For>
      </fieldset>
      <Index each={places()}>
        {(at) => (
          <StepFields
            chain={props.chain}
            at={at()}
            target={props.target}
            form={forms()[at()]}
            onForm={(form) => setForms(forms().with(at(), form))}
            onEnter={apply}
          />
        )}
      </Index>
      <button type="submit" class="button primary">
        Apply
      </button>
    </form>
  );
}

interface StepFieldsProps {
  readonly chain: ChainFilter;
  readonly at: number;
  readonly target: Target | null;
  readonly form: StepForm;
  readonly onForm: (form: StepForm) => void;
  readonly onEnter: () => void;
}

function StepFields(props: StepFieldsProps): JSX.Element {
  const app = useApp();
  const service = () => props.chain.path[props.at];
  const node = createAnswer('node', () => {
    const others = app.filter().chains.filter((chain) => chain !== props.chain);
    return (
      props.target && {
        target: props.target,
        filter: { ...app.filter(), chains: others },
        path: props.chain.path.slice(0, props.at + 1),
      }
    );
  });
  const endpoints = () => {
    const names = (node.latest()?.endpoints ?? []).map((row) => row.name);
    const { endpoint } = props.form;
    return endpoint === null || names.includes(endpoint) ? names : [endpoint, ...names];
  };
  const change = (patch: Partial<StepForm>) => props.onForm({ ...props.form, ...patch });
  const problem = () => {
    const written = writeStepForm(props.form);
    return written.ok ? null : written.problem;
  };
  return (
    <fieldset class="chain-step-fields">
      <legend>
        <ServiceName service={service()} />
      </legend>
      <label>
        Outcome
        <select onChange={(event) => change({ outcome: OUTCOMES[event.currentTarget.selectedIndex][0] })}>
          <For each={OUTCOMES}>
            {([outcome, title]) => <option selected={outcome === props.form.outcome}>{title}</option>}
          </For>
        </select>
      </label>
      <label class="grows">
        Endpoint
        <select
          onChange={(event) => {
            const place = event.currentTarget.selectedIndex - 1;
            change({ endpoint: place < 0 ? null : endpoints()[place] });
          }}
        >
          <option selected={props.form.endpoint === null}>any</option>
          <For each={endpoints()}>
            {(endpoint) => (
              <option selected={endpoint === props.form.endpoint}>
                {endpoint === '' ? '(no name)' : endpoint}
              </option>
            )}
          </For>
        </select>
      </label>
      <label>
        Over, in ms
        <input
          type="number"
          min="0"
          step="any"
          placeholder="any"
          value={props.form.over}
          onInput={(event) => change({ over: event.currentTarget.value })}
        />
      </label>
      <div class="all-columns">
        <span class="field-title" aria-hidden="true">
          Other conditions, in TraceQL
        </span>
        <QueryInput
          label={`Other conditions on ${service().name}, in TraceQL`}
          placeholder='span.http.route = "/cart"'
          text={props.form.more}
          onText={(more) => change({ more })}
          onEnter={() => props.onEnter()}
          problem={props.form.more.trim() === '' ? null : problem()}
        />
      </div>
    </fieldset>
  );
}

const OUTCOMES = [
  ['any', 'any'],
  ['failed', 'failed'],
  ['fine', 'did not fail'],
] as const;
