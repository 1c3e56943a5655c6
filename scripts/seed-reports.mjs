// Runs seeds, or a plan, in a process of their own: what a world leaves behind when it fails does no harm to the next.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export class SimulationEnded extends Error {}

export async function* seedReports(folder, words, { silenceMsMax = null, stderr = 'ignore' } = {}) {
  const child = spawn(process.execPath, [join(folder, 'run.mjs'), folder, ...words], { stdio: ['ignore', 'pipe', stderr] });
  const closed = once(child, 'close');
  let hangs = false;
  const hung = () => {
    hangs = true;
    child.kill('SIGKILL');
  };
  const watch = () => (silenceMsMax === null ? null : setTimeout(hung, silenceMsMax));
  let timer = watch();
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      clearTimeout(timer);
      yield JSON.parse(line);
      timer = watch();
    }
    const [code, signal] = await closed;
    if (hangs) throw new SimulationEnded(`no end within ${silenceMsMax / 1000} s`);
    if (signal !== null) throw new Error(`the process was ended from outside, with ${signal}`);
    if (code !== 0) throw new SimulationEnded(`the process ended with ${code}`);
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
    await closed;
  }
}

export async function planReport(folder, path, forMs) {
  for await (const report of seedReports(folder, ['1', '1', 'quiet', path], { silenceMsMax: forMs })) return report;
  throw new Error(`the process that ran ${path} said nothing`);
}
