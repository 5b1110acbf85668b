import { Show, createEffect, createMemo, on } from 'solid-js';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';
import { excludeChain, isSamePath } from '../filter/narrow.ts';
import { countedInData } from '../parts/estimates.ts';
import { focusFirst } from '../parts/focus.ts';
import { InDataNote } from '../parts/InDataNote.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import { withChain } from './analyses.ts';
import { ChainText } from './ChainText.tsx';
import { NODE_TITLE, bringIntoSight } from './node-panel-sight.ts';
import { NODE_TABS } from './node-tabs.ts';
import type { NodeTabProps } from './node-tab-props.ts';

/** Tabs that know estimates of the whole. */
const EXTRAPOLATED: ReadonlySet<string> = new Set(['overview', 'failures']);

/** Details of the selected node of the tree, in tabs. */
export function NodePanel(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const isRoot = () => props.path.length === 1;
  const others = () => props.backtrace.target.others;
  const tab = createMemo(() => NODE_TABS.find(({ slug }) => slug === app.view().panel) ?? NODE_TABS[0]);
  let panel!: HTMLElement;
  // Chosen elsewhere, as by Back, a tab would change out of sight.
  createEffect(on(tab, () => bringIntoSight(panel), { defer: true }));
  return (
    <section class="panel node-panel" aria-labelledby={NODE_TITLE} ref={panel}>
      <header class="node-head">
        <h2 id={NODE_TITLE}>
          <ServiceName service={props.path[props.path.length - 1]} others={isRoot() ? others() : undefined} />
        </h2>
        <Show
          when={!isRoot()}
          fallback={<p class="quiet">{others()?.length ? 'the chosen services' : 'the chosen service'}</p>}
        >
          <ChainText path={props.path} others={others()} />
        </Show>
        <Show when={!isRoot()}>
          <ChainFilter path={props.path} backtrace={props.backtrace} />
        </Show>
      </header>
      <Tabs
        label="Details of the selected step"
        tabs={NODE_TABS}
        selected={tab().slug}
        onSelect={(slug) => app.navigate({ panel: slug === NODE_TABS[0].slug ? null : slug }, 'push')}
      >
        <Show when={!EXTRAPOLATED.has(tab().slug)}>
          <InDataNote />
        </Show>
        <Dynamic component={tab().component} backtrace={props.backtrace} path={props.path} />
      </Tabs>
    </section>
  );
}

/** Adds the chain as a filter, which then is a chip in the filter bar. */
function ChainFilter(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const active = createMemo(() =>
    app.view().chains.some(({ path, exclude }) => !exclude && isSamePath(path, props.path)),
  );
  let told: HTMLParagraphElement | undefined;
  const add = () => {
    app.navigate({ chains: withChain(app.view().chains, props.path) }, 'push');
    // The button is gone: what says so takes the focus.
    focusFirst(told);
  };
  const exclude = () => {
    app.navigate(excludeChain(app.view(), props.path), 'push');
    focusFirst(document.querySelector('.treegrid [tabindex="0"]'));
  };
  return (
    <div class="actions">
      <Show
        when={!active()}
        fallback={
          <p class="quiet" tabindex="-1" ref={(element) => (told = element)}>
            Only requests through this chain are shown:{' '}
            {describeCount(countedInData(props.backtrace.root).calls)} of{' '}
            {describeCountOf(props.backtrace.unfiltered, 'request')}.
          </p>
        }
      >
        <button type="button" class="button" onClick={add}>
          Show only requests through this chain
        </button>
      </Show>
      <button type="button" class="button" onClick={exclude}>
        Exclude this chain
      </button>
    </div>
  );
}
