import type { ChartTheme } from '../../src/charts/theme.ts';

/** Every colour is its own name, so that a test reads what is drawn with what. */
export const SAMPLE_THEME: ChartTheme = {
  dark: false,
  surface: 'surface',
  text: 'text',
  mutedText: 'mutedText',
  line: 'line',
  bar: 'bar',
  failed: 'failed',
  median: 'median',
  p95: 'p95',
  accent: 'accent',
  other: 'other',
  hatching: 'hatching',
  hatchingStrong: 'hatchingStrong',
  failure: ['failure0', 'failure1', 'failure2', 'failure3', 'failure4'],
  failureText: ['text0', 'text1', 'text2', 'text3', 'text4'],
  more: ['more1', 'more2', 'more3'],
  moreText: ['moreText1', 'moreText2', 'moreText3'],
  less: ['less1', 'less2', 'less3'],
  lessText: ['lessText1', 'lessText2', 'lessText3'],
  series: ['series0', 'series1', 'series2', 'series3', 'series4', 'series5', 'series6', 'series7'],
  userAction: 'userAction',
  entryPoint: 'entryPoint',
  callerMissing: 'callerMissing',
  fontFamily: 'sans-serif',
};
