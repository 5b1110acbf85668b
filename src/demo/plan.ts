/** The demo system ready to run: names resolved to what they name, spans rendered to shapes. */
import type { LoadShapes } from './applications.ts';
import type { Template } from './otlp-text.ts';
import type { Quota } from './random.ts';
import type { Instance } from './resources.ts';
import type { ShapeOwner, SpanShape } from './shapes.ts';

export interface PlannedService extends ShapeOwner {
  readonly instances: readonly Instance[];
}

/** The web server that requests from outside pass first. */
export interface Edge {
  readonly service: PlannedService;
  readonly shape: SpanShape;
}

/** How often something fails, 0..1. */
export interface PlannedFailure {
  readonly rate: number;
  readonly quota: Quota;
}

export interface PlannedOwnFailure extends PlannedFailure {
  readonly incidentRate: number;
  readonly exception: Template;
  /** What the failure adds to the time of the request. */
  readonly afterNs: number;
}

export interface PlannedOperation {
  readonly service: PlannedService;
  readonly shape: SpanShape;
  /** The span of the sidecar before it. */
  readonly ingress: SpanShape | null;
  readonly edge: Edge | null;
  readonly steps: readonly PlannedStep[];
  readonly takesNs: number;
  readonly slowerInIncident: number;
  /** null: fails only when a step does. */
  readonly fails: PlannedOwnFailure | null;
}

export interface PlannedConsumer {
  readonly operation: PlannedOperation;
  readonly by: 'parent' | 'link';
}

/** What comes of calls to others: `tries` has one shape per attempt. */
interface Outgoing {
  readonly tries: readonly SpanShape[];
  /** What the caller throws when the last attempt fails. */
  readonly exception: Template;
}

export interface PlannedCall extends Outgoing {
  readonly does: 'call';
  readonly callee: PlannedOperation;
  /** The span of the caller's sidecar. */
  readonly egress: SpanShape | null;
  readonly isFromOutside: boolean;
}

export interface PlannedAsk extends Outgoing {
  readonly does: 'ask';
  readonly takesNs: number;
  readonly fails: PlannedFailure | null;
}

export interface PlannedQuery {
  readonly does: 'query';
  readonly shape: SpanShape;
  readonly takesNs: number;
}

export interface PlannedPublish {
  readonly does: 'publish';
  readonly shape: SpanShape;
  readonly consumers: readonly PlannedConsumer[];
}

export interface PlannedWork {
  readonly does: 'work';
  readonly shape: SpanShape;
  readonly takesNs: number;
  readonly steps: readonly PlannedStep[];
}

export interface PlannedTogether {
  readonly does: 'together';
  readonly steps: readonly PlannedStep[];
}

export interface PlannedOptions {
  readonly chance: number;
  readonly times: number;
  readonly isHandled: boolean;
}

export type PlannedStep = PlannedOptions &
  (PlannedCall | PlannedAsk | PlannedQuery | PlannedPublish | PlannedWork | PlannedTogether);

interface InApp {
  readonly app: PlannedService;
  /** Path of the page; '' = a screen of a mobile app, which sends no referrer. */
  readonly page: string;
}

export type PlannedJourney =
  | (InApp & {
      readonly starts: 'action';
      readonly shape: SpanShape;
      /** What the app reports when a step fails. */
      readonly exception: Template;
      readonly steps: readonly PlannedStep[];
    })
  | (InApp & { readonly starts: 'load'; readonly shapes: LoadShapes; readonly steps: readonly PlannedStep[] })
  | (InApp & {
      readonly starts: 'rendered page';
      readonly shapes: LoadShapes;
      readonly operation: PlannedOperation;
    })
  | {
      readonly starts: 'schedule';
      readonly service: PlannedService;
      readonly shape: SpanShape;
      readonly steps: readonly PlannedStep[];
    }
  | { readonly starts: 'partner' | 'unseen caller'; readonly operation: PlannedOperation };

export interface Plan {
  readonly journeys: readonly PlannedJourney[];
  /** Running sums of the journeys' weights. */
  readonly weightSums: readonly number[];
}
