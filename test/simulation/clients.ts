/**
 * The clients of the world: they pipeline, time out, retry what was refused, go to another member, and record all that they are told
 * (rule S14). Values are distinct, so that the judge can tell who wrote what.
 */
import type { Random } from '../../src/shared/random.ts';
import type { RecordedCall } from '../support/history/history.ts';
import type { CallOutcome } from '../support/resp-client.ts';
import { ClientConnection } from './client-connection.ts';
import type { History, OutcomeKind } from './history.ts';
import type { Endpoint, Network } from './network.ts';

export interface ClientsOptions {
  readonly clients: number;
  /** Mean time between what one client does. */
  readonly thinkMs: number;
  readonly keys: number;
  /** How often several commands leave together. */
  readonly pipelineShare: number;
  readonly transactionShare: number;
  readonly deadlineShare: number;
  readonly timeoutMs: number;
}

export interface ClientsWorld {
  readonly network: Network;
  readonly history: History;
  /** Where clients may knock now. */
  hosts(): readonly string[];
  /** Told of each call that a client asks of a member, and of what became of it. */
  asked(client: string, host: string): (acknowledged: boolean) => void;
  count(what: string, by?: number): void;
}

const RETRY_PAUSE_MS = 300;
const RETRIES_MAX = 3;
/** Keys that transactions join: the judge has to look at them together, so that there are only two. */
const PAIR = ['t0', 't1'] as const;
/** Apart from each other, so that an INCR on one value never yields another. */
const VALUE_STEP = 100_000;

export class Client implements Endpoint {
  readonly host: string;
  readonly isAlive = true;
  readonly #world: ClientsWorld;
  readonly #number: number;
  readonly #options: ClientsOptions;
  readonly #random: Random;
  readonly #nextValue: () => string;
  #connection: ClientConnection | null = null;
  #isStopped = false;

  constructor(world: ClientsWorld, number: number, options: ClientsOptions, random: Random, nextValue: () => string) {
    this.host = `client-${number}`;
    this.#world = world;
    this.#number = number;
    this.#options = options;
    this.#random = random;
    this.#nextValue = nextValue;
  }

  deliver(act: () => void): void {
    act();
  }

  stop(): void {
    this.#isStopped = true;
  }

  async run(): Promise<void> {
    const { scheduler } = this.#world.network;
    while (!this.#isStopped) {
      await scheduler.sleep(this.#random.fraction() * 2 * this.#options.thinkMs);
      const connection = await this.#connect();
      if (connection) await this.#act(connection);
    }
    this.#connection?.close('the client is done');
  }

  async #connect(): Promise<ClientConnection | null> {
    if (this.#connection?.isOpen === true && this.#random.below(40) > 0) return this.#connection;
    this.#connection?.close('the client goes elsewhere');
    const hosts = this.#world.hosts();
    const host = hosts[this.#random.below(Math.max(1, hosts.length))];
    if (host === undefined) return null;
    const connection = new ClientConnection(this.#world.network, this, host, this.#options.timeoutMs);
    this.#connection = connection;
    return (await connection.opened) ? connection : null;
  }

  async #act(connection: ClientConnection): Promise<void> {
    if (this.#random.fraction() < this.#options.transactionShare) {
      await this.#transact(connection);
      return;
    }
    const length = this.#random.fraction() < this.#options.pipelineShare ? 2 + this.#random.below(5) : 1;
    const commands = Array.from({ length }, () => this.#drawCommand());
    if (length > 1) this.#world.count('clients: commands pipelined', length);
    await this.#send(connection, commands, RETRIES_MAX);
  }

  /** What was refused is safe to send again (rule S14), and is: elsewhere, after a while. */
  async #send(connection: ClientConnection, commands: readonly (readonly string[])[], retries: number): Promise<void> {
    const ends = commands.map((words) => this.#begin(connection, { type: 'command', words }).ended);
    const outcomes = await Promise.all(connection.send(commands).map((outcome, at) => outcome.then(ends[at])));
    const refused = commands.filter((_, at) => outcomes[at] === 'refused');
    if (refused.length === 0 || retries === 0 || this.#isStopped) return;
    connection.close('refused');
    await this.#world.network.scheduler.sleep(RETRY_PAUSE_MS * (0.5 + this.#random.fraction()));
    const next = await this.#connect();
    if (!next) return;
    this.#world.count('clients: refused commands sent again', refused.length);
    await this.#send(next, refused, retries - 1);
  }

  /** Looks at keys, decides, and writes only if nobody came between. */
  async #transact(connection: ClientConnection): Promise<void> {
    const [first, second] = PAIR;
    const keys = this.#random.below(2) === 0 ? [first, second] : [this.#random.below(2) === 0 ? first : second];
    const watches: number[] = [];
    if (this.#random.below(3) > 0) {
      const { invoked, ended } = this.#begin(connection, { type: 'watch', keys });
      watches.push(invoked);
      const outcome = await connection.send([['WATCH', ...keys]])[0]!.then(ended);
      if (outcome !== 'ok') return;
      await this.#send(connection, [['GET', keys[0] ?? first]], 0);
      if (this.#random.below(3) === 0) await this.#world.network.scheduler.sleep(this.#random.fraction() * 500);
    }
    const commands = keys.map((key) => (this.#random.below(2) === 0 ? ['SET', key, this.#nextValue()] : ['INCR', key]));
    const { ended } = this.#begin(connection, { type: 'transaction', commands, watches });
    const outcomes = connection.send([['MULTI'], ...commands, ['EXEC']]);
    const last = await outcomes.at(-1)!.then(ended);
    if (last !== 'ok') connection.close('a transaction that did not end well');
  }

  #begin(
    connection: ClientConnection,
    call: RecordedCall,
  ): { readonly invoked: number; readonly ended: (outcome: CallOutcome) => OutcomeKind } {
    const open = this.#world.history.invoke(this.#number, call);
    const told = this.#world.asked(this.host, connection.host);
    const ended = (outcome: CallOutcome): OutcomeKind => {
      const kind = this.#world.history.return(open, outcome);
      told(kind === 'ok');
      if (outcome.type === 'lost' && connection.missedDeadline) this.#world.count('clients: deadlines missed');
      return kind;
    };
    return { invoked: open.invoked, ended };
  }

  #drawKey(): string {
    const number = this.#random.below(this.#options.keys + 1);
    return number === this.#options.keys ? PAIR[this.#random.below(2)]! : `k${number}`;
  }

  #drawCommand(): string[] {
    const key = this.#drawKey();
    if (this.#random.fraction() < this.#options.deadlineShare) return this.#drawDeadline(key);
    if (this.#random.below(12) === 0) return this.#drawLong();
    const die = this.#random.below(20);
    if (die < 8) return ['GET', key];
    if (die < 11) return ['INCR', key];
    // What a transaction watches is deleted more often: it must see that as well.
    const deletes = key.startsWith('t') ? 3 : 1;
    if (die < 11 + deletes) return ['DEL', key];
    if (die < 16) return ['SET', key, this.#nextValue()];
    return ['SET', key, this.#nextValue(), 'NX'];
  }

  /** Over many sectors, so that a batch can be torn. */
  #drawLong(): string[] {
    const key = `long${this.#random.below(2)}`;
    if (this.#random.below(3) === 0) return ['GET', key];
    return ['SET', key, `${this.#nextValue()}-`.padEnd(500 + this.#random.below(3000), 'x')];
  }

  #drawDeadline(key: string): string[] {
    const milliseconds = String(200 + this.#random.below(4000));
    const die = this.#random.below(6);
    if (die < 2) return ['SET', key, this.#nextValue(), 'PX', milliseconds];
    if (die < 4) return ['PEXPIRE', key, milliseconds];
    if (die < 5) return ['PERSIST', key];
    return ['GET', key];
  }
}

export function startClients(world: ClientsWorld, options: ClientsOptions, random: Random): Client[] {
  let values = 0;
  const nextValue = (): string => String((values += VALUE_STEP));
  const clients = Array.from(
    { length: options.clients },
    (_, number) => new Client(world, number, options, random.split(), nextValue),
  );
  return clients;
}
