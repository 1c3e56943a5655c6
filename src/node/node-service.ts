/** The storage node as its client sessions see it: whatever serves now, or a clear refusal. */
import type { Halt } from '../api/node-status.ts';
import type { CommandArguments, Operation } from '../keyspace/operation.ts';
import { BUILD_VERSION } from '../shared/build.ts';
import type { ClientCalls } from './client-calls.ts';
import { describeHalt } from './clients/outcome-reply.ts';
import type { CommandService, NodeFacts, Outcome, OutcomeCallback } from './command-service.ts';
import type { StorageNode } from './storage-node.ts';

export class NodeService implements CommandService {
  readonly #node: StorageNode;
  readonly #processId: number;

  constructor(node: StorageNode, processId: number) {
    this.#node = node;
    this.#processId = processId;
  }

  write(operation: Operation & { readonly type: 'command' | 'transaction' }, done: OutcomeCallback): void {
    this.#call(done, (calls) => calls.write(operation, done));
  }

  read(command: CommandArguments, done: OutcomeCallback): void {
    this.#call(done, (calls) => calls.read({ type: 'read', command }, done));
  }

  lastTouches(keys: readonly Uint8Array[], done: OutcomeCallback): void {
    this.#call(done, (calls) => calls.read({ type: 'last-touches', keys }, done));
  }

  #call(done: OutcomeCallback, begin: (calls: ClientCalls) => void): void {
    const { serving, halt, ports } = this.#node;
    if (serving) begin(serving.calls);
    else {
      const outcome: Outcome = halt
        ? { type: 'refused', code: 'HALTED', message: describeHalt(halt) }
        : { type: 'refused', code: 'LOADING', message: 'this member belongs to no cluster yet' };
      ports.clock.schedule(0, () => done(outcome));
    }
  }

  halt(): Halt | null {
    return this.#node.halt;
  }

  facts(): NodeFacts | null {
    const { serving, dataFolder, config, ports, startedAtMs } = this.#node;
    if (!serving) return null;
    const { status, appliedIndex, state } = serving.replica;
    const { members } = status.configuration;
    return {
      version: BUILD_VERSION,
      memberId: status.id,
      memberName: config.name,
      clusterId: dataFolder.identity.membership?.clusterId ?? '',
      role: status.role === 'leader' ? 'leader' : 'follower',
      leaderName: status.leader?.name ?? null,
      term: status.term,
      commitIndex: status.commitIndex,
      appliedIndex,
      voters: members.filter((member) => member.role === 'voter').length,
      learners: members.filter((member) => member.role === 'learner').length,
      keys: state.keys,
      keysWithDeadline: state.keysWithDeadline,
      dataBytes: state.dataBytes,
      dataBytesMax: config.limits.dataBytesMax,
      uptimeSeconds: Math.max(0, Math.floor((ports.clock.wallMs() - startedAtMs) / 1000)),
      tcpPort: config.clientPort,
      processId: this.#processId,
      timeMs: serving.replica.timeMs(),
      featureLevel: state.featureLevel,
    };
  }
}
