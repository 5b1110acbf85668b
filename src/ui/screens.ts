/** The list of screens: title and code of each, loaded when first shown. */
import { lazy } from 'solid-js';
import type { Component } from 'solid-js';
import type { ViewName } from '../link/view-state.ts';
import { describeZone } from '../util/text.ts';

export interface Screen {
  readonly title: string;
  readonly component: LazyComponent;
  /** Shown only with a target service in the link. */
  readonly needsService: boolean;
}

type LazyComponent = Component & { preload: () => Promise<unknown> };

export const SCREENS: Readonly<Record<ViewName, Screen>> = {
  start: {
    title: 'Start',
    component: lazy(async () => ({ default: (await import('./start/StartScreen.tsx')).StartScreen })),
    needsService: false,
  },
  services: {
    title: 'Services',
    component: lazy(async () => ({
      default: (await import('./services/ServicesScreen.tsx')).ServicesScreen,
    })),
    needsService: false,
  },
  requests: {
    title: 'Top requests',
    component: lazy(async () => ({
      default: (await import('./requests/RequestsScreen.tsx')).RequestsScreen,
    })),
    needsService: false,
  },
  service: {
    title: 'Service',
    component: lazy(async () => ({ default: (await import('./service/ServiceScreen.tsx')).ServiceScreen })),
    needsService: true,
  },
  backtrace: {
    title: 'Backtrace',
    component: lazy(async () => ({
      default: (await import('./backtrace/BacktraceScreen.tsx')).BacktraceScreen,
    })),
    needsService: true,
  },
  trace: {
    title: 'Trace',
    component: lazy(async () => ({ default: (await import('./traces/TraceScreen.tsx')).TraceScreen })),
    needsService: false,
  },
  summary: {
    title: 'Data summary',
    component: lazy(async () => ({ default: (await import('./summary/SummaryScreen.tsx')).SummaryScreen })),
    needsService: false,
  },
};

/** As long as there is nothing to draw: what draws it has then been seen at work. */
export async function rehearseScreens(): Promise<void> {
  const { rehearseCharts } = await import('../charts/rehearse-charts.ts');
  describeZone(new Date());
  await rehearseCharts();
}

/** Fetches the rest of the program once the first screen is there: afterwards the page asks for nothing, even offline. */
export async function preloadScreens(): Promise<void> {
  for (const { component } of Object.values(SCREENS)) await component.preload();
  await import('../charts/echarts.ts');
}
