import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Ruleset } from '../../model/ruleset.ts';
import { rulesFromFile, rulesToFile } from '../../link/rules-file.ts';
import { saveFile } from '../parts/save-file.ts';

export interface RulesFileProps {
  readonly rules: Ruleset;
  readonly onLoad: (rules: Ruleset) => void;
}

/** The draft as a file, and a file as the draft. */
export function RulesFile(props: RulesFileProps): JSX.Element {
  const [problem, setProblem] = createSignal('');
  let input!: HTMLInputElement;
  const save = () =>
    saveFile('failure-rules.json', new Blob([rulesToFile(props.rules)], { type: 'application/json' }));
  const load = async (file: File) => {
    const read = rulesFromFile(await file.text());
    // The same file may be chosen again.
    input.value = '';
    setProblem(typeof read === 'string' ? read : '');
    if (typeof read !== 'string') props.onLoad(read);
  };
  return (
    <>
      <button type="button" class="button" onClick={save}>
        Save as a file
      </button>
      <button type="button" class="button" onClick={() => input.click()}>
        Load from a file
      </button>
      <input
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="File with failure rules"
        ref={input}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) void load(file);
        }}
      />
      <Show when={problem() !== ''}>
        <p class="form-problem" role="alert">
          {problem()}
        </p>
      </Show>
    </>
  );
}
