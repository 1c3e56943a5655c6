/**
 * The built-in writer: one client that increments one key, one command at a time, on whichever member answers. It retries what was refused,
 * never what may have been done: the tally then knows what may and what may not be there.
 */
import type { Duplex } from 'node:stream';
import type { Clock } from '../../shared/clock.ts';
import { pause } from '../../operator/timing.ts';
import { CommandError } from '../command.ts';
import { ConnectionLostError } from '../redis/connection.ts';
import type { RespConnection } from '../redis/connection.ts';
import { introduced } from '../redis/server.ts';
import type { RedisServer } from '../redis/server.ts';
import type { WriteTally } from './write-tally.ts';

export const WRITER_LIMITS = {
  /** A member that says nothing for so long is left for another one, and what was sent to it has no answer. */
  replyMs: 1_500,
  /** Between two attempts that came to nothing. */
  retryMs: 25,
} as const;

/** Where writes go: the cluster as it was last seen. */
export interface WriteTarget {
  /** Of the cluster: with another one the count begins anew. */
  readonly id: string;
  /** Members that may answer; any will do. */
  readonly servers: readonly RedisServer[];
  readonly password: string | null;
}

export interface WriterOptions {
  readonly clock: Clock;
  readonly tally: WriteTally;
  readonly writesPerSecond: number;
  /** Counted in by nobody else. */
  readonly key: string;
  /** Null while there is no cluster to write to. */
  readonly target: () => WriteTarget | null;
}

export class Writer {
  readonly #options: WriterOptions;
  #connection: RespConnection | null = null;
  /** Which of the servers is next. */
  #turn = 0;
  #id: string | null = null;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Resolves once the write that is under way when `signal` is aborted has its answer, with no connection left. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, writesPerSecond } = this.#options;
    const intervalMs = 1000 / writesPerSecond;
    let dueAtMs = clock.monotonicMs();
    while (!signal.aborted) {
      const isDone = await this.#write();
      const nowMs = clock.monotonicMs();
      // After a gap it goes on at its pace, and does not make up for what it missed.
      dueAtMs = Math.max(dueAtMs + intervalMs, nowMs - intervalMs);
      const waitMs = isDone ? dueAtMs - nowMs : WRITER_LIMITS.retryMs;
      if (waitMs >= 1) await pause(clock, waitMs, signal);
    }
    this.#options.tally.rest(clock.monotonicMs());
    this.#drop();
  }

  /**
   * Where the counter stands, asked once all is written: a read that a majority confirms. Null when nobody answers within `withinMs`.
   */
  async readBack(withinMs: number): Promise<number | null> {
    const { clock, tally } = this.#options;
    const endMs = clock.monotonicMs() + withinMs;
    while (clock.monotonicMs() < endMs) {
      const value = await this.#read();
      if (value !== null) {
        tally.read(value);
        this.#drop();
        return value;
      }
      await pause(clock, WRITER_LIMITS.retryMs, new AbortController().signal);
    }
    this.#drop();
    return null;
  }

  async #read(): Promise<number | null> {
    const connection = await this.#connected();
    if (connection === null) return null;
    try {
      const reply = await this.#timed(connection, connection.ask(['GET', this.#options.key]));
      if (reply.type === 'bulk') return Number(reply.bytes.toString('latin1'));
      if (reply.type === 'null') return 0;
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) throw error;
    }
    this.#drop();
    return null;
  }

  /** True when one was acknowledged. */
  async #write(): Promise<boolean> {
    const connection = await this.#connected();
    if (connection === null) return false;
    const { clock, tally, key } = this.#options;
    try {
      const reply = await this.#timed(connection, connection.ask(['INCR', key]));
      if (reply.type === 'integer') {
        tally.acknowledge(Number(reply.value), clock.monotonicMs());
        return true;
      }
      if (reply.type === 'error' && reply.message.startsWith('UNKNOWNOUTCOME')) tally.lose();
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) throw error;
      if (error.sent) tally.lose();
    }
    // Whatever it was, another member may know better.
    this.#drop();
    return false;
  }

  async #connected(): Promise<RespConnection | null> {
    const target = this.#options.target();
    if (target === null) this.#options.tally.rest(this.#options.clock.monotonicMs());
    if (target?.id !== this.#id) {
      this.#drop();
      if (this.#id !== null && target !== null) this.#options.tally.beginAnew();
      if (target !== null) this.#id = target.id;
    }
    if (target === null || target.servers.length === 0) return null;
    if (this.#connection?.isOpen === true) return this.#connection;
    this.#turn += 1;
    const server = target.servers[this.#turn % target.servers.length];
    if (server === undefined) return null;
    let stream: Duplex | null = null;
    const cancel = this.#options.clock.schedule(WRITER_LIMITS.replyMs, () => stream?.destroy());
    const watched: RedisServer = { label: server.label, open: async () => (stream = await server.open()) };
    try {
      this.#connection = await introduced(watched, { password: target.password, protocol: 2 });
      return this.#connection;
    } catch (error) {
      if (!(error instanceof CommandError) && !(error instanceof ConnectionLostError)) throw error;
      return null;
    } finally {
      cancel();
    }
  }

  /** A connection that stays silent is closed, which answers everything that was asked on it. */
  async #timed<Value>(connection: RespConnection, asked: Promise<Value>): Promise<Value> {
    const cancel = this.#options.clock.schedule(WRITER_LIMITS.replyMs, () => connection.close());
    try {
      return await asked;
    } finally {
      cancel();
    }
  }

  #drop(): void {
    this.#connection?.close();
    this.#connection = null;
  }
}
