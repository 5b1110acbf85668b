/** Lets only few deliveries be under way: the reader waits for room before it reads on. */
export class DeliveryWindow {
  readonly #limit: number;
  readonly #underWay = new Set<Promise<void>>();
  /** Set by the first delivery that failed. */
  #failure: { readonly cause: unknown } | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Does not wait: a reader in the middle of a chunk cannot. */
  send(delivery: Promise<void>): void {
    const watched: Promise<void> = delivery
      .then(undefined, (cause: unknown) => {
        this.#failure ??= { cause };
      })
      .then(() => void this.#underWay.delete(watched));
    this.#underWay.add(watched);
  }

  /** Throws what a delivery failed with. */
  async room(): Promise<void> {
    while (this.#underWay.size >= this.#limit) await Promise.race(this.#underWay);
    if (this.#failure) throw this.#failure.cause;
  }

  async allTaken(): Promise<void> {
    await Promise.all(this.#underWay);
    if (this.#failure) throw this.#failure.cause;
  }
}
