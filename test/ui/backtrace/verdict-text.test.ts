import { describe, expect, test } from 'vitest';
import type { Impact } from '../../../src/model/answers.ts';
import type { VerdictText } from '../../../src/ui/backtrace/verdict-text.ts';
import { describeVerdict } from '../../../src/ui/backtrace/verdict-text.ts';
import { sampleAnswer, sampleNode } from './sample-backtrace.ts';

const NONE = { requests: 0, hit: 0, hitFailed: 0 };

/** The sentences as they are read. */
function read({ sentences }: VerdictText): readonly string[] {
  return sentences.map((sentence) =>
    sentence.map((part) => (typeof part === 'string' ? part : part.text)).join(''),
  );
}

function words(failedCalls: number, impact: Partial<Impact>, calls = 41): string {
  const root = sampleNode('AdsForBlog', calls, {
    failedCalls,
    callers: [sampleNode('blog', calls, { failedCalls })],
  });
  const answer = sampleAnswer(root, impact);
  const verdict = describeVerdict(answer);
  return `${verdict.headline}: ${read(verdict).join(' ')}`.replaceAll('\u00a0', ' ');
}

function ends(userAction: Partial<typeof NONE>, callerMissing: Partial<typeof NONE> = {}): Impact['ends'] {
  return {
    userAction: { ...NONE, ...userAction },
    entryPoint: NONE,
    callerMissing: { ...NONE, ...callerMissing },
  };
}

describe('the verdict in words', () => {
  test('says that nothing failed', () => {
    expect(words(0, {})).toBe('No failures: None of the 41 requests of AdsForBlog failed.');
  });

  test('says that failures were handled, with the numbers', () => {
    expect(words(41, { verdict: 'handled', ends: ends({ requests: 41, hit: 41 }) })).toBe(
      'Handled: All 41 requests of AdsForBlog failed; they came from 41 user actions, none of which failed.',
    );
  });

  test('speaks of a single request as of one', () => {
    const impact = { ends: ends({ requests: 1, hit: 1, hitFailed: 1 }) };
    expect(words(1, { ...impact, verdict: 'reached users' }, 1)).toBe(
      'Reached users: The one request of AdsForBlog failed; it came from 1 user action, which failed too. ' +
        'Every chain was hit, so there is nothing to compare with.',
    );
  });

  test('compares with the ends that were not hit where some of the hit ones failed', () => {
    const impact = { ends: ends({ requests: 60, hit: 20, hitFailed: 1 }), notHit: 40, notHitFailed: 2 };
    expect(words(20, { ...impact, verdict: 'handled' })).toBe(
      'Handled: 20 of 41 requests of AdsForBlog failed; they came from 20 user actions, 1 of which (5 %) failed too. ' +
        'Of the 40 that were not hit, 2 (5 %) failed: 5 % is not above that beyond chance.',
    );
  });

  test('says that every failure came through, and that there is nothing to compare with', () => {
    const impact = { ends: ends({ requests: 3, hit: 3, hitFailed: 3 }) };
    expect(words(3, { ...impact, verdict: 'reached users' })).toBe(
      'Reached users: 3 of 41 requests of AdsForBlog failed; they came from 3 user actions, all of which failed too. ' +
        'Every chain was hit, so there is nothing to compare with.',
    );
  });

  test('says what is not known where callers are missing, and how many people were hit', () => {
    const impact = {
      ends: ends({}, { requests: 2, hit: 1 }),
      users: { hit: 1, hitFailed: 0 },
    };
    expect(words(1, { ...impact, verdict: 'unknown' })).toBe(
      'Unknown: 1 of 41 requests of AdsForBlog failed; it came from 1 request whose caller is missing, which did not fail. ' +
        '1 chain ends with a caller that is not in the data: what became of the failures beyond that is not known. ' +
        '1 user was hit; a request of theirs did not fail.',
    );
  });

  test('counts people in their sessions', () => {
    const impact = {
      ends: ends({ requests: 9, hit: 9 }),
      users: { hit: 6, hitFailed: 0 },
      sessions: { hit: 8, hitFailed: 0 },
    };
    expect(words(9, { ...impact, verdict: 'handled' })).toContain(
      '6 users in 8 sessions were hit; none of them had a request fail.',
    );
  });

  test('does not lead failures back to themselves where nothing calls the service', () => {
    const root = sampleNode('shop', 9, { type: 'application', failedCalls: 2 });
    const impact = {
      verdict: 'reached users',
      ends: ends({ requests: 9, hit: 2, hitFailed: 2 }),
      notHit: 7,
    } as const;
    expect(read(describeVerdict(sampleAnswer(root, impact)))).toEqual([
      '2 of 9\u00a0requests of shop failed; they are themselves user actions.',
    ]);
  });

  test('does so too where only requests that succeeded were called', () => {
    const root = sampleNode('orders', 9, { failedCalls: 3, callers: [sampleNode('shop', 4)] });
    const impact = {
      verdict: 'reached entry points',
      ends: { ...ends({ requests: 4 }), entryPoint: { requests: 5, hit: 3, hitFailed: 3 } },
      notHit: 6,
    } as const;
    expect(read(describeVerdict(sampleAnswer(root, impact)))).toEqual([
      '3 of 9\u00a0requests of orders failed; they are themselves entry requests.',
    ]);
  });

  test('a lone failure that nothing called is named for what it is', () => {
    const one = { requests: 3, hit: 1, hitFailed: 1 };
    const impact = {
      verdict: 'reached entry points',
      ends: { ...ends({}), entryPoint: one },
      notHit: 2,
    } as const;
    expect(read(describeVerdict(sampleAnswer(sampleNode('cron', 3, { failedCalls: 1 }), impact)))).toEqual([
      '1 of 3\u00a0requests of cron failed; it is itself an entry request.',
    ]);
  });

  test('opens what each of its numbers counts', () => {
    const impact = {
      verdict: 'partly handled',
      ends: ends({ requests: 60, hit: 20, hitFailed: 1 }, { requests: 3, hit: 3 }),
      notHit: 40,
      notHitFailed: 2,
    } as const;
    const root = sampleNode('ads', 41, {
      failedCalls: 23,
      callers: [sampleNode('blog', 41, { failedCalls: 23 })],
    });
    const numbers = describeVerdict(sampleAnswer(root, impact))
      .sentences.flat()
      .flatMap((part) => (typeof part === 'string' ? [] : [part]));
    const atEnds = { place: { kind: 'ends' } };
    const atTarget = { place: { kind: 'node', path: [{ name: 'ads' }] } };
    expect(numbers).toMatchObject([
      { count: 23, opens: { ...atTarget, count: 'failedCalls' } },
      { count: 41, opens: { ...atTarget, count: 'calls' } },
      { count: 20, opens: { ...atEnds, count: 'hit', end: 'userAction' } },
      { count: 3, opens: { ...atEnds, count: 'hit', end: 'callerMissing' } },
      { count: 1, opens: { ...atEnds, count: 'hitFailed', end: 'any' } },
      { count: 40, opens: { ...atEnds, count: 'notHit', end: 'known' } },
      { count: 2, opens: { ...atEnds, count: 'notHitFailed', end: 'known' } },
      { count: 3, opens: { ...atEnds, count: 'hit', end: 'callerMissing' } },
    ]);
  });
});
