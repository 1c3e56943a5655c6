/** The program's command line within a test's process: words in, exit code and output out; and a kubeconfig for the fake API server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runCommandLine } from '../../src/cli/run.ts';
import type { CommandContext, ExitCode } from '../../src/cli/command.ts';

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions extends Partial<Pick<CommandContext, 'env' | 'clock' | 'program' | 'signal'>> {
  readonly input?: string;
}

export async function runWords(words: readonly string[], { env = {}, input = '', ...more }: RunOptions = {}): Promise<Ran> {
  const [stdin, stdout, stderr] = [new PassThrough(), new Collected(), new Collected()];
  stdin.end(input);
  const code = await runCommandLine(COMMANDS, words, { env, stdin, stdout, stderr, ...more });
  return { code, out: stdout.text, err: stderr.text };
}

/** All that was written to it. */
export class Collected extends Writable {
  readonly #chunks: Buffer[] = [];

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }
}

/** A kubeconfig in a folder of its own, with one context whose namespace is `shop`. */
export class KubeconfigFile {
  readonly folder = mkdtempSync(join(tmpdir(), 'quorate-cli-'));
  readonly path = join(this.folder, 'config');

  constructor(server: string) {
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'fake',
      contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'somebody', namespace: 'shop' } }],
      // The client library speaks plain HTTP only when told not to verify.
      clusters: [{ name: 'fake', cluster: { server, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'somebody', user: { token: 'a-token' } }],
    };
    writeFileSync(this.path, JSON.stringify(config));
  }

  get env(): Readonly<Record<string, string>> {
    return { KUBECONFIG: this.path };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
