/** Expected trouble on its way to the thread border, where it becomes a value. */
import type { SourceFile } from '../src/model/dataset.ts';
import { StoreError } from '../src/store/store-error.ts';
import type { ErrorCode, Outcome, WireError } from './api.ts';

export class WorkFailure extends Error {
  readonly code: ErrorCode;

  readonly files: readonly SourceFile[] | undefined;

  /** `files`: of 'nothing-read'. */
  constructor(code: ErrorCode, message: string, files?: readonly SourceFile[]) {
    super(message);
    this.name = 'WorkFailure';
    this.code = code;
    this.files = files;
  }
}

export function cancelled(): WorkFailure {
  return new WorkFailure('cancelled', 'The import was cancelled.');
}

export function toWireError(cause: unknown): WireError {
  if (cause instanceof WorkFailure) {
    const { code, message, files } = cause;
    return files ? { code, message, files } : { code, message };
  }
  if (cause instanceof StoreError) {
    const known = cause.code === 'not-found' || cause.code === 'newer-version';
    return { code: known ? cause.code : 'storage', message: cause.message };
  }
  return { code: 'internal', message: cause instanceof Error ? cause.message : String(cause) };
}

/** Comlink keeps only the message of what is thrown, so nothing is. */
export async function toOutcome<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (cause) {
    return { ok: false, error: toWireError(cause) };
  }
}
