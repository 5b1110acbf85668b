export function serveFolder(
  folder: string,
  prefix?: string,
): Promise<{ url: string; close: () => Promise<void> }>;
