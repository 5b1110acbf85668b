/**
 * What is typed in the query bar. Until it is applied it belongs to the screen and the service that it was typed for:
 * elsewhere the bar says what holds there. Within these it stays, and only what says the same as the link is replaced.
 */
import { createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Accessor } from 'solid-js';
import { parseTraceql } from '../link/traceql-parser.ts';
import type { TraceqlResult } from '../link/traceql-parser.ts';
import { printTraceql } from '../link/traceql-printer.ts';
import type { Condition } from '../model/conditions.ts';

export interface QueryDraft {
  readonly text: Accessor<string>;
  readonly setText: (text: string) => void;
  readonly result: Accessor<TraceqlResult>;
  /** The text says something else than the link. */
  readonly changed: Accessor<boolean>;
}

/** Owned by the reactive scope it is called in. `where`: the condition of the link; `place`: what a draft belongs to. */
export function createQueryDraft(where: Accessor<Condition | null>, place: Accessor<string>): QueryDraft {
  const applied = createMemo(() => print(where()));
  const [typed, setTyped] = createSignal<string | null>(null);
  const text = () => typed() ?? applied();
  const result = createMemo(() => parseTraceql(text()));
  const says = () => {
    const read = result();
    return read.ok ? print(read.condition) : null;
  };
  createEffect(on(createMemo(place), () => setTyped(null), { defer: true }));
  createEffect(
    on(
      applied,
      (now, before) => {
        if (says() === before && says() !== now) setTyped(null);
      },
      { defer: true },
    ),
  );
  return { text, setText: setTyped, result, changed: () => says() !== applied() };
}

function print(condition: Condition | null): string {
  return condition === null ? '' : printTraceql(condition);
}
