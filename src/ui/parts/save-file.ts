/** Hands a file to the browser's downloads: from memory, without a request. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  // The browser may read the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `backtrace-orders.json`: what no file system takes is replaced. */
export function exportFileName(service: string, extension: string, what = 'backtrace'): string {
  const safe = service.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return `${what}-${safe.slice(0, 80) || 'service'}.${extension}`;
}
