/** Memory of a page as the operating system sees it: all threads of its process, their buffers included. */
import { readFileSync, readdirSync } from 'node:fs';

function readStat(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { pid, parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
  } catch {
    // It ended between the listing and the reading.
    return undefined;
  }
}

/** Processes of pages below a browser process. */
function rendererPids(browserPid) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((one) => one !== undefined);
  const below = new Set([browserPid]);
  for (let size = 0; size !== below.size;) {
    size = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  return all
    .filter(({ pid, command }) => below.has(pid) && command.includes('--type=renderer'))
    .map(({ pid }) => pid);
}

function residentBytes(pid) {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/**
 * Samples the resident memory of a browser's page processes until stopped. Linux only: elsewhere 0.
 * @param {number} browserPid
 * @returns {{ stop: () => { baseline: number, peak: number } }} bytes
 */
export function watchMemory(browserPid) {
  if (process.platform !== 'linux') return { stop: () => ({ baseline: 0, peak: 0 }) };
  const pids = rendererPids(browserPid);
  const now = () => pids.reduce((sum, pid) => sum + residentBytes(pid), 0);
  const baseline = now();
  let peak = baseline;
  const timer = setInterval(() => (peak = Math.max(peak, now())), 20);
  return {
    stop: () => {
      clearInterval(timer);
      return { baseline, peak: Math.max(peak, now()) };
    },
  };
}
