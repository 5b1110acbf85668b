import { describe, expect, test } from 'vitest';
import type { Fate, FatePlace } from '../../src/model/answers-impact.ts';
import { fateSentence } from '../../src/query/fate-sentence.ts';

type Told = readonly [fate: Fate, name: string, failures: number, endpoint?: string];

function told(...places: readonly Told[]): string {
  const counts: Record<Fate, number> = {
    userAction: 0,
    entryPoint: 0,
    absorbed: 0,
    unknown: 0,
    nobodyWaited: 0,
  };
  for (const [fate, , failures] of places) counts[fate] += failures;
  const list = places.map(([fate, name, failures, endpoint = '']): FatePlace => ({
    fate,
    service: { name, type: 'service' },
    endpoint,
    failures,
  }));
  const all = places.reduce((sum, [, , failures]) => sum + failures, 0);
  return fateSentence(all, counts, list)
    .map((part) => (part.names === null ? part.text : `*${part.text}*`))
    .join('');
}

describe('the fate of failures in words', () => {
  test.each<[readonly Told[], string]>([
    [[], 'No request failed.'],
    [
      [
        ['absorbed', 'BookingService', 41],
        ['userAction', 'web', 2, 'Book now'],
      ],
      '41 of 43 failures were absorbed by *BookingService*; 2 reached the user action *Book now*.',
    ],
    [[['userAction', 'web', 7, 'Pay']], 'All 7 failures reached the user action *Pay*.'],
    [[['entryPoint', 'gateway', 1, 'GET /']], 'The only failure reached the entry point *GET / of gateway*.'],
    [
      [
        ['absorbed', 'a', 3],
        ['absorbed', 'b', 2],
        ['absorbed', 'c', 1],
        ['unknown', 'd', 1],
      ],
      '6 of 7 failures were absorbed by *a* (3), *b* (2) and *c* (1); 1 went on from *d* to callers that are missing.',
    ],
    [
      [
        ['nobodyWaited', 'mailer', 2],
        ['userAction', 'web', 5, 'A'],
        ['userAction', 'web', 4, 'B'],
        ['userAction', 'web', 3, 'C'],
        ['userAction', 'web', 2, 'D'],
        ['userAction', 'web', 1, 'E'],
      ],
      '15 of 17 failures reached the user actions *A* (5), *B* (4), *C* (3) and 2 other user actions (3); ' +
        '2 happened asynchronously in *mailer*, where nobody waited.',
    ],
  ])('of %j is: %s', (places, sentence) => {
    expect(told(...places)).toBe(sentence);
  });
});
