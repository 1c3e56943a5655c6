/**
 * Histories for judges to be tried on: clients whose calls overlap, each taking effect at an instant of its own, on the state machine that
 * ships, by a log time that wanders. Afterwards some may be bent: given an answer that the store did not give, or a refusal of what it did.
 */
import { encodeBatch } from '../../../src/keyspace/batch-codec.ts';
import type { Operation } from '../../../src/keyspace/operation.ts';
import { StateMachine } from '../../../src/keyspace/state-machine.ts';
import { assert, assertNever, present } from '../../../src/shared/assert.ts';
import { SeededRandom } from '../../../src/shared/random.ts';
import type { Random } from '../../../src/shared/random.ts';
import { answerOf, HistoryRecorder } from './history.ts';
import type { OpenOperation, RecordedAnswer, RecordedCall, RecordedHistory, RecordedOperation, Words } from './history.ts';

export interface RandomHistoryOptions {
  readonly operations: number;
  readonly clients: number;
  readonly keys: number;
  /** One call in so many loses its answer. */
  readonly oneUnknownIn: number;
  readonly withDeadlines: boolean;
  readonly withTransactions: boolean;
  /** Values are written more than once: what is wrong is harder to tell. */
  readonly fewValues: boolean;
  /** How many calls are bent. */
  readonly bent: number;
}

/** How far log time wanders from the recorder's clock. */
const LOG_TIME_ERROR_MS = 3;
const STEP_MS_MAX = 8;
const TIME_TO_LIVE_MS_MAX = 60;
const REFUSED = { type: 'refused', reason: 'NOLEADER' } as const;
const LOST = { type: 'unknown', reason: 'no answer' } as const;

export function randomHistory(random: Random, options: RandomHistoryOptions, name = ''): RecordedHistory {
  const operations = new Clients(random, options).run();
  for (let bent = 0; bent < options.bent; bent += 1) bendOne(random, operations);
  return { name, initial: {}, logTimeErrorMs: options.withDeadlines ? LOG_TIME_ERROR_MS : null, operations };
}

interface Open {
  readonly operation: OpenOperation;
  answer: RecordedAnswer | null;
}

/** What a client has watched since its last EXEC. */
interface Watching {
  /** `invoked` of its WATCH calls. */
  readonly calls: number[];
  readonly watches: { readonly key: Uint8Array; readonly lastTouch: number }[];
}

class Clients {
  readonly #random: Random;
  readonly #options: RandomHistoryOptions;
  readonly #recorder: HistoryRecorder;
  readonly #machine = new StateMachine();
  readonly #open = new Map<number, Open>();
  readonly #watching = new Map<number, Watching>();
  /** Calls that lost their answer, and will still take effect. */
  readonly #late: Operation[] = [];
  #invoked = 0;
  #nowMs = 0;
  #index = 0;
  #lastValue = 0;

  constructor(random: Random, options: RandomHistoryOptions) {
    this.#random = random;
    this.#options = options;
    this.#recorder = new HistoryRecorder(() => this.#nowMs);
  }

  run(): RecordedOperation[] {
    while (this.#invoked < this.#options.operations || this.#open.size > 0) this.#move();
    return [...this.#recorder.operations()];
  }

  #move(): void {
    this.#nowMs += this.#random.below(STEP_MS_MAX);
    if (this.#late.length > 0 && this.#random.below(10) === 0) this.#apply(present(this.#late.shift(), 'one is late'));
    const client = this.#random.below(this.#options.clients);
    const open = this.#open.get(client);
    if (open === undefined) {
      if (this.#invoked < this.#options.operations) this.#invoke(client);
    } else if (open.answer !== null) this.#return(client, open, open.answer);
    else if (this.#random.below(this.#options.oneUnknownIn) === 0) this.#lose(client, open);
    else open.answer = this.#answer(client, open);
  }

  #invoke(client: number): void {
    this.#invoked += 1;
    this.#open.set(client, { operation: this.#recorder.invoke(client, this.#draw(client)), answer: null });
  }

  #return(client: number, { operation }: Open, answer: RecordedAnswer): void {
    this.#open.delete(client);
    this.#recorder.return(operation, { type: 'ok', answer });
  }

  /** A connection without an answer is closed, and what was watched on it is forgotten. */
  #lose(client: number, { operation }: Open): void {
    this.#open.delete(client);
    this.#recorder.return(operation, LOST);
    const fate = this.#random.below(3);
    if (operation.call.type !== 'watch' && fate !== 0) {
      const late = this.#operationOf(client, operation.call);
      if (fate === 1) this.#apply(late);
      else this.#late.push(late);
    }
    this.#watching.delete(client);
  }

  #answer(client: number, { operation }: Open): RecordedAnswer {
    const { call } = operation;
    if (call.type === 'watch') {
      const watching = this.#watching.get(client) ?? { calls: [], watches: [] };
      watching.calls.push(operation.invoked);
      for (const key of call.keys.map((each) => Buffer.from(each))) {
        watching.watches.push({ key, lastTouch: this.#machine.lastTouch(key) });
      }
      this.#watching.set(client, watching);
      return { type: 'simple', text: 'OK' };
    }
    const answer = this.#apply(this.#operationOf(client, call));
    if (call.type === 'transaction') this.#watching.delete(client);
    return answer;
  }

  #operationOf(client: number, call: RecordedCall): Operation {
    const bytesOf = (words: Words): readonly Buffer[] => words.map((word) => Buffer.from(word));
    switch (call.type) {
      case 'command':
        return { type: 'command', arguments: bytesOf(call.words) };
      case 'transaction':
        return {
          type: 'transaction',
          watches: this.#watching.get(client)?.watches ?? [],
          commands: call.commands.map(bytesOf),
        };
      case 'watch':
        throw new RangeError('WATCH changes nothing');
      default:
        return assertNever(call);
    }
  }

  #apply(operation: Operation): RecordedAnswer {
    const wander = this.#random.below(2 * LOG_TIME_ERROR_MS + 1) - LOG_TIME_ERROR_MS;
    this.#index += 1;
    const payload = encodeBatch({ timeMs: Math.max(0, this.#nowMs + wander), operations: [operation] });
    const [reply] = this.#machine.apply(this.#index, payload);
    return answerOf(present(reply, 'an operation has a reply'));
  }

  #draw(client: number): RecordedCall {
    if (!this.#options.withTransactions) return { type: 'command', words: this.#drawWords(1) };
    const watching = this.#watching.get(client);
    const die = this.#random.below(10);
    if (watching !== undefined ? die < 6 : die < 1) {
      const commands = Array.from({ length: 1 + this.#random.below(3) }, () => this.#drawWords(0));
      return { type: 'transaction', commands, watches: watching?.calls ?? [] };
    }
    if (die === 9) return { type: 'watch', keys: [this.#key()] };
    return { type: 'command', words: this.#drawWords(10) };
  }

  /** @param oneWideIn one in so many names several keys */
  #drawWords(oneWideIn: number): Words {
    const key = this.#key();
    if (this.#options.withDeadlines && this.#random.below(3) === 0) return this.#drawDeadline(key);
    if (this.#options.withTransactions && oneWideIn > 0 && this.#random.below(oneWideIn) === 0) return this.#drawWide(key);
    switch (this.#random.below(14)) {
      case 0:
      case 1:
        return ['SET', key, this.#value()];
      case 2:
        return ['SET', key, this.#value(), 'NX'];
      case 3:
        return ['SET', key, this.#value(), 'XX', 'GET'];
      case 4:
      case 5:
        return ['INCR', key];
      case 6:
        return ['INCRBY', key, String(this.#random.below(20) - 10)];
      case 7:
        return ['APPEND', key, String(this.#random.below(10))];
      case 8:
        return ['DEL', key];
      case 9:
        return ['GETDEL', key];
      case 10:
        return ['EXISTS', key];
      default:
        return ['GET', key];
    }
  }

  #drawDeadline(key: string): Words {
    const timeToLive = String(1 + this.#random.below(TIME_TO_LIVE_MS_MAX));
    switch (this.#random.below(7)) {
      case 0:
      case 1:
        return ['SET', key, this.#value(), 'PX', timeToLive];
      case 2:
        return ['SET', key, this.#value(), 'KEEPTTL'];
      case 3:
        return ['PEXPIRE', key, timeToLive];
      case 4:
        return ['PERSIST', key];
      case 5:
        return ['EXPIRE', key, String(this.#random.below(2))];
      default:
        return ['PTTL', key];
    }
  }

  #drawWide(key: string): Words {
    switch (this.#random.below(4)) {
      case 0:
        return ['MSET', key, this.#value(), this.#key(), this.#value()];
      case 1:
        return ['DEL', key, this.#key()];
      case 2:
        return ['EXISTS', key, this.#key()];
      default:
        return ['MGET', key, this.#key()];
    }
  }

  #key(): string {
    return `k${this.#random.below(this.#options.keys)}`;
  }

  /** Short enough to be counted with, even after a few appends. */
  #value(): string {
    if (this.#options.fewValues) return String(1 + this.#random.below(3));
    this.#lastValue += 100;
    return String(this.#lastValue);
  }
}

function bendOne(random: Random, operations: RecordedOperation[]): void {
  const answered = operations.filter(({ call, outcome }) => outcome.type === 'ok' && call.type !== 'watch');
  if (answered.length === 0) return;
  const victim = present(answered[random.below(answered.length)], 'one was answered');
  const at = operations.indexOf(victim);
  const { outcome } = victim;
  assert(outcome.type === 'ok', 'it was answered');
  operations[at] = { ...victim, outcome: random.below(4) === 0 ? REFUSED : { type: 'ok', answer: bend(random, outcome.answer) } };
}

function bend(random: Random, answer: RecordedAnswer): RecordedAnswer {
  switch (answer.type) {
    case 'simple':
      return { type: 'null' };
    case 'error':
      return { type: 'integer', value: 1 };
    case 'integer':
      return { type: 'integer', value: answer.value + (random.below(2) === 0 ? 1 : -1) };
    case 'bulk':
      return random.below(2) === 0 ? { type: 'null' } : { type: 'bulk', text: answer.text === '1' ? '2' : '1' };
    case 'null':
      return { type: 'bulk', text: '1' };
    case 'array': {
      const at = random.below(Math.max(1, answer.items.length));
      return { type: 'array', items: answer.items.map((item, index) => (index === at ? bend(random, item) : item)) };
    }
    default:
      return assertNever(answer);
  }
}

/** Of every kind, some bent and some not: short enough for judges that know no better than to try all orders of what has no answer. */
export function assortedHistories(count: number, firstSeed = 1): readonly RecordedHistory[] {
  return Array.from({ length: count }, (_, index): RecordedHistory => {
    const seed = firstSeed + index;
    const random = new SeededRandom(seed);
    const withTransactions = random.below(2) === 0;
    const options: RandomHistoryOptions = {
      operations: 5 + random.below(withTransactions ? 30 : 60),
      clients: 2 + random.below(4),
      keys: 1 + random.below(3),
      oneUnknownIn: 10 + random.below(20),
      withDeadlines: random.below(2) === 0,
      withTransactions,
      fewValues: random.below(2) === 0,
      bent: random.below(3) === 0 ? 0 : random.below(3),
    };
    return randomHistory(random, options, `seed ${seed}`);
  });
}
