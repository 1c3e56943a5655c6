/** One bash that runs the commands of a page one after the other, so that what one sets another finds. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAsShown, commandsOf } from './blocks.ts';
import type { Block } from './blocks.ts';

export interface ShellOptions {
  /** Where commands run. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** What a page calls by a name of its own, such as `/var/lib/quorate-1`, and what it is here. */
  readonly replacements?: readonly (readonly [from: string, to: string])[];
  /** What the reader's own shell has set. */
  readonly prelude?: string;
  /** Only a hang takes so long. */
  readonly deadlineMs?: number;
}

/** What a watch shows first, and then its end by Ctrl-C: pages show watches, and readers end them. */
const SHOWN = `shown() {
  local shown_file shown_pid
  shown_file=$(mktemp)
  "$@" > "$shown_file" 2>&1 & shown_pid=$!
  until [ -s "$shown_file" ] || ! kill -0 $shown_pid 2>/dev/null; do sleep 0.1; done
  kill $shown_pid 2>/dev/null || :
  wait $shown_pid || :
  cat "$shown_file"
  [ -s "$shown_file" ] && rm "$shown_file"
}`;

export class Shell {
  readonly #options: ShellOptions;
  readonly #replacements: (readonly [from: string, to: string])[];
  readonly #bash: ChildProcess;
  readonly #scripts = mkdtempSync(join(tmpdir(), 'quorate-docs-'));
  readonly #ended: Promise<void>;
  #printed = '';
  #told: () => void = () => undefined;
  #steps = 0;

  constructor(options: ShellOptions) {
    this.#options = options;
    this.#replacements = [...(options.replacements ?? [])];
    // A group of its own: what a page leaves in the background ends with it.
    this.#bash = spawn('bash', ['--noprofile', '--norc'], {
      cwd: options.folder,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    });
    this.#bash.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#printed += text;
      this.#told();
    });
    this.#ended = new Promise((resolve) => {
      this.#bash.once('close', () => {
        this.#told();
        resolve();
      });
    });
    this.#bash.stdin?.write(`set -eo pipefail\nexec 2>&1\n${SHOWN}\n${options.prelude ?? ''}\n`);
  }

  /** From now on, what pages call `from` is `to` here. */
  call(from: string, to: string): void {
    this.#replacements.push([from, to]);
  }

  /**
   * Runs the commands of the block, and returns what they printed. @throws with the place, the command and its output when one fails or prints
   * something else than the page shows
   */
  async run(block: Block): Promise<string> {
    let all = '';
    const place = `${block.page}:${block.line}`;
    for (const { command, expected } of commandsOf(block)) {
      const { ok, printed } = await this.#step(this.#here(command));
      if (!ok) throw new Error(`${place}: this failed or did not end:\n${command}\nIt printed:\n${printed}`);
      if (expected !== null && !isAsShown(expected, printed))
        throw new Error(`${place}: ${command}\nshows:\n${expected}\nIt printed:\n${printed}`);
      all += printed;
    }
    return all;
  }

  /** What a command of the test's own prints. @throws when it fails */
  async ask(command: string): Promise<string> {
    const { ok, printed } = await this.#step(command);
    if (!ok) throw new Error(`this failed or did not end:\n${command}\nIt printed:\n${printed}`);
    return printed.trimEnd();
  }

  async close(): Promise<void> {
    const { pid } = this.#bash;
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // Nobody of the group is left.
    }
    await this.#ended;
    rmSync(this.#scripts, { recursive: true, force: true });
  }

  #here(command: string): string {
    const named = this.#replacements.reduce((text, [from, to]) => text.replaceAll(from, to), command);
    return named.replaceAll(/^(?=.* --(?:watch|follow)\b)/gm, 'shown ');
  }

  async #step(script: string): Promise<{ readonly ok: boolean; readonly printed: string }> {
    this.#steps += 1;
    const file = join(this.#scripts, `step-${this.#steps}.sh`);
    writeFileSync(file, `${script}\n`);
    const mark = `end-${randomBytes(8).toString('hex')}`;
    this.#printed = '';
    // What reads its input must not find the next command there.
    this.#bash.stdin?.write(`source ${file} < /dev/null\nprintf '%s\\n' ${mark}\n`);
    const ok = await this.#until(() => this.#printed.includes(`${mark}\n`));
    return { ok, printed: this.#printed.split(mark)[0] ?? '' };
  }

  /** False when bash has ended, or takes too long. */
  async #until(holds: () => boolean): Promise<boolean> {
    const endMs = performance.now() + (this.#options.deadlineMs ?? 120_000);
    while (!holds()) {
      if (this.#bash.exitCode !== null || this.#bash.signalCode !== null || performance.now() > endMs) return holds();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000);
        this.#told = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return true;
  }
}
