/** How requests spread: over response times, instances and time. Response times in ms unless said otherwise. */
import type { ChainPath, ResponseTime, TimeSeries } from './answers.ts';
import type { ServiceRef } from './service.ts';

export const HISTOGRAM_SCALES = ['linear', 'log'] as const;
export type HistogramScale = (typeof HISTOGRAM_SCALES)[number];

/** Requests with a duration in [fromNs, toNs). */
export interface HistogramBar {
  /** ns; as evidence takes them. */
  readonly fromNs: number;
  /** null: the last bar of a linear scale, which holds all that is longer. */
  readonly toNs: number | null;
  readonly requests: number;
  readonly failedRequests: number;
}

export interface DistributionAnswer {
  readonly path: ChainPath;
  readonly found: boolean;
  readonly scale: HistogramScale;
  /** Without gaps, ascending; the sum of their requests is responseTime.count. */
  readonly bars: readonly HistogramBar[];
  readonly responseTime: ResponseTime;
}

export interface InstanceRow {
  readonly name: string;
  readonly requests: number;
  readonly failedRequests: number;
  readonly responseTime: ResponseTime;
  /** Of the service's requests here; 0..1. */
  readonly share: number;
  /** share × number of instances: 1 is a fair part, 2 twice as much. */
  readonly timesFair: number;
}

export interface InstanceTable {
  readonly service: ServiceRef;
  /** Most requests first, then by name. */
  readonly instances: readonly InstanceRow[];
}

export interface InstancesAnswer {
  readonly path: ChainPath;
  readonly found: boolean;
  /** Of the requests at the node. */
  readonly node: InstanceTable;
  /** Of the target requests through the node. The same at the root. */
  readonly target: InstanceTable;
}

export interface ThroughputAnswer {
  readonly found: boolean;
  readonly requests: number;
  readonly failedRequests: number;
  /** Requests per minute of the timeframe; null where it has no length. */
  readonly perMinute: number | null;
  readonly failedPerMinute: number | null;
  /** The fullest bar of the series; the first of equals. */
  readonly busiest: { readonly from: bigint; readonly perMinute: number } | null;
  readonly series: TimeSeries;
}
