import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import { describeShare } from '../../util/text.ts';
import { EvidenceButton } from '../evidence/EvidenceButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { ROW_HEIGHT } from './create-row-window.ts';
import { EndBadges } from './EndBadges.tsx';
import { FULL_INDENT_DEPTH, indentSteps } from './tree-layout.ts';
import { TREE_COLUMNS } from './tree-columns.ts';
import type { TreeColumn } from './tree-columns.ts';
import type { TreeEntry } from './tree-index.ts';

export interface TreeRowProps {
  readonly entry: TreeEntry;
  /** The services from the chosen one to this one. */
  readonly path: () => ChainPath;
  readonly row: number;
  /** 0-based place among the visible rows. */
  readonly place: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
  readonly selected: boolean;
  readonly hovered: boolean;
  readonly tabStop: boolean;
  readonly onFocus: () => void;
  readonly onHover: () => void;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  /** Opens the menu of the row, at this place of the window. */
  readonly onMenu: (at: { readonly x: number; readonly y: number }) => void;
}

export function TreeRow(props: TreeRowProps): JSX.Element {
  const node = () => props.entry.node;
  return (
    <div
      role="row"
      class="tree-row"
      classList={{ selected: props.selected, hovered: props.hovered }}
      data-row={props.row}
      tabindex={props.tabStop ? 0 : -1}
      aria-rowindex={props.place + 2}
      aria-level={props.entry.depth + 1}
      aria-posinset={props.entry.position + 1}
      aria-setsize={props.entry.siblings}
      aria-expanded={props.expandable ? props.expanded : undefined}
      aria-selected={props.selected}
      style={{ transform: `translateY(${props.place * ROW_HEIGHT}px)` }}
      onFocus={() => props.onFocus()}
      onPointerEnter={() => props.onHover()}
      onClick={() => props.onSelect()}
      onDblClick={() => props.expandable && props.onToggle()}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      <div role="rowheader" class="tree-cell tree-name">
        <span class="tree-indent" style={{ '--steps': indentSteps(props.entry.depth) }} />
        <span
          class="tree-twisty"
          classList={{ leaf: !props.expandable }}
          aria-hidden="true"
          onClick={(event) => {
            if (!props.expandable) return;
            event.stopPropagation();
            props.onToggle();
          }}
        >
          <Show when={props.expandable}>
            <Icon name={props.expanded ? 'down' : 'right'} />
          </Show>
        </span>
        <Show when={props.entry.depth > FULL_INDENT_DEPTH}>
          <span class="tree-depth" title={`step ${props.entry.depth + 1} of the chain`}>
            {props.entry.depth + 1}
          </span>
        </Show>
        <ServiceName service={node().service} others={node().others} />
        <button
          type="button"
          class="icon-button tree-menu-button"
          // The row takes the focus; its keys are Shift+F10 and the menu key.
          tabindex="-1"
          aria-haspopup="menu"
          aria-label={`Actions for ${node().service.name}`}
          title="What can be done with this step (Shift+F10)"
          onClick={(event) => {
            event.stopPropagation();
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            props.onMenu({ x: left, y: bottom });
          }}
          onDblClick={(event) => event.stopPropagation()}
        >
          <Icon name="more" />
        </button>
      </div>
      <div role="gridcell" class="tree-cell tree-ends">
        <EndBadges figures={node()} path={props.path} />
      </div>
      <For each={TREE_COLUMNS}>
        {(column) => (
          <FigureCell
            column={column}
            node={node()}
            path={props.path}
            trivial={props.entry.depth === 0 ? column.trivialAtRoot : undefined}
          />
        )}
      </For>
    </div>
  );
}

interface FigureCellProps {
  readonly column: TreeColumn;
  readonly node: TreeEntry['node'];
  readonly path: () => ChainPath;
  /** Why the figure says nothing here: a dash stands for it. */
  readonly trivial: string | undefined;
}

function FigureCell(props: FigureCellProps): JSX.Element {
  const failure = () => props.trivial === undefined && props.column.failure?.(props.node) === true;
  const evidence = () => (props.trivial === undefined ? props.column.evidence : undefined);
  const text = () => (props.trivial === undefined ? props.column.text(props.node) : '–');
  return (
    <div
      role="gridcell"
      class={`tree-cell numeric column-${props.column.key}`}
      classList={{ 'has-failures': failure() }}
      title={props.trivial ?? props.column.hint?.(props.node)}
    >
      <Show when={props.column.key === 'calls'}>
        <span class="share-bar" aria-hidden="true" title={`${describeShare(props.node.share)} of all calls`}>
          <span class="share-fill" style={{ width: `${props.node.share * 100}%` }} />
        </span>
      </Show>
      <Show when={failure()}>
        <Icon name="failure" />
      </Show>
      <Show when={evidence()} fallback={text()}>
        {(count) => (
          <EvidenceButton
            selection={() => ({ place: { kind: 'node', path: props.path() }, count: count() })}
            count={props.node[count()]}
          >
            {text()}
          </EvidenceButton>
        )}
      </Show>
    </div>
  );
}
