export type StoreErrorCode = 'not-found' | 'newer-version' | 'changed' | 'unavailable' | 'damaged';

/** Trouble of the browser's storage; `message` is a sentence for people. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
  }
}

export function segmentMissing(): StoreError {
  return new StoreError('not-found', 'The spans of this dataset are no longer stored.');
}
