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

function allProcesses() {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((one) => one !== undefined);
}

/** @returns {number} the browser process that was started with this argument; 0: not found */
export function browserPid(argument) {
  const own = ({ command }) => command.includes(argument) && !command.includes('--type=');
  return allProcesses().find(own)?.pid ?? 0;
}

/** Processes of pages below a browser process. */
function rendererPids(browser) {
  const all = allProcesses();
  const below = new Set([browser]);
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
 * @param {number} browser its process id
 * @returns {{ stop: () => { baseline: number, peak: number } }} bytes
 */
export function watchMemory(browser) {
  const pids = rendererPids(browser);
  const now = () => pids.reduce((sum, pid) => sum + residentBytes(pid), 0);
  const baseline = now();
  let peak = baseline;
  const timer = setInterval(() => (peak = Math.max(peak, now())), 50);
  return {
    stop: () => {
      clearInterval(timer);
      return { baseline, peak: Math.max(peak, now()) };
    },
  };
}
