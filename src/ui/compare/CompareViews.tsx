import { createMemo, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { DIFFERENCES } from '../../charts/difference.ts';
import type { Difference } from '../../charts/difference.ts';
import { DifferenceSunburst } from '../../charts/DifferenceSunburst.tsx';
import type { CompareAnswer } from '../../model/answers-compare.ts';
import { useApp } from '../../state/app.ts';
import { ModeButtons } from '../parts/ModeButtons.tsx';
import { compareRows, linkedRows, pathOf, rowAt } from './compare-rows.ts';
import type { CompareRow } from './compare-rows.ts';
import { CompareTree } from './CompareTree.tsx';

const TITLES: Readonly<Record<Difference, string>> = {
  share: 'Share of calls',
  rate: 'Failure rate',
  time: 'Response time',
};

/** The differences as a tree and as a sunburst, in step with each other. */
export function CompareViews(props: { answer: CompareAnswer }): JSX.Element {
  const app = useApp();
  const difference = (): Difference => DIFFERENCES.find((name) => name === app.view().mode) ?? DIFFERENCES[0];
  const rows = createMemo(() => compareRows(props.answer.root));
  const rowOf = createMemo(() => new Map(rows().map((row) => [row.node, row])));
  const chosen = createMemo(() => rowAt(rows(), app.view().node));
  const [hovered, setHovered] = createSignal<CompareRow | null>(null);
  const choose = (row: CompareRow) => app.navigate({ node: row.depth === 0 ? null : pathOf(row) }, 'replace');
  const highlighted = () => {
    const row = hovered() ?? chosen();
    return row === null ? [] : linkedRows(row).map(({ node }) => node);
  };
  return (
    <>
      <ModeButtons
        label="Difference that the colours show"
        names={DIFFERENCES}
        titles={TITLES}
        chosen={difference()}
        onChoose={(name) => app.navigate({ mode: name === DIFFERENCES[0] ? null : name }, 'replace')}
      />
      <div class="compare-panels">
        <div class="compare-tree">
          <CompareTree
            rows={rows()}
            chosen={chosen()}
            onChoose={choose}
            hovered={hovered()}
            onHover={setHovered}
          />
        </div>
        <DifferenceSunburst
          answer={props.answer}
          difference={difference()}
          highlighted={highlighted()}
          onHover={(node) => setHovered(node === null ? null : (rowOf().get(node) ?? null))}
          onSelect={(node) => {
            const row = rowOf().get(node);
            if (row) choose(row);
          }}
        />
      </div>
    </>
  );
}
