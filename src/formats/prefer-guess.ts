/** The guess at `i`, not the first, was right: it is tried before the one before it. */
export function preferGuess<T>(guesses: T[], i: number): void {
  const guess = guesses[i];
  guesses[i] = guesses[i - 1];
  guesses[i - 1] = guess;
}
