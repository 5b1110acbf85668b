/**
 * Seeded pseudo random numbers: sfc32 (Chris Doty-Humphrey's Small Fast Counter).
 * Integer arithmetic only, so every browser draws the same numbers.
 */
export interface Random {
  /** 32 random bits, unsigned. */
  bits(): number;
  /** 0 (included) to 1 (excluded). */
  unit(): number;
  /** An integer from 0 to `count` − 1. */
  below(count: number): number;
}

export function makeRandom(seed: number): Random {
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;
  const bits = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  const unit = (): number => bits() / 0x1_0000_0000;
  for (let round = 0; round < 15; round++) bits();
  return { bits, unit, below: (count) => Math.floor(unit() * count) };
}

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.below(from.length)];
}

/**
 * Says yes as often as the rates it is asked with add up to, give or take one, at places that look
 * random. Plain coin flips would let a story of 8 % drift to 5 % or 12 % in a small demo.
 */
export interface Quota {
  take(rate: number): boolean;
}

export function makeQuota(random: Random): Quota {
  let due = 0;
  let taken = 0;
  let next = random.unit();
  return {
    take(rate) {
      due += rate;
      if (rate < 1 && due < next) return false;
      taken++;
      next = taken + random.unit();
      return true;
    },
  };
}
