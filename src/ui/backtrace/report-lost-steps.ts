/** Tells which steps that the link names are not in the backtrace that it shows. */
import { createEffect } from 'solid-js';
import type { Accessor } from 'solid-js';
import type { DecodedLink } from '../../link/hash.ts';
import { describeLostStep } from '../../link/misfits.ts';
import type { ChainPath } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { rowOf } from './tree-index.ts';
import type { TreeIndex } from './tree-index.ts';

/** Owned by the reactive scope it is called in; speaks once for each link, when its backtrace is there. */
export function reportLostSteps(index: Accessor<TreeIndex>): void {
  const app = useApp();
  createEffect(() => {
    const link = app.linkReport.link();
    if (link === null || link.view.view !== 'backtrace' || app.busy() || app.foreignData() !== null) return;
    if (link.view.service !== app.view().service || looked.has(link)) return;
    looked.add(link);
    const { node, expanded } = link.view;
    const lost = (path: ChainPath) => rowOf(index(), path) < 0;
    app.linkReport.tell(link, [
      ...(node !== null && lost(node) ? [describeLostStep('node', node)] : []),
      ...(expanded ?? []).filter(lost).map((path) => describeLostStep('open', path)),
    ]);
  });
}

/** What is lost later is lost to a filter, not to the link. */
const looked = new WeakSet<DecodedLink>();
