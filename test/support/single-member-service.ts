/** The real keyspace behind the node's contract with client sessions, without a log or peers: what is asked is applied in the next turn. */
import { encodeBatch } from '../../src/keyspace/batch-codec.ts';
import type { CommandArguments, Operation } from '../../src/keyspace/operation.ts';
import { StateMachine } from '../../src/keyspace/state-machine.ts';
import type { CommandService, NodeFacts, Outcome, OutcomeCallback } from '../../src/node/command-service.ts';
import { assert } from '../../src/shared/assert.ts';
import { arrayReply, integerReply } from '../../src/shared/reply.ts';
import type { Reply } from '../../src/shared/reply.ts';

type Call = () => void;
type Write = Operation & { readonly type: 'command' | 'transaction' };

export class SingleMemberService implements CommandService {
  readonly state = new StateMachine();
  /** Replaced by tests that need a fixed time. */
  nowMs: () => number = () => Date.now();
  /** While false, no state is open. */
  isOpen = true;
  /** While set, every call ends with it. */
  failure: Exclude<Outcome, { readonly type: 'replied' }> | null = null;
  readonly #dataBytesMax: number;
  #index = 0;
  #calls: Call[] = [];

  constructor(dataBytesMax = 256 * 1024 * 1024) {
    this.#dataBytesMax = dataBytesMax;
  }

  write(operation: Write, done: OutcomeCallback): void {
    this.#call(done, () => this.#apply(operation));
  }

  read(command: CommandArguments, done: OutcomeCallback): void {
    this.#call(done, () => {
      const nowMs = this.nowMs();
      if (this.state.mustTickFirst(command, nowMs)) this.#apply({ type: 'tick' });
      return this.state.read(command, nowMs);
    });
  }

  lastTouches(keys: readonly Uint8Array[], done: OutcomeCallback): void {
    this.#call(done, () => arrayReply(keys.map((key) => integerReply(this.state.lastTouch(key)))));
  }

  halt(): null {
    return null;
  }

  facts(): NodeFacts | null {
    if (!this.isOpen) return null;
    return {
      version: '0.0.0-test',
      memberId: '0123456789abcdef',
      memberName: 'alone',
      clusterId: 'test',
      role: 'leader',
      leaderName: 'alone',
      term: 1,
      commitIndex: this.#index,
      appliedIndex: this.#index,
      voters: 1,
      learners: 0,
      keys: this.state.keys,
      keysWithDeadline: this.state.keysWithDeadline,
      dataBytes: this.state.dataBytes,
      dataBytesMax: this.#dataBytesMax,
      uptimeSeconds: 1,
      tcpPort: 6379,
      processId: process.pid,
      timeMs: this.nowMs(),
      featureLevel: this.state.featureLevel,
    };
  }

  #apply(operation: Operation): Reply {
    this.#index += 1;
    const [reply] = this.state.apply(this.#index, encodeBatch({ timeMs: this.nowMs(), operations: [operation] }));
    assert(reply !== undefined, 'every operation has a reply');
    return reply;
  }

  #call(done: OutcomeCallback, answer: () => Reply): void {
    if (this.#calls.length === 0) setImmediate(() => this.#turn());
    this.#calls.push(() => done(this.failure ?? { type: 'replied', reply: answer() }));
  }

  #turn(): void {
    const calls = this.#calls;
    this.#calls = [];
    for (const call of calls) call();
  }
}
