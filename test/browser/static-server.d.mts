export interface StaticServer {
  /** Address of the folder, with a slash at the end. */
  readonly url: string;
  /** Told of each request from now on, also of those the browser's own log hides (workers of workers). */
  readonly onRequest: (listener: ((line: string) => void) | null) => void;
  /** Resolves when every request has been answered and none has come for half a second. */
  readonly quiet: () => Promise<void>;
  readonly close: () => Promise<void>;
}
export function serveFolder(folder: string, prefix?: string): Promise<StaticServer>;
