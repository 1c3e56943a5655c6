/** Commands run beside a container: in its environment and folder, as `kubectl exec` and exec probes do. */
import { spawn } from 'node:child_process';
import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process';
import { assert } from '../../shared/assert.ts';
import { signalGroup } from '../supervision/process-identity.ts';
import type { Supervisor } from '../supervision/supervisor.ts';
import type { ProcessSpec } from './container-process.ts';

const OUTPUT_CHARACTERS_MAX = 10 * 1024;
/** As a shell says of a command that is not there. */
export const NOT_FOUND_EXIT_CODE = 127;

/** It ends with the devcluster, as containers do. */
export function spawnBeside(
  { env, folder }: ProcessSpec,
  command: readonly string[],
  supervisor: Supervisor,
): ChildProcessWithoutNullStreams {
  const announced = supervisor.announced(command);
  const [file = '', ...args] = announced.command;
  const child = spawn(file, args, { cwd: folder, env, detached: true, stdio: ['pipe', 'pipe', 'pipe', announced.pipe] });
  child.once('exit', () => {
    if (child.pid !== undefined) supervisor.ended(child.pid);
  });
  return withStreams(child);
}

function withStreams(child: ChildProcess): ChildProcessWithoutNullStreams {
  assert(child.stdin !== null && child.stdout !== null && child.stderr !== null, 'each of the three is a pipe');
  return child as ChildProcessWithoutNullStreams;
}

/** Ends with its output, or is ended after the time. */
export function runBeside(
  spec: ProcessSpec,
  command: readonly string[],
  supervisor: Supervisor,
  timeoutMs: number,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawnBeside(spec, command, supervisor);
    let output = '';
    const take = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(0, OUTPUT_CHARACTERS_MAX);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.stdin.on('error', () => undefined);
    child.stdin.end();
    const { pid } = child;
    const timer = setTimeout(() => (pid === undefined ? undefined : signalGroup(pid, 'SIGKILL')), timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ exitCode: NOT_FOUND_EXIT_CODE, output: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? 137, output });
    });
  });
}
