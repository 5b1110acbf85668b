import type { RequestTable } from '../assembly/request-table.ts';
import type { Ruleset } from '../model/ruleset.ts';
import type { ReasonRuleChange, RulesPreview, ServiceRuleChange } from '../model/answers-rules.ts';
import type { ServiceRef } from '../model/service.ts';
import { compareText } from '../util/compare-text.ts';
import { withRules } from './with-rules.ts';

const MOST_REASONS = 100;

/** What would change if `after` held instead of `before`, over all requests of the dataset. */
export function previewChange(table: RequestTable, before: Ruleset, after: Ruleset): RulesPreview {
  const old = withRules(table, before);
  const next = withRules(table, after);
  const services = table.services.map((service) => new ChangeCount(service));
  const reasons = new Map<string, { service: number; reason: string; becomes: boolean; requests: number }>();
  for (let row = 0; row < table.count; row++) {
    const was = old.failed[row];
    const becomes = next.failed[row];
    const service = table.service[row];
    services[service].add(was, becomes);
    if (was === becomes) continue;
    const reason = becomes ? next.texts[next.reason[row]] : old.texts[old.reason[row]];
    const key = `${service} ${becomes} ${reason}`;
    const known = reasons.get(key);
    if (known) known.requests++;
    else reasons.set(key, { service, reason, becomes: becomes === 1, requests: 1 });
  }
  const changed = services.map((count) => count.change()).filter((one) => changes(one) > 0);
  const all = services.reduce((sum, count) => sum.plus(count), new ChangeCount(NOBODY)).change();
  return {
    requests: all.requests,
    failedBefore: all.failedBefore,
    failedAfter: all.failedAfter,
    becameFailed: all.becameFailed,
    becameFine: all.becameFine,
    services: changed.sort((a, b) => changes(b) - changes(a) || compareServices(a, b)),
    reasons: [...reasons.values()]
      .map((one): ReasonRuleChange => ({
        service: table.services[one.service],
        reason: one.reason,
        becomes: one.becomes ? 'failed' : 'fine',
        requests: one.requests,
      }))
      .sort((a, b) => b.requests - a.requests || compareServices(a, b) || compareText(a.reason, b.reason))
      .slice(0, MOST_REASONS),
  };
}

const NOBODY: ServiceRef = { name: '', type: 'service' };

class ChangeCount {
  readonly #service: ServiceRef;
  #requests = 0;
  #failedBefore = 0;
  #failedAfter = 0;
  #becameFailed = 0;

  constructor(service: ServiceRef) {
    this.#service = service;
  }

  add(was: number, becomes: number): void {
    this.#requests++;
    this.#failedBefore += was;
    this.#failedAfter += becomes;
    if (becomes > was) this.#becameFailed++;
  }

  plus(other: ChangeCount): this {
    this.#requests += other.#requests;
    this.#failedBefore += other.#failedBefore;
    this.#failedAfter += other.#failedAfter;
    this.#becameFailed += other.#becameFailed;
    return this;
  }

  change(): ServiceRuleChange {
    return {
      service: this.#service,
      requests: this.#requests,
      failedBefore: this.#failedBefore,
      failedAfter: this.#failedAfter,
      becameFailed: this.#becameFailed,
      becameFine: this.#failedBefore + this.#becameFailed - this.#failedAfter,
    };
  }
}

function changes({ becameFailed, becameFine }: ServiceRuleChange): number {
  return becameFailed + becameFine;
}

function compareServices(a: { service: ServiceRef }, b: { service: ServiceRef }): number {
  return compareText(a.service.name, b.service.name) || compareText(a.service.type, b.service.type);
}
