/** Tells which steps that the link names are not in the tree that it shows. */
import { createEffect } from 'solid-js';
import type { Accessor } from 'solid-js';
import type { DecodedLink } from '../../link/hash.ts';
import { describeLostStep } from '../../link/misfits.ts';
import type { StepKey } from '../../link/misfits.ts';
import type { ViewState } from '../../link/view-state.ts';
import type { ChainPath } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { rowOf } from './tree-index.ts';
import type { AnyTreeIndex } from './tree-index.ts';

/** Of which tree: its selected step, and its opened ones. */
interface TreeFields {
  readonly selected: 'node' | 'flow';
  readonly opened: 'expanded' | 'flowOpen';
}

const KEYS: Readonly<Record<TreeFields['selected'] | TreeFields['opened'], StepKey>> = {
  node: 'node',
  expanded: 'open',
  flow: 'flow',
  flowOpen: 'flowOpen',
};

/** Owned by the reactive scope it is called in; speaks once for each link, when its tree is there. */
export function reportLostSteps(index: Accessor<AnyTreeIndex>, fields: TreeFields): void {
  const app = useApp();
  createEffect(() => {
    const link = app.linkReport.link();
    if (link === null || link.view.view !== 'backtrace' || app.busy() || app.foreignData() !== null) return;
    if (link.view.service !== app.view().service || looked[fields.selected].has(link)) return;
    looked[fields.selected].add(link);
    app.linkReport.tell(link, lostSteps(index(), link.view, fields));
  });
}

function lostSteps(index: AnyTreeIndex, view: ViewState, { selected, opened }: TreeFields): string[] {
  const lost = (path: ChainPath) => rowOf(index, path) < 0;
  const node = view[selected];
  return [
    ...(node !== null && lost(node) ? [describeLostStep(KEYS[selected], node)] : []),
    ...(view[opened] ?? []).filter(lost).map((path) => describeLostStep(KEYS[opened], path)),
  ];
}

/** What is lost later is lost to a filter, not to the link. */
const looked = { node: new WeakSet<DecodedLink>(), flow: new WeakSet<DecodedLink>() };
