import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { HEADWATER_RULES, PRESET_LABELS, isDefaultRuleset } from '../../failure/rulesets.ts';
import { HTTP_4XX_CHOICES, RULESET_PRESETS } from '../../model/ruleset.ts';
import type { Ruleset } from '../../model/ruleset.ts';
import { useApp } from '../../state/app.ts';
import { Icon } from '../parts/Icon.tsx';
import { HTTP_4XX_TITLES, PRESET_HINTS, describePart, describeRule } from './describe-rules.ts';
import { RulesFile } from './RulesFile.tsx';
import { RuleForm } from './RuleForm.tsx';
import { RulesPreviewPanel } from './RulesPreviewPanel.tsx';
import { storedRules, storeRules } from './stored-rules.ts';

export interface RulesEditorProps {
  /** null: the default rules. */
  readonly current: Ruleset | null;
  readonly onApply: (rules: Ruleset | null) => void;
  readonly onClose: () => void;
}

/** Edits a draft of the failure rules; what it would change is shown before it is applied. */
export function RulesEditor(props: RulesEditorProps): JSX.Element {
  const app = useApp();
  const [draft, setDraft] = createSignal(props.current ?? HEADWATER_RULES);
  const change = (part: Partial<Ruleset>) => setDraft({ ...draft(), ...part });
  const apply = (rules: Ruleset) => {
    if (!storeRules(rules)) app.notices.add('info', 'This browser keeps no rules; the link holds them.');
    props.onApply(isDefaultRuleset(rules) ? null : rules);
  };
  return (
    <div class="rules-editor">
      <header class="evidence-head">
        <h2 id="rules-title">What counts as failed</h2>
        <button
          type="button"
          class="icon-button"
          aria-label="Close the rules"
          onClick={() => props.onClose()}
        >
          <Icon name="close" />
        </button>
      </header>
      <Choices
        legend="Preset"
        name="preset"
        values={RULESET_PRESETS}
        title={(preset) => PRESET_LABELS[preset]}
        hint={(preset) => PRESET_HINTS[preset]}
        chosen={draft().preset}
        onChoose={(preset) => change({ preset })}
      />
      <Choices
        legend="HTTP status 400 to 499 is a failure …"
        name="http4xx"
        values={HTTP_4XX_CHOICES}
        title={(choice) => HTTP_4XX_TITLES[choice]}
        chosen={draft().http4xx}
        onChoose={(http4xx) => change({ http4xx })}
      />
      <section aria-label="Rules of your own">
        <h3>Rules of your own, the first that fits wins</h3>
        <ul class="rule-list">
          <For each={draft().rules}>
            {(rule, at) => (
              <Item
                text={describeRule(rule)}
                onRemove={() => change({ rules: draft().rules.filter((_, place) => place !== at()) })}
              />
            )}
          </For>
          <For each={draft().scopes}>
            {(part, at) => (
              <Item
                text={describePart(part)}
                onRemove={() => change({ scopes: draft().scopes.filter((_, place) => place !== at()) })}
              />
            )}
          </For>
        </ul>
        <RuleForm
          onRule={(rule) => change({ rules: [...draft().rules, rule] })}
          onPart={(part) => change({ scopes: [...draft().scopes, part] })}
        />
      </section>
      <RulesPreviewPanel before={props.current ?? HEADWATER_RULES} after={draft()} />
      <div class="actions">
        <button type="button" class="button primary" onClick={() => apply(draft())}>
          Apply
        </button>
        <button type="button" class="button" onClick={() => setDraft(HEADWATER_RULES)}>
          Back to the defaults
        </button>
        <Show when={storedRules()}>
          {(stored) => (
            <button type="button" class="button" onClick={() => setDraft(stored())}>
              Rules applied here last
            </button>
          )}
        </Show>
        <RulesFile rules={draft()} onLoad={setDraft} />
      </div>
    </div>
  );
}

interface ChoicesProps<T extends string> {
  readonly legend: string;
  readonly name: string;
  readonly values: readonly T[];
  readonly title: (value: T) => string;
  readonly hint?: (value: T) => string;
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
}

function Choices<T extends string>(props: ChoicesProps<T>): JSX.Element {
  return (
    <fieldset class="choices">
      <legend>{props.legend}</legend>
      <For each={props.values}>
        {(value) => (
          <label class="check">
            <input
              type="radio"
              name={props.name}
              checked={props.chosen === value}
              onChange={() => props.onChoose(value)}
            />
            <span>
              {props.title(value)}
              <Show when={props.hint}>{(hint) => <span class="choice-hint">{hint()(value)}</span>}</Show>
            </span>
          </label>
        )}
      </For>
    </fieldset>
  );
}

function Item(props: { text: string; onRemove: () => void }): JSX.Element {
  return (
    <li>
      <span>{props.text}</span>
      <button
        type="button"
        class="icon-button"
        aria-label={`Remove the rule: ${props.text}`}
        onClick={() => props.onRemove()}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}
