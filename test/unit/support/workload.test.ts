/** The load and its verification, against a server whose flaws are known: what is wrong is found, and nothing else is. */
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { checkLinearizable } from '../../support/history/linearizability.ts';
import { verifyWorkload } from '../../support/history/verification.ts';
import { Workload } from '../../support/history/workload.ts';
import type { WorkloadReport } from '../../support/history/workload.ts';
import { decodeReply, encodeCommand, RespClient } from '../../support/resp-client.ts';

/** What to do with the nth command of the load; null: as it should be. */
type Flaw = (
  number: number,
  words: readonly string[],
) => 'refuse-and-apply' | 'refuse' | 'unknown' | 'cut' | 'lose' | 'twice' | null;

class FlawedServer {
  readonly values = new Map<string, string>();
  readonly #flaw: Flaw;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #commands = 0;

  private constructor(flaw: Flaw) {
    this.#flaw = flaw;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async start(flaw: Flaw): Promise<FlawedServer> {
    const server = new FlawedServer(flaw);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get address() {
    return { host: '127.0.0.1', port: (this.#server.address() as AddressInfo).port };
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    let unread: Buffer = Buffer.alloc(0);
    this.#sockets.add(socket);
    socket.on('error', () => this.#sockets.delete(socket));
    socket.on('data', (chunk) => {
      unread = Buffer.concat([unread, chunk]);
      // A command is an array of bulk strings, which is also a reply.
      for (let decoded = decodeReply(unread, 0); decoded !== null; decoded = decodeReply(unread, 0)) {
        unread = unread.subarray(decoded.end);
        const items = decoded.reply.type === 'array' ? decoded.reply.items : [];
        this.#answer(
          socket,
          items.map((item) => (item.type === 'bulk' ? item.bytes.toString() : '')),
        );
      }
    });
  }

  #answer(socket: Socket, words: readonly string[]): void {
    if (words[0] === 'MGET') {
      const found = words.slice(1).map((key) => bulk(this.values.get(key)));
      socket.write(`*${found.length}\r\n${found.join('')}`);
      return;
    }
    this.#commands += 1;
    switch (this.#flaw(this.#commands, words)) {
      case null:
        socket.write(this.#apply(words));
        return;
      case 'refuse':
        socket.write('-NOLEADER no leader is known\r\n');
        return;
      case 'refuse-and-apply':
        this.#apply(words);
        socket.write('-BUSY try again\r\n');
        return;
      case 'unknown':
        if (this.#commands % 2 === 0) this.#apply(words);
        socket.write('-UNKNOWNOUTCOME the leader lost its seat\r\n');
        return;
      case 'cut':
        if (this.#commands % 2 === 0) this.#apply(words);
        socket.destroy();
        return;
      case 'lose':
        socket.write('+OK\r\n');
        return;
      case 'twice':
        this.#apply(words);
        socket.write(this.#apply(words));
        return;
    }
  }

  #apply([name, key = '', value = '', option]: readonly string[]): string {
    switch (name) {
      case 'GET':
        return bulk(this.values.get(key));
      case 'SET':
        if (option === 'NX' && this.values.has(key)) return '$-1\r\n';
        this.values.set(key, value);
        return '+OK\r\n';
      case 'INCR': {
        const count = Number(this.values.get(key) ?? '0') + 1;
        this.values.set(key, String(count));
        return `:${count}\r\n`;
      }
      case 'DEL':
        return `:${this.values.delete(key) ? 1 : 0}\r\n`;
      default:
        return '-ERR unknown command\r\n';
    }
  }
}

function bulk(value: string | undefined): string {
  return value === undefined ? '$-1\r\n' : `$${Buffer.byteLength(value)}\r\n${value}\r\n`;
}

let server: FlawedServer | undefined;
afterEach(async () => {
  await server?.stop();
});

async function loadUnder(flaw: Flaw, writes = 300): Promise<{ report: WorkloadReport; findings: readonly string[] }> {
  server = await FlawedServer.start(flaw);
  const target = { addresses: [server.address] };
  const workload = Workload.start({ name: 'load', ...target, writeIntervalMs: 1, sharedIntervalMs: 1, commandTimeoutMs: 1_000 });
  await workload.acknowledge(writes, 30_000);
  const report = await workload.stop();
  return { report, findings: await verifyWorkload(report, target) };
}

const isWrite = (words: readonly string[]) => words[0] === 'SET' && (words[1] ?? '').includes(':w');

describe('a server that keeps its word', () => {
  test('nothing is found, everything is counted, and the history is linearizable', async () => {
    const { report, findings } = await loadUnder(() => null);
    expect(findings).toEqual([]);
    expect(report).toMatchObject({ refused: 0, unknown: 0, surprises: [] });
    expect(report.acknowledged).toBeGreaterThanOrEqual(300);
    expect(report.operations.length).toBeGreaterThan(50);
    expect(checkLinearizable(report.operations).type).toBe('linearizable');
  });

  test('refusals, unknown outcomes and cut connections are told apart, and none is a loss', async () => {
    const { report, findings } = await loadUnder((number) =>
      number % 41 === 0 ? 'refuse' : number % 43 === 0 ? 'unknown' : number % 47 === 0 ? 'cut' : null,
    );
    expect(findings).toEqual([]);
    expect(report.refused).toBeGreaterThan(0);
    expect(report.unknown).toBeGreaterThan(0);
  });
});

describe('a server with a flaw', () => {
  test('an acknowledged write that was never made is found lost', async () => {
    const { findings } = await loadUnder((number, words) => (isWrite(words) && number % 50 === 0 ? 'lose' : null));
    expect(findings).toContainEqual(expect.stringMatching(/^LOST: load:w\d:\d+ was acknowledged, and is null$/));
  });

  test('S14: a refused write that took effect is found', async () => {
    const { findings } = await loadUnder((number, words) => (isWrite(words) && number % 50 === 0 ? 'refuse-and-apply' : null));
    expect(findings).toContainEqual(expect.stringContaining('was refused, and is'));
  });

  test('an increment that counts twice is found in the counter and in the history', async () => {
    const { findings } = await loadUnder((number, words) => (words[0] === 'INCR' && number % 5 === 0 ? 'twice' : null));
    expect(findings).toContainEqual(expect.stringMatching(/^counter load:counter:\d is \d+, with/));
    expect(findings).toContainEqual(expect.stringContaining('the history is not-linearizable'));
  });

  test('an answer that no command has is a finding', async () => {
    const { findings } = await loadUnder((number, words) => (words[0] === 'INCR' && number % 5 === 0 ? 'lose' : null));
    expect(findings).toContainEqual(expect.stringMatching(/^a client was told INCR load:\S+ was answered OK$/));
  });
});

describe('the client', () => {
  test('a command without an answer in time is lost, and what comes after it is unsent', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const client = await RespClient.connect({ host: '127.0.0.1', port, commandTimeoutMs: 50 });
    const first = client.call('SET', 'k', 'v');
    const second = client.call('GET', 'k');
    expect(await first).toEqual({ type: 'lost', reason: 'no reply within 50 ms' });
    expect(await second).toMatchObject({ type: 'lost' });
    expect(await client.call('GET', 'k')).toMatchObject({ type: 'unsent' });
    silent.close();
  });

  test.each([1, 2, 3, 5, 8, 13, 100])('replies that come in pieces of %i bytes', (size) => {
    const bytes = Buffer.from('*3\r\n:1\r\n$5\r\na\r\nbc\r\n*1\r\n-ERR no\r\n');
    for (let end = 0; end < bytes.length; end += size) expect(decodeReply(bytes.subarray(0, end), 0)).toBeNull();
    expect(decodeReply(bytes, 0)).toEqual({
      end: bytes.length,
      reply: {
        type: 'array',
        items: [
          { type: 'integer', value: 1 },
          { type: 'bulk', bytes: Buffer.from('a\r\nbc') },
          { type: 'array', items: [{ type: 'error', message: 'ERR no' }] },
        ],
      },
    });
  });

  test('a command is an array of bulk strings, counted in bytes', () => {
    expect(encodeCommand(['SET', 'ü', 7]).toString()).toBe('*3\r\n$3\r\nSET\r\n$2\r\nü\r\n$1\r\n7\r\n');
  });
});
