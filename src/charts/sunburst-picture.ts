/** How a laid out sunburst is drawn: sectors, labels and the marks at the rim. Paint and words are given. */
import type { CustomSeriesOption } from 'echarts/charts';
import type { ChainEnd } from '../model/service.ts';
import type { ChartOption, ChartSize } from './chart-option.ts';
import { END_MARK_ROOM, labelFontSize, labelRoom, ringRadii } from './sunburst-layout.ts';
import type { RingRadii, SunburstArc, SunburstLayout } from './sunburst-layout.ts';
import type { ChartTheme } from './theme.ts';
import { PLAIN_TOOLTIP, tooltipElement } from './tooltip.ts';
import type { TooltipText } from './tooltip.ts';

export interface ArcPaint {
  readonly fill: string;
  /** Letters on the fill. */
  readonly text: string;
  /** Hatching; null: none. */
  readonly decal: object | null;
  /** A broken outline. */
  readonly dashed?: boolean;
}

export interface SunburstPicture<N> {
  readonly layout: SunburstLayout<N>;
  readonly paint: (arc: SunburstArc<N>) => ArcPaint;
  readonly label: (arc: SunburstArc<N>) => string;
  readonly tooltip: (arc: SunburstArc<N>) => TooltipText;
}

/** Data item i is arc i of the layout. */
export function drawSunburst<N>(
  picture: SunburstPicture<N>,
  theme: ChartTheme,
  size: ChartSize,
): ChartOption {
  const { arcs } = picture.layout;
  return {
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.fontFamily },
    aria: { enabled: false },
    tooltip: {
      ...PLAIN_TOOLTIP,
      trigger: 'item',
      formatter: (item) => {
        const arc = arcs[Array.isArray(item) ? item[0].dataIndex : item.dataIndex];
        return arc === undefined ? '' : tooltipElement(picture.tooltip(arc));
      },
    },
    series: [
      {
        type: 'custom',
        coordinateSystem: 'none',
        data: arcs.map((arc) => ({ value: arc.calls, name: picture.label(arc) })),
        renderItem: (params) => drawArc(arcs[params.dataIndex], { picture, theme, size }),
      },
    ],
  };
}

interface Scene<N> {
  readonly picture: SunburstPicture<N>;
  readonly theme: ChartTheme;
  readonly size: ChartSize;
}

type Drawing = ReturnType<NonNullable<CustomSeriesOption['renderItem']>>;

/** Clockwise shares from the top → ECharts' radians from the right. */
function radians(share: number): number {
  return share * 2 * Math.PI - Math.PI / 2;
}

function drawArc<N>(arc: SunburstArc<N>, scene: Scene<N>): Drawing {
  const side = Math.min(scene.size.width, scene.size.height);
  const isMark = arc.kind === 'end' || arc.kind === 'deeper';
  const radii = ringRadii(isMark ? arc.ring - 1 : arc.ring, scene.picture.layout.rings, side);
  const centre = { cx: scene.size.width / 2, cy: scene.size.height / 2 };
  const angles = { startAngle: radians(arc.from), endAngle: radians(arc.to) };
  if (isMark) {
    const rim = { r0: radii.outer + 2, r: radii.outer + END_MARK_ROOM - 5 };
    return {
      type: 'sector',
      shape: { ...centre, ...angles, ...rim },
      style: arc.end === null ? deeperStyle(scene.theme) : markStyle(arc.end, scene.theme),
    };
  }
  const sector = {
    type: 'sector',
    shape: { ...centre, ...angles, r0: radii.inner, r: radii.outer },
    style: sectorStyle(scene.picture.paint(arc), scene.theme),
    emphasis: { style: { stroke: scene.theme.accent, lineWidth: 3 } },
  };
  const label = drawLabel(arc, radii, scene);
  const parts = [sector, ...(arc.kind === 'other' ? [stackMark(sector.shape, scene.theme)] : []), label];
  return { type: 'group', children: parts.filter((part) => part !== null) } as Drawing;
}

/** Along the inner side of an arc that stands for several callers: a striped band, whatever its failures. */
function stackMark(shape: { readonly r0: number; readonly r: number }, theme: ChartTheme): object {
  const band = Math.min(6, (shape.r - shape.r0) / 3);
  return {
    type: 'sector',
    silent: true,
    shape: { ...shape, r0: shape.r0 + 1, r: shape.r0 + 1 + band },
    style: { fill: theme.surface, decal: stripes(theme.mutedText) },
  };
}

/** The rim where callers further out are not drawn: striped across, unlike every end of a chain. */
function deeperStyle(theme: ChartTheme): object {
  return { fill: theme.other, decal: stripes(theme.mutedText) };
}

function stripes(color: string): object {
  return { symbol: 'rect', color, dashArrayX: [2, 3], dashArrayY: [1, 0], rotation: Math.PI / 4 };
}

function sectorStyle({ fill, decal, dashed }: ArcPaint, theme: ChartTheme): object {
  const outline = dashed === true ? { stroke: theme.mutedText, lineDash: [4, 3] } : { stroke: theme.surface };
  return { fill, lineWidth: 1.5, ...outline, ...(decal === null ? {} : { decal }) };
}

/** User action: filled; entry point: hollow; caller missing: broken. */
function markStyle(end: ChainEnd, theme: ChartTheme): object {
  if (end === 'userAction') return { fill: theme.userAction, stroke: theme.surface, lineWidth: 1 };
  if (end === 'entryPoint') return { fill: theme.surface, stroke: theme.entryPoint, lineWidth: 1.5 };
  return { fill: theme.surface, stroke: theme.callerMissing, lineWidth: 1.5, lineDash: [3, 3] };
}

function drawLabel<N>(arc: SunburstArc<N>, radii: RingRadii, scene: Scene<N>): object | null {
  const centre = { x: scene.size.width / 2, y: scene.size.height / 2 };
  const fontSize = labelFontSize(Math.min(scene.size.width, scene.size.height));
  const paint = scene.picture.paint(arc);
  const style = {
    text: scene.picture.label(arc),
    fill: paint.text,
    // An outline in the arc's colour keeps letters apart from the hatching.
    stroke: paint.fill,
    lineWidth: paint.decal === null ? 0 : 3,
    font: `${fontSize}px ${scene.theme.fontFamily}`,
    align: 'center',
    verticalAlign: 'middle',
    overflow: 'truncate',
    ellipsis: '…',
  };
  if (arc.ring === 0) {
    const bold = `600 ${fontSize + 1}px ${scene.theme.fontFamily}`;
    const text = centreText(style.text, Math.floor(radii.outer / fontSize));
    return {
      type: 'text',
      ...centre,
      silent: true,
      style: { ...style, text, font: bold, lineHeight: fontSize * 1.3, width: radii.outer * 1.9 },
    };
  }
  const room = labelRoom(arc.to - arc.from, radii, fontSize);
  if (room === null) return null;
  const angle = radians((arc.from + arc.to) / 2);
  const middle = (radii.inner + radii.outer) / 2;
  return {
    type: 'text',
    x: centre.x + middle * Math.cos(angle),
    y: centre.y + middle * Math.sin(angle),
    rotation: labelRotation(angle, room.rotation),
    silent: true,
    style: { ...style, width: room.width },
  };
}

/** Several services below each other, as far as there is room for lines; each is cut to the width. */
function centreText(name: string, lines: number): string {
  const names = name.split(' + ');
  if (names.length === 1 || lines < 2) return name;
  const shown = names.length > lines ? names.slice(0, lines - 1) : names;
  const more = names.length > shown.length ? [`${names.length - shown.length} more`] : [];
  return [...shown, ...more].join('\n+ ');
}

/** zrender turns counter-clockwise; text is kept from standing on its head. */
function labelRotation(angle: number, direction: 'along' | 'outward'): number {
  const reading = direction === 'along' ? angle + Math.PI / 2 : angle;
  const upright = Math.cos(reading) < -1e-9 ? reading + Math.PI : reading;
  return -upright;
}
