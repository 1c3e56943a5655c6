/**
 * Three (or more) storage nodes in real processes on loopback, run from the bundle: what `examples/local-three.sh` does, for tests. Ports are
 * free ones; every process that is started is stopped by its id.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_PATHS } from '../../src/api/node-status.ts';
import type { NodeStatus } from '../../src/api/node-status.ts';
import { assert, present } from '../../src/shared/assert.ts';
import { eventually } from './system.ts';

export const PASSWORD = 'a password';
export const TOKEN = 'an admin token';

export interface LocalMember {
  readonly name: string;
  readonly clientPort: number;
  readonly peerPort: number;
  readonly httpPort: number;
  readonly folder: string;
}

export interface LocalClusterOptions {
  readonly members?: number;
  /** `<prefix>1` and on unless given, counted from `firstNumber`. */
  readonly namePrefix?: string;
  readonly firstNumber?: number;
  /** Bundle to run; a second build for the members that a test names. */
  readonly program: string;
  readonly limits?: Readonly<Record<string, number>>;
}

export class LocalCluster {
  readonly folder: string;
  readonly members: readonly LocalMember[];
  readonly #options: LocalClusterOptions;
  readonly #processes = new Map<string, ChildProcess>();

  private constructor(folder: string, members: readonly LocalMember[], options: LocalClusterOptions) {
    this.folder = folder;
    this.members = members;
    this.#options = options;
  }

  /** Started, founded, with a leader. */
  static async found(options: LocalClusterOptions): Promise<LocalCluster> {
    const cluster = await LocalCluster.prepare(options);
    await cluster.startAll();
    await cluster.foundAll();
    await cluster.leader();
    return cluster;
  }

  /** Folders and files only: nothing runs yet. */
  static async prepare(options: LocalClusterOptions): Promise<LocalCluster> {
    const count = options.members ?? 3;
    const folder = mkdtempSync(join(tmpdir(), 'quorate-'));
    const ports = await freePorts(count * 3);
    const members = Array.from({ length: count }, (_, index): LocalMember => {
      const port = (offset: number): number => present(ports[index * 3 + offset], 'three ports a member');
      const name = `${options.namePrefix ?? 'member-'}${index + (options.firstNumber ?? 1)}`;
      return { name, clientPort: port(0), peerPort: port(1), httpPort: port(2), folder: join(folder, `data-${index + 1}`) };
    });
    const cluster = new LocalCluster(folder, members, options);
    for (const [file, text] of [
      ['peer-secret', 'a peer secret'],
      ['admin-token', TOKEN],
      ['client-password', PASSWORD],
    ] as const) {
      writeFileSync(join(folder, file), text, { mode: 0o600 });
    }
    for (const member of members) writeFileSync(join(folder, `${member.name}.yaml`), cluster.#configuration(member));
    return cluster;
  }

  member(name: string): LocalMember {
    return present(
      this.members.find((each) => each.name === name),
      'the member is one of the cluster',
    );
  }

  async startAll(): Promise<void> {
    await Promise.all(this.members.map((member) => this.start(member)));
  }

  /** Resolves once its HTTP face answers. `program`: another build than the cluster's. */
  async start(member: LocalMember, program = this.#options.program): Promise<void> {
    assert(!this.#processes.has(member.name), 'a member runs once');
    mkdirSync(member.folder, { recursive: true });
    const child = spawn(process.execPath, [program, 'node', '--config', join(this.folder, `${member.name}.yaml`)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(join(this.folder, `${member.name}.log`), { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#processes.set(member.name, child);
    child.once('exit', () => {
      if (this.#processes.get(member.name) === child) this.#processes.delete(member.name);
    });
    await eventually(`${member.name} answers`, async () => (await this.status(member)) !== null, 20_000);
  }

  isRunning(member: LocalMember): boolean {
    return this.#processes.has(member.name);
  }

  /** SIGKILL by default, as a power cut that spares the page cache; resolves when the process is gone. */
  async kill(member: LocalMember, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#processes.get(member.name);
    if (!child) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await gone;
  }

  async foundAll(): Promise<void> {
    const all = await Promise.all(this.members.map(async (member) => present(await this.status(member), 'the member answers')));
    const members = all.map(({ memberId, name }) => ({ id: memberId, name }));
    const body = { clusterId: 'local-test', generation: { number: 1, id: '0'.repeat(16) }, epoch: 1, members };
    for (const member of this.members) {
      const answer = await this.admin(member, ADMIN_PATHS.found, body);
      assert(answer.status === 200, `founding ${member.name}: ${JSON.stringify(answer.body)}`);
    }
  }

  /** Starts `member` with an empty folder, and makes it a learner and then a voter of the cluster that `leader` leads. */
  async join(leader: LocalMember, member: LocalMember): Promise<void> {
    await this.start(member);
    const { memberId } = present(await this.status(member), 'the member answers');
    const { clusterId, generation } = present(await this.status(leader), 'the leader answers');
    const joined = await this.admin(member, ADMIN_PATHS.join, { clusterId, generation });
    assert(joined.status === 200, `joining ${member.name}: ${JSON.stringify(joined.body)}`);
    const change = async (change: object): Promise<boolean> => {
      const expectedIndex = (await this.status(leader))?.replication?.committedConfiguration.index;
      return (await this.admin(leader, ADMIN_PATHS.changeConfiguration, { change, expectedIndex })).status === 200;
    };
    await eventually(`${member.name} is a learner`, () => change({ type: 'add-learner', id: memberId, name: member.name }));
    await eventually(`${member.name} is a voter`, () => change({ type: 'promote', id: memberId }), 30_000);
  }

  /** Null while it does not answer. */
  async status(member: LocalMember, confirm = false): Promise<NodeStatus | null> {
    try {
      const answer = await fetch(`http://127.0.0.1:${member.httpPort}/status${confirm ? '?confirm=true' : ''}`);
      return (await answer.json()) as NodeStatus;
    } catch {
      return null;
    }
  }

  async admin(
    member: LocalMember,
    path: string,
    body: object,
    token = TOKEN,
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${member.httpPort}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }

  /** The member that leads, by its own confirmed word. */
  async leader(): Promise<LocalMember> {
    let found: LocalMember | null = null;
    await eventually(
      'a confirmed leader',
      async () => {
        const statuses = await Promise.all(this.members.map((member) => this.status(member, true)));
        found = this.members.find((_, index) => statuses[index]?.confirmed) ?? null;
        return found !== null;
      },
      30_000,
    );
    return present(found as LocalMember | null, 'just found');
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => this.kill(member)));
    rmSync(this.folder, { recursive: true, force: true });
  }

  #configuration(member: LocalMember): string {
    return JSON.stringify({
      name: member.name,
      dataFolder: member.folder,
      host: '127.0.0.1',
      clientPort: member.clientPort,
      peerPort: member.peerPort,
      httpPort: member.httpPort,
      peers: this.members.map(({ name, peerPort }) => ({ name, host: '127.0.0.1', port: peerPort })),
      peerSecretFile: join(this.folder, 'peer-secret'),
      adminTokenFile: join(this.folder, 'admin-token'),
      clientPasswordFile: join(this.folder, 'client-password'),
      limits: { segmentBytes: 1024 * 1024, ...this.#options.limits },
    });
  }
}

/** Ports that were free a moment ago. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
