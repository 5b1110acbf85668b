/**
 * The tabs of the backtrace screen; add one: one line here. All are about the target under its filters; some about
 * the selected caller too (Subject.tsx).
 */
import type { TabItem } from '../parts/Tabs.tsx';

export const SCREEN_TABS = [
  { slug: 'callers', title: 'Callers' },
  { slug: 'impact', title: 'Impact' },
  { slug: 'failures', title: 'Details of failure' },
  { slug: 'flow', title: 'Service flow' },
  { slug: 'hotspots', title: 'Hotspots' },
  { slug: 'compare', title: 'Compare' },
  { slug: 'outliers', title: 'Outliers' },
] as const satisfies readonly TabItem[];

export type ScreenTab = (typeof SCREEN_TABS)[number]['slug'];
