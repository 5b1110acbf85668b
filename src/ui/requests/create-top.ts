import { createMemo } from 'solid-js';
import type { Accessor } from 'solid-js';
import type { TopChoice } from '../../model/answers-top.ts';
import { useApp } from '../../state/app.ts';

export const TOPS: readonly number[] = [5, 10, 20, 50, 100];

const DEFAULT_TOP: TopChoice = {
  kind: 'web',
  splits: [{ kind: 'fact', name: 'endpoint' }],
  measure: 'requests',
  top: 10,
};

/** What the view asks for, its defaults filled in. */
export function createTop(): Accessor<TopChoice> {
  const app = useApp();
  return createMemo(() => {
    const { kind, splits, measure, top } = app.view();
    return {
      kind: kind ?? DEFAULT_TOP.kind,
      splits: splits ?? DEFAULT_TOP.splits,
      measure: measure ?? DEFAULT_TOP.measure,
      top: top ?? DEFAULT_TOP.top,
    };
  });
}
