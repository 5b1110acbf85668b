/** Adds up what the ingest workers report; tells the page about five times a second and at every new phase. */
import type { ImportProgress } from './api.ts';

const TELL_EVERY_MS = 200;
/** Room that turns out too small is made anew and copied; what is not written to takes no memory. */
const SPARE = 1.25;

export class ProgressMeter {
  readonly #tell: (progress: ImportProgress) => void;
  readonly #nowMs: () => number;
  #progress: ImportProgress;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(bytesTotal: number, tell: (progress: ImportProgress) => void, nowMs: () => number) {
    this.#tell = tell;
    this.#nowMs = nowMs;
    this.#progress = { phase: 'reading', bytesRead: 0, bytesTotal, spans: 0, file: '' };
  }

  file(name: string): void {
    this.#change({ file: name });
  }

  read(bytes: number, spans: number): void {
    const { bytesRead, bytesTotal, spans: known } = this.#progress;
    this.#change({ bytesRead: Math.min(bytesTotal, bytesRead + bytes), spans: known + spans });
  }

  phase(phase: ImportProgress['phase']): void {
    this.#toldMs = Number.NEGATIVE_INFINITY;
    this.#change({
      phase,
      bytesRead: phase === 'reading' ? this.#progress.bytesRead : this.#progress.bytesTotal,
    });
  }

  /** Spans of the whole import, by what has been read of it; a few more rather than less. 0: nothing has. */
  get expectedSpans(): number {
    const { bytesRead, bytesTotal, spans } = this.#progress;
    return bytesRead === 0 ? 0 : Math.ceil(spans * (bytesTotal / bytesRead) * SPARE);
  }

  #change(part: Partial<ImportProgress>): void {
    this.#progress = { ...this.#progress, ...part };
    const nowMs = this.#nowMs();
    if (nowMs - this.#toldMs < TELL_EVERY_MS) return;
    this.#toldMs = nowMs;
    this.#tell(this.#progress);
  }
}
