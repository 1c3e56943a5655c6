/** One container as a process of this machine, with a process group of its own: what it starts goes with it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { present } from '../../shared/assert.ts';
import type { ContainerExit } from '../model/kubelet/runtime.ts';
import { signalGroup } from '../supervision/process-identity.ts';
import type { Supervisor } from '../supervision/supervisor.ts';
import type { ContainerLog } from './container-log.ts';

export interface ProcessSpec {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** Its output may be held open by what it started in a session of its own. */
const OUTPUT_MS_MAX = 1_000;
const SIGNAL_EXIT_BASE = 128;

export class ContainerProcess {
  readonly spec: ProcessSpec;
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<ContainerExit>;
  #isRunning = true;

  constructor(spec: ProcessSpec, log: ContainerLog, supervisor: Supervisor) {
    this.spec = spec;
    const { command, pipe } = supervisor.announced(spec.command);
    const [file = '', ...args] = command;
    const { env, folder: cwd } = spec;
    this.#child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe', pipe] });
    this.pid = present(this.#child.pid, 'there is a /bin/sh, and the folder of the pod');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      const { write, end } = log.writer();
      stream?.on('data', write);
      stream?.on('close', end);
    }
    this.#ended = this.#untilEnd(log, supervisor);
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get ended(): Promise<ContainerExit> {
    return this.#ended;
  }

  stop(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (!this.#isRunning) return;
    // The first is for the program alone, the second for all that it started.
    if (signal === 'SIGTERM') this.#child.kill(signal);
    else signalGroup(this.pid, signal);
  }

  async #untilEnd(log: ContainerLog, supervisor: Supervisor): Promise<ContainerExit> {
    const closed = new Promise<void>((resolve) => this.#child.once('close', () => resolve()));
    const exit = await new Promise<ContainerExit>((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(exitOf(code, signal)));
    });
    this.#isRunning = false;
    signalGroup(this.pid, 'SIGKILL');
    supervisor.ended(this.pid);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, OUTPUT_MS_MAX);
      void closed.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    log.close();
    return exit;
  }
}

function exitOf(code: number | null, signal: NodeJS.Signals | null): ContainerExit {
  const exitCode = code ?? SIGNAL_EXIT_BASE + (signal === null ? 0 : constants.signals[signal]);
  return { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' };
}
