/**
 * Regular expressions in time linear in the text, whatever the pattern (Thompson 1968, CACM 11(6); R. Cox,
 * "Regular Expression Matching Can Be Simple And Fast"): JavaScript's own may take for ever on a text of forty
 * letters. Always over the whole text.
 */
import { isWordChar, parsePattern, PatternError } from './regex-syntax.ts';
import type { Assertion, CharTest, Pattern } from './regex-syntax.ts';

export type CompiledRegex =
  | { readonly matches: (text: string) => boolean }
  /** `at`: UTF-16 offset in the pattern. */
  | { readonly error: string; readonly at: number };

type Step =
  | { readonly kind: 'char'; readonly test: CharTest; next: number }
  | { readonly kind: 'assert'; readonly assertion: Assertion; next: number }
  | { readonly kind: 'split'; next: number; other: number }
  | { readonly kind: 'match' };

const MOST_STEPS = 20_000;
/** Sets of steps that are remembered, with where each ASCII character leads from there. */
const MOST_SETS = 500;
const ASCII = 128;
/** No character: before the text and behind it. */
const NONE = -1;

export function compileRegex(pattern: string): CompiledRegex {
  try {
    const steps = new Program().compile(parsePattern(pattern));
    return { matches: new Matcher(steps).matches };
  } catch (cause) {
    if (cause instanceof PatternError) return { error: cause.message, at: cause.at };
    throw cause;
  }
}

/** Steps are laid out from the last to the first: each knows the one behind it. */
class Program {
  readonly #steps: Step[] = [{ kind: 'match' }];

  compile(pattern: Pattern): { readonly steps: readonly Step[]; readonly start: number } {
    const start = this.#lay(pattern, 0);
    return { steps: this.#steps, start };
  }

  /** Gives the first step of the pattern, which goes on with `next`. */
  #lay(pattern: Pattern, next: number): number {
    switch (pattern.kind) {
      case 'char':
        return this.#add({ kind: 'char', test: pattern.test, next });
      case 'assert':
        return this.#add({ kind: 'assert', assertion: pattern.assertion, next });
      case 'sequence':
        return pattern.parts.reduceRight((behind, part) => this.#lay(part, behind), next);
      case 'choice':
        return pattern.parts
          .map((part) => this.#lay(part, next))
          .reduceRight((other, first) => this.#add({ kind: 'split', next: first, other }));
      case 'repeat':
        return this.#repeat(pattern, next);
    }
  }

  #repeat({ part, from, to }: Pattern & { kind: 'repeat' }, next: number): number {
    let first = next;
    if (to === Infinity) {
      const loop: Step = { kind: 'split', next, other: next };
      first = this.#add(loop);
      loop.next = this.#lay(part, first);
    } else {
      for (let i = from; i < to; i++) {
        first = this.#add({ kind: 'split', next: this.#lay(part, first), other: next });
      }
    }
    for (let i = 0; i < from; i++) first = this.#lay(part, first);
    return first;
  }

  #add(step: Step): number {
    if (this.#steps.length >= MOST_STEPS) throw new PatternError('this pattern is too large', 0);
    return this.#steps.push(step) - 1;
  }
}

/** Steps that wait for a character, after all that could be passed without one. */
interface StepSet {
  readonly waiting: readonly number[];
  readonly matched: boolean;
  /** By ASCII character: the set that it leads to, as far as it is known. */
  readonly next: (StepSet | undefined)[];
}

class Matcher {
  readonly #steps: readonly Step[];
  readonly #start: number;
  /** What an assertion says depends on the place: then no set is remembered. */
  readonly #hasAssertions: boolean;
  readonly #known = new Map<string, StepSet>();
  readonly #seen: Uint32Array;
  #clock = 0;

  constructor({ steps, start }: { readonly steps: readonly Step[]; readonly start: number }) {
    this.#steps = steps;
    this.#start = start;
    this.#hasAssertions = steps.some(({ kind }) => kind === 'assert');
    this.#seen = new Uint32Array(steps.length);
  }

  readonly matches = (text: string): boolean => {
    let before = NONE;
    let at = 0;
    let code = text.codePointAt(0) ?? NONE;
    let set = this.#closure([this.#start], before, code);
    while (code !== NONE) {
      if (set.waiting.length === 0) return false;
      at += code > 0xffff ? 2 : 1;
      const after = text.codePointAt(at) ?? NONE;
      set = this.#after(set, code, after);
      before = code;
      code = after;
    }
    return set.matched;
  };

  #after(set: StepSet, code: number, after: number): StepSet {
    const known = set.next[code];
    if (known) return known;
    const reached: number[] = [];
    for (const number of set.waiting) {
      const step = this.#steps[number];
      if (step.kind === 'char' && step.test(code)) reached.push(step.next);
    }
    const next = this.#closure(reached, code, after);
    if (code < ASCII && !this.#hasAssertions) set.next[code] = next;
    return next;
  }

  /** All steps that can be reached without a character. Works off a list: patterns may be long. */
  #closure(from: readonly number[], before: number, after: number): StepSet {
    const clock = ++this.#clock;
    const waiting: number[] = [];
    let matched = false;
    const open = [...from];
    for (let number = open.pop(); number !== undefined; number = open.pop()) {
      if (this.#seen[number] === clock) continue;
      this.#seen[number] = clock;
      const step = this.#steps[number];
      if (step.kind === 'char') waiting.push(number);
      else if (step.kind === 'match') matched = true;
      else if (step.kind === 'split') open.push(step.next, step.other);
      else if (holds(step.assertion, before, after)) open.push(step.next);
    }
    waiting.sort((a, b) => a - b);
    return this.#remember(waiting, matched);
  }

  #remember(waiting: readonly number[], matched: boolean): StepSet {
    if (this.#hasAssertions) return { waiting, matched, next: [] };
    const key = `${matched ? '+' : ''}${waiting.join()}`;
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= MOST_SETS) this.#known.clear();
    const set: StepSet = { waiting, matched, next: [] };
    this.#known.set(key, set);
    return set;
  }
}

function holds(assertion: Assertion, before: number, after: number): boolean {
  if (assertion === 'start') return before === NONE;
  if (assertion === 'end') return after === NONE;
  return (isWordChar(before) !== isWordChar(after)) === (assertion === 'word');
}
