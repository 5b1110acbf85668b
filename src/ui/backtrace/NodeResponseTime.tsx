import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { HistogramChart } from '../../charts/HistogramChart.tsx';
import { ResponseTimeChart } from '../../charts/ResponseTimeChart.tsx';
import { HISTOGRAM_SCALES } from '../../model/answers-distribution.ts';
import type { HistogramScale } from '../../model/answers-distribution.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { ModeButtons } from '../parts/ModeButtons.tsx';
import { AnswerTrouble, Pending } from '../service/AnswerStates.tsx';
import { FigureList } from '../service/FigureList.tsx';
import { responseTimeFigures } from '../service/figures.ts';
import { brush } from './brush.ts';
import type { NodeTabProps } from './node-tab-props.ts';

const SCALE_TITLES: Readonly<Record<HistogramScale, string>> = {
  linear: 'Equal steps',
  log: 'Steps that grow (logarithmic)',
};

/** How the response times at the selected node spread, and how they went over time. */
export function NodeResponseTime(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const scale = (): HistogramScale =>
    HISTOGRAM_SCALES.find((name) => name === app.view().mode) ?? HISTOGRAM_SCALES[0];
  const asked = () => ({ target: props.backtrace.target, filter: app.filter(), path: props.path });
  const distribution = createAnswer('distribution', () => ({ ...asked(), scale: scale() }));
  const node = createAnswer('node', asked);
  const show = (durationNs: { readonly from: number; readonly to: number | null }) =>
    app.navigate(
      { evidence: { place: { kind: 'node', path: props.path }, count: 'requests', durationNs } },
      'push',
    );
  return (
    <div class="node-tab" classList={{ stale: distribution.loading() }}>
      <AnswerTrouble error={distribution.error() ?? node.error()} />
      <Show
        when={distribution.latest()}
        fallback={<Pending error={distribution.error()}>Counting …</Pending>}
      >
        {(latest) => (
          <Show when={latest().found} fallback={<p class="quiet">This step is not part of the backtrace.</p>}>
            <FigureList
              label="Response time of the selected step"
              figures={responseTimeFigures(latest().responseTime)}
            />
            <ModeButtons
              label="Scale of the response time"
              names={HISTOGRAM_SCALES}
              titles={SCALE_TITLES}
              chosen={scale()}
              onChoose={(name) =>
                app.navigate({ mode: name === HISTOGRAM_SCALES[0] ? null : name }, 'replace')
              }
            />
            <HistogramChart title="Distribution of the response time" answer={latest()} onRange={show} />
            <p class="quiet brush-note">
              Click a bar or drag over several to list their requests, and to filter by them there.
            </p>
          </Show>
        )}
      </Show>
      <Show when={node.latest()}>
        {(latest) => (
          <ResponseTimeChart
            title="Response time over time"
            series={latest().series}
            onRange={(range) => app.navigate(brush(props.path, 'requests', range), 'push')}
            onBar={(start) =>
              app.navigate(
                { evidence: { place: { kind: 'node', path: props.path }, count: 'requests', start } },
                'push',
              )
            }
          />
        )}
      </Show>
    </div>
  );
}
