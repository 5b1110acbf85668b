/** Completions at a place of a TraceQL text, from the vocabulary and from the data. */
import { createMemo } from 'solid-js';
import { writeQuoted } from '../../link/traceql-text.ts';
import type { Target } from '../../model/answers.ts';
import type { ConditionField, Intrinsic } from '../../model/conditions.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import {
  CONNECTIVES,
  narrowSuggestions,
  suggestComparisons,
  suggestIntrinsics,
  suggestOwnValues,
} from './complete.ts';
import type { Place, Suggestion } from './complete.ts';

/** Rows of the list at most; more typing narrows them. */
const MOST = 60;

/** `place` null: nothing is asked. `target` null: values of all services. */
export function createSuggestions(
  place: () => Place | null,
  target: () => Target | null,
): () => readonly Suggestion[] {
  const ofTable = createNames(place, target);
  return createMemo(() => {
    const here = place();
    if (here === null) return [];
    const { expected, typed } = here;
    switch (expected.kind) {
      case 'field':
        return narrowSuggestions(suggestIntrinsics(), typed, MOST);
      case 'comparison':
        return suggestComparisons(expected.field);
      case 'value':
        return narrowSuggestions([...suggestOwnValues(expected.field), ...ofTable()], typed, MOST);
      case 'connective':
        return CONNECTIVES;
    }
  });
}

/** Values of the fields that the request table itself holds. */
function createNames(place: () => Place | null, target: () => Target | null): () => readonly Suggestion[] {
  const app = useApp();
  const field = createMemo((): ConditionField | null => {
    const expected = place()?.expected;
    return expected?.kind === 'value' ? expected.field : null;
  });
  const asks = (name: Intrinsic) => {
    const asked = field();
    return asked?.kind === 'intrinsic' && asked.name === name;
  };
  const filter = () => ({ ...app.filter(), where: null });
  const services = createAnswer('services', () => (asks('request:service') ? { filter: filter() } : null));
  const service = createAnswer('service', () => {
    const asked = target();
    return asked !== null && (asks('request:endpoint') || asks('request:reason'))
      ? { target: asked, filter: filter() }
      : null;
  });
  return () => {
    const counted = (text: string, requests: number): Suggestion => ({
      text: writeQuoted(text),
      detail: describeCountOf(requests, 'request'),
    });
    if (asks('request:service'))
      return (services.latest()?.services ?? []).map((row) => counted(row.service.name, row.requests));
    if (asks('request:endpoint'))
      return (service.latest()?.endpoints ?? []).map((row) => counted(row.name, row.requests));
    if (!asks('request:reason')) return [];
    return (service.latest()?.reasons ?? []).map((row) => counted(row.reason, row.failedRequests));
  };
}
