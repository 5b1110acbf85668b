/** Files out of a drop or a paste, folders with all that is in them. */

/**
 * Must be called while the event is handled: the browser empties the transfer afterwards.
 * Files of a folder come in the order of their paths. Entries that cannot be read are named in `unreadable`.
 */
export async function readDropped(transfer: DataTransfer): Promise<{ files: File[]; unreadable: string[] }> {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const entries = items.map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  const files: File[] = [];
  const unreadable: string[] = [];
  for (const { entry, file } of entries) {
    if (entry?.isDirectory) await collect(entry, files, unreadable);
    else if (file) files.push(file);
  }
  return { files: items.length === 0 ? [...transfer.files] : files, unreadable };
}

/** Files of a paste; else its text as one file; else nothing. */
export function readPasted(transfer: DataTransfer): File[] {
  const files = [...transfer.files];
  const text = files.length > 0 ? '' : transfer.getData('text/plain');
  return text.trim() === '' ? files : [new File([text], 'pasted text')];
}

async function collect(entry: FileSystemEntry, files: File[], unreadable: string[]): Promise<void> {
  try {
    if (isFile(entry)) files.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    else if (isDirectory(entry)) {
      for (const child of await readDirectory(entry)) await collect(child, files, unreadable);
    }
  } catch {
    // gone, or not allowed to be read: named to the user by the caller
    unreadable.push(entry.fullPath);
  }
}

/** The browser hands out at most 100 entries at a time, and none when it is done. */
async function readDirectory(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    entries.push(...some);
  }
  return entries.sort((a, b) => (a.fullPath < b.fullPath ? -1 : 1));
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
