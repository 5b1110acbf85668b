/** Services and how they are named (SEMANTICS.md §2, §4). */

export const SERVICE_TYPES = [
  'application',
  'web server',
  'service',
  'database',
  'queue',
  'third-party',
  'unmonitored',
] as const;

export type ServiceType = (typeof SERVICE_TYPES)[number];

/** Seen only through the calls of others: made from outgoing calls, without spans of their own. */
export function isInferred(type: ServiceType): boolean {
  return type === 'database' || type === 'queue' || type === 'third-party' || type === 'unmonitored';
}

/**
 * Names a service in links, answers and exports: never a row number.
 * `name` is the displayed one (`namespace/name` where two namespaces share a name in the data).
 */
export interface ServiceRef {
  readonly name: string;
  readonly type: ServiceType;
}

/** Whose requests: those of `service`, and where several services are the target, at the root those of the others too. */
export interface NamedServices {
  readonly service: ServiceRef;
  /** Left out: none. */
  readonly others?: readonly ServiceRef[];
}

/** `orders`, `orders + cart` */
export function nameOfServices({ service, others = [] }: NamedServices): string {
  return [service, ...others].map(({ name }) => name).join(' + ');
}

/** How a chain ends (SEMANTICS.md §5). */
export type ChainEnd = 'userAction' | 'entryPoint' | 'callerMissing';

/** What became of the failures (SEMANTICS.md §6, Impact). */
export type Verdict =
  'no failures' | 'handled' | 'partly handled' | 'reached users' | 'reached entry points' | 'unknown';
