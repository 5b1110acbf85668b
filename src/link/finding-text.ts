/** What a finding of the hotspots is, as text: `repeated,shop,cart,GET /items`, `sequential,shop,cart,pay`, `statement,database:orders,SELECT`, `outside`. */
import { isUncounted } from '../model/answers-hotspots.ts';
import type { FindingKey, UncountedKey } from '../model/answers-hotspots.ts';
import { readStep, writeStep } from './chain-text.ts';

export function writeFinding(key: FindingKey | UncountedKey): string {
  if (isUncounted(key)) return key.kind;
  if (key.kind === 'sequential') {
    return [key.kind, ...[key.caller, key.first, key.second].map(writeStep)].join(',');
  }
  const services = key.kind === 'statement' ? [key.callee] : [key.caller, key.callee];
  return [key.kind, ...services.map(writeStep), key.endpoint].join(',');
}

/** A step holds no bare comma, so that what follows the steps is the endpoint. null: not a finding. */
export function readFinding(text: string): FindingKey | UncountedKey | null {
  if (text === 'outside' || text === 'withoutTime') return { kind: text };
  const [kind, ...rest] = text.split(',');
  const [first, second, third] = rest.map(readStep);
  if (kind === 'statement' && first && rest.length >= 2) {
    return { kind, callee: first, endpoint: rest.slice(1).join(',') };
  }
  if (kind === 'repeated' && first && second && rest.length >= 3) {
    return { kind, caller: first, callee: second, endpoint: rest.slice(2).join(',') };
  }
  if (kind === 'sequential' && first && second && third && rest.length === 3) {
    return { kind, caller: first, first: second, second: third };
  }
  return null;
}
