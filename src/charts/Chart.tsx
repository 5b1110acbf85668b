/** The one chart host: the only file that creates, resizes and disposes an ECharts instance. */
import type { EChartsType } from 'echarts/core';
import { createEffect, createSignal, on, onCleanup, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChartOption, ChartSize } from './chart-option.ts';
import { attachDragRange } from './drag-range.ts';
import { drawInTurn, painted } from './draw-in-turn.ts';
import { onThemeChange, readTheme } from './theme.ts';
import type { ChartTheme } from './theme.ts';

/** Draws the option for a theme and a size. */
export type OptionBuilder = (theme: ChartTheme, size: ChartSize) => ChartOption;

export interface ChartHandle {
  /** The picture as a file, drawn anew at `size`; null while the chart is still being loaded. */
  image(format: 'png' | 'svg', size: ChartSize): Promise<Blob | null>;
}

export interface ChartProps {
  /** Accessible name. */
  readonly label: string;
  readonly class: string;
  readonly option: OptionBuilder;
  /** Data index under the pointer; null: none. */
  readonly onHover?: (dataIndex: number | null) => void;
  /** What was clicked; where a range can be dragged, the category of the x axis. */
  readonly onSelect?: (dataIndex: number) => void;
  /** Data indices to lift out. */
  readonly highlighted?: readonly number[];
  /** Categories of the x axis that were dragged over, first and last. */
  readonly onDragRange?: (first: number, last: number) => void;
  readonly ref?: (handle: ChartHandle) => void;
}

type Library = typeof import('./echarts.ts');

/** Fills its box, whose height the class gives. Follows the theme and the size of the box. */
export function Chart(props: ChartProps): JSX.Element {
  let host!: HTMLDivElement;
  const [library, setLibrary] = createSignal<Library | null>(null);
  const [chart, setChart] = createSignal<EChartsType | null>(null);
  const [theme, setTheme] = createSignal<ChartTheme | null>(null);
  const [size, setSize] = createSignal<ChartSize>({ width: 0, height: 0 }, { equals: isSameSize });
  /** How often the option was drawn: 0 is not yet. */
  const [drawings, setDrawings] = createSignal(0);
  const [failed, setFailed] = createSignal(false);

  const image = async (format: 'png' | 'svg', wanted: ChartSize): Promise<Blob | null> => {
    const colors = theme();
    const loaded = library();
    if (loaded === null || colors === null) return null;
    return drawImage(loaded, {
      format,
      size: wanted,
      background: colors.surface,
      option: props.option(colors, wanted),
    });
  };

  onMount(() => {
    props.ref?.({ image });
    const observer = new ResizeObserver(() =>
      setSize({ width: host.clientWidth, height: host.clientHeight }),
    );
    // it tells the first size too, when the page has been laid out anyway
    observer.observe(host);
    const stop = onThemeChange(() => setTheme(readTheme(host)));
    let disposed = false;
    // once the figures stand: colours that are asked for before have the page's styles worked out at once
    void painted()
      .then(() => import('./echarts.ts'))
      .then(
        (loaded) => {
          if (disposed) return;
          setTheme(readTheme(host));
          setLibrary(() => loaded);
        },
        () => setFailed(true),
      );
    onCleanup(() => {
      disposed = true;
      stop();
      observer.disconnect();
      chart()?.dispose();
    });
  });

  createEffect(() => {
    const loaded = library();
    // A box without a size cannot be drawn into; it may get one later.
    if (loaded === null || chart() !== null || size().width === 0 || size().height === 0) return;
    onCleanup(drawInTurn(() => setChart(loaded.init(host, null, { renderer: 'canvas' }))));
  });

  createEffect(() => {
    const instance = chart();
    const colors = theme();
    const box = size();
    if (instance === null || colors === null || box.width === 0 || box.height === 0) return;
    const option = { animation: false, ...props.option(colors, box) };
    const done = () => {
      instance.off('rendered', done);
      setDrawings((times) => times + 1);
    };
    const draw = () => {
      instance.on('rendered', done);
      // To lay out is left to resize(), which does not paint: the next frame does, in a task of its own. A plain
      // setOption() paints at once, and a lazy one leaves both to one frame.
      instance.setOption(option, { notMerge: true, lazyUpdate: true });
      instance.resize(box);
    };
    onCleanup(drawInTurn(draw));
  });

  createEffect(() => {
    const instance = chart();
    const dataIndex = [...(props.highlighted ?? [])];
    if (instance === null || drawings() === 0) return;
    instance.dispatchAction({ type: 'downplay', seriesIndex: 0 });
    if (dataIndex.length > 0) instance.dispatchAction({ type: 'highlight', seriesIndex: 0, dataIndex });
  });

  createEffect(
    on(chart, (instance) => {
      if (instance === null) return;
      instance.on('mouseover', (event) => props.onHover?.(event.dataIndex));
      instance.on('globalout', () => props.onHover?.(null));
      instance.on('mouseout', () => props.onHover?.(null));
      if (props.onDragRange === undefined) {
        instance.on('click', (event) => props.onSelect?.(event.dataIndex));
      } else {
        // All of the height above a category is its: a low bar could hardly be hit.
        instance.getZr().on('click', ({ offsetX, offsetY }) => {
          const within = instance.containPixel({ gridIndex: 0 }, [offsetX, offsetY]);
          if (within) props.onSelect?.(categoryAt(instance, offsetX));
        });
        onCleanup(
          attachDragRange(host, {
            categoryAt: (x) => categoryAt(instance, x),
            onRange: (first, last) => props.onDragRange?.(first, last),
          }),
        );
      }
    }),
  );

  return (
    <div class={props.class}>
      <div class="chart-host" role="img" aria-label={props.label} ref={host} />
      {failed() && <p class="chart-failed">The chart could not be loaded. Its figures are in the table.</p>}
    </div>
  );
}

function isSameSize(a: ChartSize, b: ChartSize): boolean {
  return a.width === b.width && a.height === b.height;
}

/** Index of the category at x px of the host, clamped to the axis. */
function categoryAt(chart: EChartsType, x: number): number {
  const index = Number(chart.convertFromPixel({ xAxisIndex: 0 }, x));
  return Number.isFinite(index) ? Math.max(0, Math.round(index)) : 0;
}

interface ImageOrder {
  readonly format: 'png' | 'svg';
  readonly size: ChartSize;
  readonly background: string;
  readonly option: ChartOption;
}

async function drawImage(library: Library, order: ImageOrder): Promise<Blob | null> {
  const { format, size, background } = order;
  const still = { ...order.option, animation: false, backgroundColor: background };
  if (format === 'svg') {
    const drawing = library.init(null, null, { renderer: 'svg', ssr: true, ...size });
    drawing.setOption(still);
    const text = drawing.renderToSVGString();
    drawing.dispose();
    return new Blob([text], { type: 'image/svg+xml' });
  }
  const drawing = library.init(document.createElement('div'), null, { renderer: 'canvas', ...size });
  drawing.setOption(still);
  const canvas = drawing.renderToCanvas({ pixelRatio: 2, backgroundColor: background });
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  drawing.dispose();
  return blob;
}
