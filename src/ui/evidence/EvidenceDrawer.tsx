import { For, Show, createEffect, createMemo, on } from 'solid-js';
import type { JSX } from 'solid-js';
import { otherParams } from '../../link/other-side.ts';
import type { Target } from '../../model/answers.ts';
import { isOfAllServices } from '../../model/answers-evidence.ts';
import { useApp } from '../../state/app.ts';
import { otherDataOf } from '../compare/other-data.ts';
import { narrowToEvidence } from '../filter/narrow.ts';
import { createAfterPaint } from '../parts/create-after-paint.ts';
import { Icon } from '../parts/Icon.tsx';
import { describeEvidence } from './describe-evidence.ts';
import type { AskedEvidence } from './asked-evidence.ts';
import { EvidenceList } from './EvidenceList.tsx';
import './evidence.css';

/** The list of requests that the link names, over the screen; Escape and the browser's Back close it. */
export function EvidenceDrawer(props: { target: Target | null }): JSX.Element {
  const app = useApp();
  let dialog!: HTMLDialogElement;
  const opened = createMemo(() => {
    const selection = app.view().evidence;
    if (!selection) return null;
    const filter = app.filter();
    if (isOfAllServices(selection.place)) return { selection, target: null, filter };
    if (!props.target) return null;
    if (selection.side === undefined) return { selection, target: props.target, filter };
    const { other } = app.view();
    if (other === null) return null;
    const sideB = otherParams(other, props.target, filter);
    if (selection.side === 'both') return { selection, target: props.target, filter, other: sideB };
    const data = otherDataOf(app.view(), app.dataset(), app.datasets.list());
    if (data.kind === 'missing') return null;
    return { selection, ...sideB, ...(data.kind === 'stored' && { stored: data.dataset }) };
  });
  createEffect(
    on(
      () => opened() !== null,
      (open) => {
        if (open && !dialog.open) dialog.showModal();
        else if (!open && dialog.open) dialog.close();
      },
    ),
  );
  const close = () => {
    if (app.view().evidence !== null) app.navigate({ evidence: null }, 'push');
  };
  return (
    <dialog
      class="drawer evidence-drawer"
      aria-labelledby="evidence-title"
      ref={dialog}
      onClose={close}
      onClick={(event) => event.target === dialog && dialog.close()}
    >
      <Show when={opened()}>{(shown) => <Evidence {...shown()} onClose={() => dialog.close()} />}</Show>
    </dialog>
  );
}

function Evidence(props: AskedEvidence & { onClose: () => void }): JSX.Element {
  const app = useApp();
  const text = () => describeEvidence(props.selection, props.target);
  // the drawer opens first
  const step = createAfterPaint();
  return (
    <div class="evidence">
      <header class="evidence-head">
        <h2 id="evidence-title">{text().title}</h2>
        <Show when={narrowToEvidence(app.view(), props.selection)}>
          {(patch) => (
            <a class="button" href={app.href(patch())}>
              <Icon name="filter" />
              Filter by this
            </a>
          )}
        </Show>
        <button type="button" class="icon-button" aria-label="Close the list" onClick={() => props.onClose()}>
          <Icon name="close" />
        </button>
      </header>
      <Show when={text().path ?? text().conditions.length > 0}>
        <ul class="evidence-conditions" aria-label="Conditions">
          <Show when={text().path}>
            {(path) => (
              <li class="tag">
                {path()
                  .toReversed()
                  .map((step) => step.name)
                  .join(' → ')}
              </li>
            )}
          </Show>
          <Show when={props.stored}>{(stored) => <li class="tag">of {stored().name}</li>}</Show>
          <For each={text().conditions}>{(condition) => <li class="tag">{condition}</li>}</For>
        </ul>
      </Show>
      <Show when={step() > 0}>
        <EvidenceList {...props} />
      </Show>
    </div>
  );
}
