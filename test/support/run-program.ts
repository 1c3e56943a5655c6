/** One run of the bundle to its end: what a command prints, and its exit code. */
import { spawn } from 'node:child_process';

export interface ProgramRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function runProgram(
  program: string,
  words: readonly string[],
  input = '',
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<ProgramRun> {
  const child = spawn(process.execPath, [program, ...words], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? -1));
  });
  return { code, out, err };
}
