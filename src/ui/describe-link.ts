/** What a link shows and needs, in words. */
import type { LinkData, ViewState } from '../link/view-state.ts';
import { describeCountOf, describeList } from '../util/text.ts';

export function describeFiles(data: LinkData): string {
  if (data.files.length === 0) return `fingerprint ${data.fingerprint}`;
  const more = data.moreFiles > 0 ? [describeCountOf(data.moreFiles, 'more file')] : [];
  return describeList([...data.files, ...more]);
}

export function describeView(view: ViewState): string {
  const service = view.service === null ? 'a service' : `“${view.service}”`;
  const words = {
    start: 'the start page',
    services: 'the services',
    requests: 'the top requests',
    service: `the service ${service}`,
    backtrace: `the backtrace of ${service}`,
    trace: `the trace ${view.trace ?? ''}`.trim(),
    summary: 'the data summary',
  } as const;
  return words[view.view];
}
