/** Colours of the charts, read from CSS variables: canvas and SVG do not inherit them. */

export interface ChartTheme {
  readonly dark: boolean;
  readonly surface: string;
  readonly text: string;
  readonly mutedText: string;
  readonly line: string;
  readonly bar: string;
  readonly failed: string;
  readonly median: string;
  readonly p95: string;
  readonly accent: string;
  readonly other: string;
  readonly hatching: string;
  /** On the strongest failure colour. */
  readonly hatchingStrong: string;
  /** By FailureLevel. */
  readonly failure: readonly string[];
  readonly failureText: readonly string[];
  /** A difference between two sides, from little to much. */
  readonly more: readonly string[];
  readonly moreText: readonly string[];
  readonly less: readonly string[];
  readonly lessText: readonly string[];
  /** Of lines side by side, told apart by their strokes too. */
  readonly series: readonly string[];
  /** Marks at the end of a chain. */
  readonly userAction: string;
  readonly entryPoint: string;
  readonly callerMissing: string;
  readonly fontFamily: string;
}

const VARIABLES = {
  surface: '--chart-surface',
  text: '--chart-text',
  mutedText: '--chart-muted-text',
  line: '--chart-line',
  bar: '--chart-bar',
  failed: '--chart-failed',
  median: '--chart-median',
  p95: '--chart-p95',
  accent: '--chart-accent',
  other: '--chart-other',
  hatching: '--chart-hatching',
  hatchingStrong: '--chart-hatching-strong',
  userAction: '--chart-user-action',
  entryPoint: '--chart-entry-point',
  callerMissing: '--chart-caller-missing',
} as const;

const levels = (name: string, ...which: readonly number[]) =>
  which.map((level) => `--chart-${name}-${level}`);

const LISTS = {
  failure: levels('failure', 0, 1, 2, 3, 4),
  failureText: levels('failure-text', 0, 1, 2, 3, 4),
  more: levels('more', 1, 2, 3),
  moreText: levels('more-text', 1, 2, 3),
  less: levels('less', 1, 2, 3),
  lessText: levels('less-text', 1, 2, 3),
  series: levels('series', 0, 1, 2, 3, 4, 5, 6, 7),
} as const;

/** Reads the theme as it is computed for this element. */
export function readTheme(host: HTMLElement): ChartTheme {
  const colors = colorsOf(host, [...Object.values(VARIABLES), ...Object.values(LISTS).flat()]);
  const color = (variable: string) => colors.get(variable) ?? '';
  const single = Object.entries(VARIABLES).map(([name, variable]) => [name, color(variable)]);
  const lists = Object.entries(LISTS).map(([name, variables]) => [name, variables.map(color)]);
  return {
    ...(Object.fromEntries(single) as Record<keyof typeof VARIABLES, string>),
    ...(Object.fromEntries(lists) as Record<keyof typeof LISTS, string[]>),
    dark: isDark(getComputedStyle(host).colorScheme, host),
    // ECharts writes it into an attribute of the SVG file as it is: double quotes would end that.
    fontFamily: getComputedStyle(host).fontFamily.replaceAll('"', "'") || 'sans-serif',
  };
}

/**
 * A custom property may hold light-dark(…); as a colour of an element it is resolved. All are asked for before the first
 * is read: the browser works out styles once instead of once a colour.
 */
function colorsOf(host: HTMLElement, variables: readonly string[]): ReadonlyMap<string, string> {
  const probes = host.ownerDocument.createElement('span');
  probes.hidden = true;
  for (const variable of variables) {
    const probe = host.ownerDocument.createElement('span');
    probe.style.color = `var(${variable})`;
    probes.append(probe);
  }
  host.append(probes);
  const colors = new Map(
    variables.map((variable, i) => [variable, getComputedStyle(probes.children[i]).color]),
  );
  probes.remove();
  return colors;
}

function isDark(colorScheme: string, host: HTMLElement): boolean {
  if (colorScheme === 'dark' || colorScheme === 'light') return colorScheme === 'dark';
  return host.ownerDocument.defaultView?.matchMedia('(prefers-color-scheme: dark)').matches ?? false;
}

/** Calls back when the page goes from light to dark or back. Returns the unsubscriber. */
export function onThemeChange(callback: () => void): () => void {
  const media = window.matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['class', 'data-theme', 'style'],
  });
  media.addEventListener('change', callback);
  return () => {
    observer.disconnect();
    media.removeEventListener('change', callback);
  };
}
