import { existsSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import { ADMIN_PATHS } from '../api/node-status.ts';
import { readSaved } from '../recovery/saved-file.ts';
import type { ReadSnapshot } from '../recovery/saved-file.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Disk, DiskFile } from '../wal/disk.ts';
import { publish } from '../wal/durable-file.ts';
import { openNodeDisk } from '../wal/node-disk.ts';
import { EXIT_DONE, UsageError } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { savedText } from './saved-text.ts';

/** Between two pieces of the answer. */
const ANSWER_TIMEOUT_MS = 30_000;
const PROGRESS_BYTES = 16 * 1024 * 1024;
const PART_SUFFIX = '.part';
const REFUSAL_BYTES_MAX = 64 * 1024;

export const snapshotSaveCommand: Command = {
  name: 'snapshot save',
  summary: 'save a consistent copy of a running cluster to a file',
  details: [
    'The leader confirms with a quorum that it leads and sends what it has applied: everything that was acknowledged before the command began ' +
      'is in the copy. Name one member or several: the ones that do not lead say so, and the next is asked. The cluster serves meanwhile.',
    'The file has its name only when every byte was received, verified and synced; until then it is called FILE.part.',
  ],
  positionals: [],
  options: {
    address: { value: 'HOST:PORT', repeated: true, required: true, summary: 'HTTP address of a member (port 8080 in a pod)' },
    'token-file': { value: 'FILE', required: true, summary: 'file that holds the admin token of the cluster' },
    out: { value: 'FILE', required: true, summary: 'the file to write; it must not exist yet' },
    json: { value: null, summary: 'print JSON for programs' },
  },
  run: async (given, context) => {
    const addresses = given.values('address').map(parseAddress);
    const token = readToken(given.required('token-file'));
    const out = resolve(given.required('out'));
    if (existsSync(out)) throw new Error(`${out} exists already: nothing is written over`);
    if (!existsSync(dirname(out))) throw new Error(`there is no folder ${dirname(out)}`);
    const answer = await askLeader(addresses, token);
    const saved = await save(openNodeDisk(dirname(out)), basename(out), answer, context);
    context.stdout.write(savedText(out, saved, given.has('json')));
    return EXIT_DONE;
  },
};

interface Address {
  readonly host: string;
  readonly port: number;
}

function parseAddress(text: string): Address {
  const [, host = '', port = ''] = /^(?:http:\/\/)?(.+):(\d{1,5})\/?$/.exec(text) ?? [];
  if (host === '' || Number(port) > 65_535)
    throw new UsageError(`--address ${text}: must be HOST:PORT, for example localhost:8080`);
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

function readToken(file: string): string {
  let token: string;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(`--token-file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (token === '') throw new Error(`--token-file ${file} is empty`);
  return token;
}

/** The answer of the first that leads. @throws with what each said when none does */
async function askLeader(addresses: readonly Address[], token: string): Promise<IncomingMessage> {
  const said: string[] = [];
  for (const address of addresses) {
    const answer = await ask(address, token);
    if (answer.ok) return answer.value;
    said.push(`${address.host}:${address.port}: ${answer.reason}`);
  }
  throw new Error(`no member that was asked gave a snapshot\n  ${said.join('\n  ')}`);
}

async function ask({ host, port }: Address, token: string): Promise<Result<IncomingMessage, string>> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await new Promise<Result<IncomingMessage, string>>((settle) => {
    const request = get({ host, port, path: ADMIN_PATHS.snapshot, headers, timeout: ANSWER_TIMEOUT_MS }, (response) =>
      settle(succeed(response)),
    );
    request.on('timeout', () => request.destroy(new Error(`nothing came for ${ANSWER_TIMEOUT_MS / 1000} s`)));
    request.on('error', (error) => settle(refuse(error.message)));
  });
  if (!answer.ok || answer.value.statusCode === 200) return answer;
  return refuse(await refusalOf(answer.value));
}

const refusalSchema = z.looseObject({
  code: z.string(),
  message: z.string(),
  leader: z.looseObject({ name: z.string() }).nullish(),
});

async function refusalOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > REFUSAL_BYTES_MAX) break;
  }
  const status = `HTTP status ${response.statusCode ?? 0}`;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return status;
  }
  const refusal = refusalSchema.safeParse(body);
  if (!refusal.success) return status;
  const leader = refusal.data.leader ? `; the leader is ${refusal.data.leader.name}` : '';
  return `${refusal.data.message} (${refusal.data.code})${leader}`;
}

/** Received, read back and verified, synced, and only then named. Nothing of it stays when it fails. */
async function save(disk: Disk, name: string, response: IncomingMessage, { stderr }: CommandContext): Promise<ReadSnapshot> {
  const part = name + PART_SUFFIX;
  await disk.remove(part);
  const file = await disk.open(part, { create: true });
  try {
    await receive(file, response, (bytes) => stderr.write(`received ${Math.round(bytes / 1024 / 1024)} MiB\n`));
    const saved = await readSaved(file);
    if (!saved.ok) throw new Error(`what came is not a whole snapshot: ${saved.reason}`);
    await file.datasync();
    await publish(disk, '', part, name);
    return saved.value;
  } catch (error) {
    await disk.remove(part);
    throw error;
  } finally {
    await file.close();
  }
}

async function receive(file: DiskFile, response: IncomingMessage, progress: (bytes: number) => void): Promise<void> {
  let offset = 0;
  let told = 0;
  try {
    for await (const chunk of response) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      await file.write(offset, [bytes]);
      offset += bytes.length;
      if (offset - told >= PROGRESS_BYTES) progress((told = offset));
    }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ECONNRESET') throw error;
    throw new Error(`the member broke off after ${offset} bytes: nothing was saved`, { cause: error });
  }
}
