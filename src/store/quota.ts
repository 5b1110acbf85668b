/** Space left for this page on disk. */

/** Columns and requests of a plain JSON file take about this share of it; compressed files take more. */
const STORED_SHARE = 0.3;

/** Whether an import of so many file bytes has a chance; true where the browser does not say. */
export async function roomFor(fileBytes: number, storage: StorageManager | undefined): Promise<boolean> {
  if (!storage?.estimate) return true;
  const { quota, usage }: StorageEstimate = await storage.estimate().then(undefined, () => ({}));
  if (quota === undefined || usage === undefined) return true;
  return quota - usage > fileBytes * STORED_SHARE;
}
