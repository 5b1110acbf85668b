/** Memory for the middle of a computation. */

interface Numbers {
  readonly length: number;
  subarray(from: number, to: number): this;
}

/**
 * Gives an array of a length again and again, always of the same memory: memory that is used for the first time costs
 * as much as the work on it. What the one before was filled with is still there; it is no longer to be used.
 */
export function scratch<A extends Numbers>(make: (length: number) => A): (length: number) => A {
  let memory = make(0);
  return (length) => {
    if (memory.length < length) memory = make(length);
    return memory.subarray(0, length);
  };
}
