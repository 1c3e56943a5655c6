/**
 * One conversation with every command that we answer, errors included, to be held against Redis: the same steps run on any server, in
 * either protocol version. It empties the keyspace first and needs nobody else to write to it.
 */
import { steps } from './script-steps.ts';
import { nameOf } from './script-language.ts';
import type { Step } from './script-language.ts';
import type { RawReply, RespConnection } from './resp-connection.ts';

export interface TranscriptLine {
  readonly label: string;
  /** Lower case; what the comparison is looked up by. */
  readonly command: string;
  readonly reply: RawReply;
}

export type Connect = () => Promise<RespConnection>;

const UNTIL_ATTEMPTS_MAX = 20_000;
const SCAN_ROUNDS_MAX = 1000;

/** @param connect opens a connection that is authenticated already where the server wants that */
export async function runScript(connect: Connect, protocol: 2 | 3): Promise<readonly TranscriptLine[]> {
  const connections = new Map<string, RespConnection>();
  const transcript: TranscriptLine[] = [];
  const open = async (name: string): Promise<RespConnection> => {
    const known = connections.get(name);
    if (known) return known;
    const connection = await connect();
    if (protocol === 3) await connection.call('HELLO', '3');
    connections.set(name, connection);
    return connection;
  };
  try {
    await (await open('first')).call('FLUSHALL');
    for (const step of steps) {
      try {
        if (step.type === 'last') transcript.push(await lastWords(await connect(), step.bytes, step.command));
        else transcript.push(...(await runStep(await open(step.on), step)));
      } catch (error) {
        throw new Error(`after ${transcript.at(-1)?.label ?? 'the start'}, at ${describe(step)}`, { cause: error });
      }
    }
  } finally {
    for (const connection of connections.values()) await connection.close();
  }
  return transcript;
}

async function runStep(connection: RespConnection, step: Exclude<Step, { type: 'last' }>): Promise<TranscriptLine[]> {
  switch (step.type) {
    case 'call': {
      const reply = await connection.call(...step.words);
      return [{ label: labelOf(step.words), command: nameOf(step.words), reply }];
    }
    case 'raw': {
      connection.send(step.bytes);
      const lines: TranscriptLine[] = [];
      for (const command of step.commands) {
        lines.push({
          label: `${JSON.stringify(step.bytes.toString('latin1').slice(0, 60))}: ${command}`,
          command,
          reply: await connection.reply(),
        });
      }
      return lines;
    }
    case 'until': {
      for (let attempt = 0; attempt < UNTIL_ATTEMPTS_MAX; attempt += 1) {
        const reply = await connection.call(...step.words);
        if (reply.raw.toString() === step.wanted) return [{ label: labelOf(step.words), command: nameOf(step.words), reply }];
      }
      throw new Error(`${labelOf(step.words)} never answered ${JSON.stringify(step.wanted)}`);
    }
    case 'scan':
      return [await scanAround(connection, step.options)];
  }
}

async function scanAround(connection: RespConnection, options: readonly string[]): Promise<TranscriptLine> {
  const seen = new Set<string>();
  let cursor = '0';
  for (let round = 0; round < SCAN_ROUNDS_MAX; round += 1) {
    const { value } = await connection.call('SCAN', cursor, ...options);
    const [next, keys] = value.type === 'array' ? value.items : [];
    if (next?.type !== 'bulk' || keys?.type !== 'array') throw new Error('SCAN answers a cursor and keys');
    for (const key of keys.items) if (key.type === 'bulk') seen.add(key.text);
    cursor = next.text;
    if (cursor !== '0') continue;
    const items = [...seen].map((text) => ({ type: 'bulk', text }) as const);
    return {
      label: `SCAN around ${options.join(' ')}`,
      command: 'scan',
      reply: { raw: Buffer.alloc(0), value: { type: 'set', items } },
    };
  }
  throw new Error(`SCAN did not come around in ${SCAN_ROUNDS_MAX} rounds`);
}

async function lastWords(connection: RespConnection, bytes: Buffer, command: string): Promise<TranscriptLine> {
  connection.send(bytes);
  const reply = await connection.reply();
  await connection.closed;
  return { label: JSON.stringify(bytes.toString('latin1').slice(0, 60)), command, reply };
}

function describe(step: Step): string {
  return step.type === 'call' || step.type === 'until' ? labelOf(step.words) : step.type;
}

function labelOf(words: readonly (string | Buffer)[]): string {
  return words.map((word) => word.toString('latin1').slice(0, 40)).join(' ');
}
