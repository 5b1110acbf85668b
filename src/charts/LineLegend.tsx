import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import { lineMark } from './top-requests.ts';
import type { LineMark } from './top-requests.ts';

/** Dashes and gaps of a stroke, in px of the mark below. */
const DASHES: Readonly<Record<LineMark['stroke'], string>> = { solid: 'none', dashed: '6 4', dotted: '2 3' };

/** The sign in the middle of the mark, as ECharts draws it at the points of the line. */
const SIGNS: Readonly<Record<LineMark['symbol'], string>> = {
  circle: 'M10.5 6a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z',
  rect: 'M10.5 2.5h7v7h-7z',
  triangle: 'M14 2l4 7.5h-8z',
  diamond: 'M14 1.5l4.5 4.5l-4.5 4.5l-4.5 -4.5z',
};

/** Which line is whose: all of them at once, so that none hides behind a pager that only a mouse can turn. */
export function LineLegend(props: { names: readonly string[] }): JSX.Element {
  return (
    <ul class="line-legend" aria-label="Lines">
      <For each={props.names}>
        {(name, line) => (
          <li>
            <LegendLine mark={lineMark(line())} />
            <span>{name}</span>
          </li>
        )}
      </For>
    </ul>
  );
}

function LegendLine(props: { mark: LineMark }): JSX.Element {
  return (
    <svg class={`line-mark series-${props.mark.color}`} viewBox="0 0 28 12" aria-hidden="true">
      <path d="M0 6h28" stroke="currentColor" stroke-width="2" stroke-dasharray={DASHES[props.mark.stroke]} />
      <path d={SIGNS[props.mark.symbol]} fill="currentColor" />
    </svg>
  );
}
