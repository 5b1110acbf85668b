/** Formatting, lint and types, side by side; prints what each one says and exits 1 when one complains. */
import { spawn } from 'node:child_process';

const CHECKS = [
  ['prettier', '--check', '--log-level', 'warn', '.'],
  ['oxlint', '--deny-warnings'],
  ['tsc', '-p', '.'],
];

/** @returns {Promise<boolean>} */
function runCheck([tool, ...args]) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(tool, args, { shell: process.platform === 'win32' });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', (error) => (output += `${error.message}\n`));
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${[tool, ...args].join(' ')} (${seconds} s)`);
      if (code !== 0) console.log(output);
      resolve(code === 0);
    });
  });
}

const results = await Promise.all(CHECKS.map(runCheck));
process.exitCode = results.every(Boolean) ? 0 : 1;
