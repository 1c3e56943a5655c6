/** The program's command line at a terminal, within a test's process. */
import { PassThrough } from 'node:stream';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runCommandLine } from '../../src/cli/run.ts';
import { Collected } from './command-line.ts';
import { eventually } from './system.ts';

/** A terminal of which a test types the keys. */
export class Terminal {
  readonly stdin = Object.assign(new PassThrough(), { isTTY: true });
  readonly stdout = Object.assign(new Collected(), { isTTY: true, columns: 80 });
  readonly stderr = Object.assign(new Collected(), { isTTY: true });
  readonly done: Promise<number>;

  constructor(words: readonly string[]) {
    const { stdin, stdout, stderr } = this;
    this.done = runCommandLine(COMMANDS, words, { env: { NO_COLOR: '1' }, stdin, stdout, stderr });
  }

  /** Waits until `text` was printed since the last time. */
  async see(text: string): Promise<void> {
    await eventually(`the terminal shows ${JSON.stringify(text)}`, () => this.stdout.text.slice(this.#seen).includes(text));
    this.#seen = this.stdout.text.indexOf(text, this.#seen) + text.length;
  }

  type(keys: string): void {
    this.stdin.write(keys);
  }

  #seen = 0;
}
