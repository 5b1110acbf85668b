/** What became of a failure, in words (docs/figures.md, Fate of a failure). */
import type { Fate } from '../../model/answers-impact.ts';
import { DEFINITIONS } from '../definitions.ts';

export interface FateText {
  readonly title: string;
  /** As a term of the equation. */
  readonly term: string;
  readonly definition: string;
}

export const FATE_TEXTS: Readonly<Record<Fate, FateText>> = {
  userAction: {
    title: 'Reached the user action',
    term: 'reached users',
    definition: DEFINITIONS.fateUserAction,
  },
  entryPoint: {
    title: 'Reached an entry point',
    term: 'reached entry points',
    definition: DEFINITIONS.fateEntryPoint,
  },
  absorbed: {
    title: 'Absorbed',
    term: 'absorbed',
    definition: DEFINITIONS.fateAbsorbed,
  },
  unknown: {
    title: 'Unknown',
    term: 'unknown',
    definition: DEFINITIONS.fateUnknown,
  },
  nobodyWaited: {
    title: 'Nobody waited',
    term: 'nobody waited',
    definition: DEFINITIONS.fateNobodyWaited,
  },
};
