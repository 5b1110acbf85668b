/** What became of a failure, in words (docs/figures.md, Fate of a failure). */
import type { Fate } from '../../model/answers-impact.ts';

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
    definition: 'Every caller up to the user action failed, and the user action too.',
  },
  entryPoint: {
    title: 'Reached an entry point',
    term: 'reached entry points',
    definition: 'Every caller failed, up to the request that came from outside of what is traced.',
  },
  absorbed: {
    title: 'Absorbed',
    term: 'absorbed',
    definition: 'A caller on the way up did not fail: its service handled the failure.',
  },
  unknown: {
    title: 'Unknown',
    term: 'unknown',
    definition: 'Every known caller failed, and the next one is missing in the data.',
  },
  nobodyWaited: {
    title: 'Nobody waited',
    term: 'nobody waited',
    definition: 'A queue had taken the message: whoever sent it never hears of the failure.',
  },
};
