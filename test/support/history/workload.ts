/**
 * The load under which clusters are changed and broken. Writers put each value under a key of its own and go on after errors; beside them
 * clients use a few shared keys, recorded for the judge. Outcomes are told apart as rule S14 says: acknowledged; refused, which is safe and
 * must leave no trace; unknown, which may have taken effect or not.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '../../../src/shared/random.ts';
import type { Random } from '../../../src/shared/random.ts';
import { describeOutcome, RespClient } from '../resp-client.ts';
import type { CallOutcome, RespAddress } from '../resp-client.ts';
import { answerOf, HistoryRecorder } from './history.ts';
import type { RecordedAnswer, RecordedOperation, RecordedOutcome, Words } from './history.ts';

export interface WorkloadOptions {
  /** First part of every key, so that loads on one cluster do not meet. */
  readonly name: string;
  /** Members or Services; a client that is cut off tries the next one. */
  readonly addresses: readonly RespAddress[];
  readonly password?: string | undefined;
  readonly seed?: number;
  readonly writers?: number;
  readonly sharedClients?: number;
  /** Shortest time from one write of a writer to its next: enough writes for a verdict, few enough for a quick one. */
  readonly writeIntervalMs?: number;
  readonly sharedIntervalMs?: number;
  readonly commandTimeoutMs?: number;
}

export interface WrittenValue {
  readonly key: string;
  readonly value: string;
  readonly outcome: 'acknowledged' | 'refused' | 'unknown';
}

export interface CounterTally {
  readonly key: string;
  readonly acknowledged: number;
  readonly unknown: number;
}

export interface WorkloadReport {
  readonly name: string;
  readonly written: readonly WrittenValue[];
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  /** Longest time without any acknowledged write of the writers. */
  readonly longestWriteGapMs: number;
  readonly durationMs: number;
  readonly operations: readonly RecordedOperation[];
  readonly counters: readonly CounterTally[];
  /** Replies that no client should ever see; the first of each kind. */
  readonly surprises: readonly string[];
}

/** At most 8 keys are shared: the judge's work grows with how many clients meet on one. */
const SHARED_REGISTERS = 6;
const SHARED_COUNTERS = 2;
const RECONNECT_PAUSE_MS = 100;
const REFUSED_PAUSE_MS = 50;
/** Apart from each other, so that an INCR on one value never yields another. */
const SHARED_VALUE_STEP = 1_000_000;
const SAFE_REFUSALS = /^(NOLEADER|BUSY|OOM|LOADING|HALTED)\b/;
const UNKNOWN_OUTCOME = /^UNKNOWNOUTCOME\b/;
const SURPRISES_MAX = 20;

export class Workload {
  readonly #options: WorkloadOptions;
  readonly #startedAtMs = performance.now();
  readonly #recorder = new HistoryRecorder();
  readonly #written: WrittenValue[] = [];
  readonly #tallies = new Map<string, { acknowledged: number; unknown: number }>();
  readonly #surprises = new Set<string>();
  readonly #clients: Promise<void>[] = [];
  #acknowledged = 0;
  #lastAcknowledgedAtMs = this.#startedAtMs;
  #longestWriteGapMs = 0;
  #nextSharedValue = SHARED_VALUE_STEP;
  #isStopping = false;

  private constructor(options: WorkloadOptions) {
    this.#options = options;
    const random = new SeededRandom(options.seed ?? 1);
    for (let counter = 0; counter < SHARED_COUNTERS; counter += 1)
      this.#tallies.set(`${options.name}:counter:${counter}`, { acknowledged: 0, unknown: 0 });
    for (let writer = 0; writer < (options.writers ?? 4); writer += 1) this.#clients.push(this.#write(writer));
    for (let client = 0; client < (options.sharedClients ?? 4); client += 1)
      this.#clients.push(this.#share(client, random.split()));
  }

  static start(options: WorkloadOptions): Workload {
    return new Workload(options);
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** @throws when `count` more writes are not acknowledged within the deadline */
  async acknowledgeMore(count: number, deadlineMs = 60_000): Promise<void> {
    await this.acknowledge(this.#acknowledged + count, deadlineMs);
  }

  /** @throws when the total does not reach `total` within the deadline */
  async acknowledge(total: number, deadlineMs = 120_000): Promise<void> {
    const endMs = performance.now() + deadlineMs;
    while (this.#acknowledged < total) {
      if (performance.now() > endMs) {
        const sinceMs = Math.round(performance.now() - this.#lastAcknowledgedAtMs);
        throw new Error(
          `${this.#acknowledged} of ${total} writes acknowledged within ${deadlineMs} ms, the last one ${sinceMs} ms ago; ${[...this.#surprises].join('; ')}`,
        );
      }
      await sleep(20);
    }
  }

  /** Ends the load, once every open command has its outcome. */
  async stop(): Promise<WorkloadReport> {
    this.#isStopping = true;
    await Promise.all(this.#clients);
    this.#measureGap();
    const count = (outcome: WrittenValue['outcome']) => this.#written.filter((written) => written.outcome === outcome).length;
    return {
      name: this.#options.name,
      written: this.#written,
      acknowledged: count('acknowledged'),
      refused: count('refused'),
      unknown: count('unknown'),
      longestWriteGapMs: Math.round(this.#longestWriteGapMs),
      durationMs: Math.round(performance.now() - this.#startedAtMs),
      operations: this.#recorder.operations(),
      counters: [...this.#tallies].map(([key, tally]) => ({ key, ...tally })),
      surprises: [...this.#surprises],
    };
  }

  async #write(writer: number): Promise<void> {
    const connection = new Connection(this.#options, writer);
    const intervalMs = this.#options.writeIntervalMs ?? 20;
    for (let number = 0; !this.#isStopping; number += 1) {
      const startedAtMs = performance.now();
      const key = `${this.#options.name}:w${writer}:${number}`;
      const value = `${key}=${String(startedAtMs)}`;
      const outcome = await connection.call('SET', key, value);
      const kind = this.#classify(outcome);
      if (kind !== 'unsent') this.#written.push({ key, value, outcome: kind });
      if (kind === 'acknowledged') {
        this.#acknowledged += 1;
        this.#measureGap();
      }
      await pace(startedAtMs, kind === 'refused' || kind === 'unsent' ? REFUSED_PAUSE_MS : intervalMs);
    }
    connection.close();
  }

  #measureGap(): void {
    const nowMs = performance.now();
    this.#longestWriteGapMs = Math.max(this.#longestWriteGapMs, nowMs - this.#lastAcknowledgedAtMs);
    this.#lastAcknowledgedAtMs = nowMs;
  }

  async #share(client: number, random: Random): Promise<void> {
    const connection = new Connection(this.#options, client + 1);
    const intervalMs = this.#options.sharedIntervalMs ?? 40;
    while (!this.#isStopping) {
      const startedAtMs = performance.now();
      const words = this.#draw(random);
      const isOpen = await connection.open();
      if (!isOpen) continue;
      const recorded = this.#recorder.invoke(client, { type: 'command', words });
      const outcome = await connection.call(...words);
      this.#recorder.return(recorded, this.#recordable(words, outcome));
      const [name, key = ''] = words;
      const tally = this.#tallies.get(key);
      if (tally !== undefined && name === 'INCR') {
        const kind = this.#classify(outcome);
        if (kind === 'acknowledged' || kind === 'unknown') tally[kind] += 1;
      }
      await pace(startedAtMs, intervalMs);
    }
    connection.close();
  }

  #draw(random: Random): Words {
    const number = random.below(SHARED_REGISTERS + SHARED_COUNTERS);
    if (number >= SHARED_REGISTERS) {
      const key = `${this.#options.name}:counter:${number - SHARED_REGISTERS}`;
      return [random.below(4) === 0 ? 'GET' : 'INCR', key];
    }
    const key = `${this.#options.name}:register:${number}`;
    const die = random.below(20);
    if (die < 8) return ['GET', key];
    if (die < 11) return ['INCR', key];
    // Now and then a key goes, so that SET NX has something to win.
    if (die < 12) return ['DEL', key];
    const value = String(this.#nextSharedValue);
    this.#nextSharedValue += SHARED_VALUE_STEP;
    return die < 16 ? ['SET', key, value] : ['SET', key, value, 'NX'];
  }

  #recordable(words: Words, outcome: CallOutcome): RecordedOutcome {
    const kind = this.#classify(outcome);
    if (kind === 'acknowledged' && outcome.type === 'replied') {
      const answer = answerOf(outcome.reply);
      if (isAnswerOf(words, answer)) return { type: 'ok', answer };
      this.#surprise(`${words.join(' ')} was answered ${describeOutcome(outcome)}`);
      return { type: 'unknown', reason: describeOutcome(outcome) };
    }
    return { type: kind === 'unknown' ? 'unknown' : 'refused', reason: describeOutcome(outcome) };
  }

  #classify(outcome: CallOutcome): 'acknowledged' | 'refused' | 'unknown' | 'unsent' {
    if (outcome.type === 'unsent') return 'unsent';
    if (outcome.type === 'lost') return 'unknown';
    if (outcome.reply.type !== 'error') return 'acknowledged';
    if (SAFE_REFUSALS.test(outcome.reply.message)) return 'refused';
    if (!UNKNOWN_OUTCOME.test(outcome.reply.message)) this.#surprise(`-${outcome.reply.message}`);
    return 'unknown';
  }

  #surprise(text: string): void {
    if (this.#surprises.size < SURPRISES_MAX) this.#surprises.add(text);
  }
}

/** One client's way to the cluster: whichever address answers, tried in turn. */
class Connection {
  readonly #options: WorkloadOptions;
  #next: number;
  #client: RespClient | null = null;

  constructor(options: WorkloadOptions, first: number) {
    this.#options = options;
    this.#next = first;
  }

  async open(): Promise<boolean> {
    if (this.#client?.isOpen === true) return true;
    const { addresses, password, commandTimeoutMs } = this.#options;
    const address = addresses[this.#next % addresses.length]!;
    this.#next += 1;
    try {
      this.#client = await RespClient.connect({ ...address, password, commandTimeoutMs: commandTimeoutMs ?? 5_000 });
      return true;
    } catch {
      // Nothing was sent: the next try goes to the next address.
      await sleep(RECONNECT_PAUSE_MS);
      return false;
    }
  }

  async call(...parts: readonly string[]): Promise<CallOutcome> {
    if (!(await this.open()) || this.#client === null) return { type: 'unsent', reason: 'no connection' };
    const outcome = await this.#client.call(...parts);
    // A member that refuses may have been cut off: the next one may be better placed.
    if (
      outcome.type === 'replied' &&
      outcome.reply.type === 'error' &&
      /^(NOLEADER|LOADING|HALTED)\b/.test(outcome.reply.message)
    )
      this.close();
    return outcome;
  }

  close(): void {
    this.#client?.close();
    this.#client = null;
  }
}

async function pace(startedAtMs: number, intervalMs: number): Promise<void> {
  const leftMs = intervalMs - (performance.now() - startedAtMs);
  if (leftMs > 0) await sleep(leftMs);
}

/** Whether the command can answer that, whatever it does. */
function isAnswerOf([name, , , option]: Words, { type }: RecordedAnswer): boolean {
  switch (name) {
    case 'GET':
      return type === 'bulk' || type === 'null';
    case 'SET':
      return type === 'simple' || (type === 'null' && option === 'NX');
    default:
      return type === 'integer';
  }
}
