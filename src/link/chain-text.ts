/**
 * Chains of services as readable text: `orders,web-server:nginx,application:shop`.
 * A step is `type:name`; the type is left out for plain services. `~` escapes: `~~` is `~`, `~.` is `,`, `~-` is `:`.
 */
import type { ChainPath } from '../model/answers.ts';
import { SERVICE_TYPES } from '../model/service.ts';
import type { ServiceRef, ServiceType } from '../model/service.ts';

/** `web server` → `web-server`. */
export function writeServiceType(type: ServiceType): string {
  return type.replaceAll(' ', '-');
}

/** null: no such type. */
export function readServiceType(text: string): ServiceType | null {
  return SERVICE_TYPES.find((type) => writeServiceType(type) === text) ?? null;
}

export function writeChain(path: ChainPath): string {
  return path.map(writeStep).join(',');
}

/** null: not a chain. */
export function readChain(text: string): ChainPath | null {
  const steps = text.split(',').map(readStep);
  return steps.every((step) => step !== null) ? steps : null;
}

export function writeStep(service: ServiceRef): string {
  const name = escapePart(service.name);
  return service.type === 'service' ? name : `${writeServiceType(service.type)}:${name}`;
}

/** null: not a step. */
export function readStep(step: string): ServiceRef | null {
  const colon = step.indexOf(':');
  const type = colon < 0 ? 'service' : readServiceType(step.slice(0, colon));
  const name = unescapePart(step.slice(colon + 1));
  return type === null || name === null ? null : { name, type };
}

const ESCAPES: Readonly<Record<string, string>> = { '~~': '~', '~.': ',', '~-': ':' };

/** Without a bare comma or colon. */
export function escapePart(text: string): string {
  return text.replaceAll('~', '~~').replaceAll(',', '~.').replaceAll(':', '~-');
}

/** null: not escaped so. */
export function unescapePart(text: string): string | null {
  if (text.includes(':') || /~(?![~.-])/.test(text.replaceAll('~~', ''))) return null;
  return text.replace(/~[~.-]/g, (escape) => ESCAPES[escape]);
}
