import { spawn } from 'node:child_process';

/** Runs Node with these words in place of this process: its exit code is ours, and whoever ends us ends it, so that nothing goes on by itself. */
export function runToTheEnd(words, { input = null, ...options } = {}) {
  const child = spawn(process.execPath, words, {
    stdio: [input === null ? 'inherit' : 'pipe', 'inherit', 'inherit'],
    ...options,
  });
  if (input !== null) child.stdin.end(input);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
