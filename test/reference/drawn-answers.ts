/** Drawn traces → what the reference says about them, as short texts. */
import type { BacktraceAnswer } from '../../src/model/answers.ts';
import type { ServiceRef, ServiceType } from '../../src/model/service.ts';
import type { Span } from '../../src/model/span.ts';
import { backtrace, chainBackwards } from './backtrace.ts';
import { assemble } from './requests.ts';

export function ref(name: string, type: ServiceType = 'service'): ServiceRef {
  return { name, type };
}

/** One line per request: its chain, from the end of the chain to itself, and how the chain ends. */
export function chainsOf(spans: readonly Span[]): string[] {
  return assemble(spans).requests.map((request) => {
    const chain = chainBackwards(request).reverse();
    const names = chain.map((step) => step.service.name).join(' > ');
    return `${chain[0]?.end}: ${names}${request.failed ? ' FAILED' : ''}`;
  });
}

export function backtraceOf(spans: readonly Span[], service: ServiceRef): BacktraceAnswer {
  return backtrace(assemble(spans), { service, endpoint: null, instance: null });
}

/** Type and name of every inferred service, in file order. */
export function inferredOf(spans: readonly Span[]): string[] {
  return assemble(spans)
    .requests.filter((request) => request.inferred)
    .map(({ service, endpoint }) => `${service.type}: ${service.name} (${endpoint})`);
}
