/**
 * Clients' writes in the turn of the loop: on the leader all that came since the last turn become entries (cut at entryBytesMax, rule S18);
 * on any other member they are forwarded, once (rule S14). Reads are answered where they are asked: see read-part.ts.
 */
import type { Answer, CoreStatus, Entry, LogBase, Member } from '../consensus/core.ts';
import { encodeBatch } from '../keyspace/batch-codec.ts';
import { prepareCommand } from '../keyspace/command-table.ts';
import { UNSENT_BYTES_PER_ENTRY_MAX } from '../keyspace/limits.ts';
import type { CommandArguments, Operation } from '../keyspace/operation.ts';
import type { Clock } from '../shared/clock.ts';
import type { MemberId } from '../shared/ids.ts';
import type { Reply } from '../shared/reply.ts';
import type { Outcome, OutcomeCallback } from './command-service.ts';
import { ForwardTable } from './forward-table.ts';
import {
  cutAnswers,
  decodeForwardAnswers,
  decodeForwardRequests,
  encodeForwardAnswers,
  encodeForwardRequests,
} from './forwarding.ts';
import type { ForwardedAnswer, ForwardedRequest } from './forwarding.ts';
import type { NodeLimits } from './limits.ts';
import type { Admission } from './admission.ts';
import { operationBytes, cutBatches } from './batching.ts';
import type { WaitingOperation } from './batching.ts';
import type { PeerAddress } from './ports.ts';
import { Proposals } from './proposals.ts';
import type { Replica, TurnPart } from './replica.ts';
import type { RequestNumbers } from './request-numbers.ts';

interface LocalWrite {
  readonly operation: Operation;
  readonly done: OutcomeCallback;
}

/** Why growing writes are refused (rule S17). */
export type Fullness = 'no' | 'memory' | 'disk';

export class CommandPart implements TurnPart {
  readonly #replica: Replica;
  readonly #numbers: RequestNumbers;
  readonly #clock: Clock;
  readonly #limits: NodeLimits;
  readonly #proposals = new Proposals();
  readonly #forwards: ForwardTable;
  readonly #admission: Admission;
  /** Of local clients, not looked at yet; forwarded to the leader, or moved below when we lead. */
  #arrived: LocalWrite[] = [];
  #writes: WaitingOperation[] = [];
  readonly #answers = new Map<MemberId, { readonly to: PeerAddress; readonly answers: ForwardedAnswer[] }>();
  #diskFull = false;
  #tickInFlight = false;

  constructor(replica: Replica, numbers: RequestNumbers, clock: Clock, limits: NodeLimits, admission: Admission) {
    this.#replica = replica;
    this.#admission = admission;
    this.#numbers = numbers;
    this.#clock = clock;
    this.#limits = limits;
    this.#forwards = new ForwardTable(limits.requestsMax, numbers);
  }

  get fullness(): Fullness {
    if (this.#replica.state.dataBytes >= this.#limits.dataBytesMax) return 'memory';
    return this.#diskFull ? 'disk' : 'no';
  }

  setDiskFull(full: boolean): void {
    this.#diskFull = full;
  }

  /** A client's write, which was admitted. */
  write(operation: Operation, done: OutcomeCallback): void {
    this.#arrived.push({ operation, done });
    this.#replica.wake();
  }

  /** @throws MalformedBytesError */
  onForwardRequest(from: PeerAddress, bytes: Uint8Array): void {
    // Kept beyond this turn: the receive buffer is not ours.
    const { term, requests } = decodeForwardRequests(Buffer.from(bytes));
    const status = this.#replica.status;
    for (const { request, operation } of requests) {
      const answer = (outcome: Outcome): void => this.#answer(from, request, outcome);
      if (status.role !== 'leader' || status.term !== term) {
        answer({ type: 'refused', code: 'NOLEADER', message: 'the member that this was passed on to no longer leads that term' });
        continue;
      }
      const done = this.#admission.admit(operationBytes(operation), answer);
      if (done) this.#writes.push({ operation, done });
      else answer({ type: 'refused', code: 'BUSY', message: 'too many commands wait in the leader' });
    }
    this.#replica.wake();
  }

  /** @throws MalformedBytesError */
  onForwardAnswer(from: MemberId, bytes: Uint8Array): void {
    for (const { request, outcome } of decodeForwardAnswers(Buffer.from(bytes))) this.#forwards.answered(from, request, outcome);
  }

  onUnreachable(id: MemberId): void {
    this.#forwards.unreachable(id);
  }

  /** A few times a second. */
  expire(nowMs: number): void {
    this.#proposals.expire(nowMs);
    this.#forwards.expire(nowMs);
    this.#expireKeys();
  }

  roleChanged(status: CoreStatus, nowMs: number): void {
    if (status.role === 'leader') return;
    this.#proposals.orphan(nowMs);
  }

  abandon(message: string): void {
    this.#proposals.abandon(message);
    this.#forwards.abandon(message);
    for (const { done } of [...this.#arrived, ...this.#writes]) done?.({ type: 'refused', code: 'NOLEADER', message });
    this.#arrived = [];
    this.#writes = [];
  }

  propose(status: CoreStatus): void {
    // While leadership is handed over, what comes in waits: the next leader is known within a few ticks.
    if (status.role === 'leader' && status.transferTarget !== null) return;
    this.#takeArrived(status);
    if (status.role !== 'leader') {
      this.#refuseLocal('this member no longer leads');
      return;
    }
    this.#proposeWrites();
  }

  answered(answer: Answer): void {
    if (answer.type === 'proposed') this.#proposals.accepted(answer.request, answer.index, answer.term);
    else if (answer.type === 'refused') this.#refused(answer);
  }

  applied(entry: Entry, replies: readonly Reply[] | null): void {
    this.#proposals.applied(entry.index, entry.term, replies);
  }

  installed(base: LogBase): void {
    this.#proposals.covered(base.index);
  }

  settle(): void {
    this.#flushAnswers();
  }

  #takeArrived(status: CoreStatus): void {
    const arrived = this.#arrived;
    this.#arrived = [];
    if (arrived.length === 0) return;
    if (status.role === 'leader') this.#writes.push(...arrived);
    else if (status.leader) this.#forward(status.leader, status.term, arrived);
    else
      for (const { done } of arrived) done({ type: 'refused', code: 'NOLEADER', message: 'no leader is known to this member' });
  }

  #forward(leader: Member, term: number, writes: readonly LocalWrite[]): void {
    const nowMs = this.#clock.monotonicMs();
    let requests: ForwardedRequest[] = [];
    let bytes = 0;
    const flush = (): void => {
      if (requests.length === 0) return;
      const frame = { type: 'forward-request', bytes: encodeForwardRequests(term, requests) } as const;
      if (!this.#replica.network.send(leader, 'bulk', frame)) for (const { request } of requests) this.#forwards.notSent(request);
      requests = [];
      bytes = 0;
    };
    for (const { operation, done } of writes) {
      if (this.#forwards.isFull) {
        done({ type: 'refused', code: 'BUSY', message: 'too many commands wait for the leader' });
        continue;
      }
      requests.push(this.#forwards.begin(operation, leader.id, term, nowMs, done));
      bytes += operationBytes(operation);
      if (bytes >= this.#limits.entryBytesMax) flush();
    }
    flush();
  }

  #refuseLocal(message: string): void {
    for (const { done } of this.#writes) done?.({ type: 'refused', code: 'NOLEADER', message });
    this.#writes = [];
  }

  #proposeWrites(): void {
    if (this.#writes.length === 0) return;
    const admitted = this.#writes.filter((write) => this.#admit(write));
    this.#writes = [];
    const timeMs = this.#replica.stampMs();
    for (const batch of cutBatches(admitted, this.#limits.entryBytesMax)) {
      const request = this.#numbers.next();
      this.#proposals.request(request, { waiters: batch.map(({ done }) => done) });
      const payload = encodeBatch({ timeMs, operations: batch.map(({ operation }) => operation) });
      this.#replica.step({ type: 'propose', request, payload });
    }
  }

  /** Rule S17: growing writes are refused when memory or disk is full; what makes room passes. */
  #admit({ operation, done }: WaitingOperation): boolean {
    const { dataBytes, featureLevel } = this.#replica.state;
    const { dataBytesMax } = this.#limits;
    const room = dataBytesMax - dataBytes - this.#replica.status.uncommittedBytes;
    // Far from the limit nothing is looked at twice: no operation adds more than it sends and what an entry may add unsent.
    if (!this.#diskFull && room > operationBytes(operation) * 4 + UNSENT_BYTES_PER_ENTRY_MAX) return true;
    const growthBytes = growthBytesMax(operation, featureLevel);
    if (growthBytes === 0 || (!this.#diskFull && growthBytes <= room)) return true;
    const message =
      growthBytes > room
        ? `the data would exceed dataBytesMax (${dataBytes} of ${dataBytesMax} bytes are used)`
        : "the leader's disk is down to its reserve";
    done?.({ type: 'refused', code: 'OOM', message });
    return false;
  }

  #refused(answer: Answer & { readonly type: 'refused' }): void {
    const batch = this.#proposals.refused(answer.request);
    const busy = answer.reason === 'busy';
    const outcome: Outcome = busy
      ? { type: 'refused', code: 'BUSY', message: 'too many bytes wait to be committed' }
      : { type: 'refused', code: 'NOLEADER', message: `not taken in: ${answer.reason}` };
    for (const done of batch?.waiters ?? []) done?.(outcome);
  }

  /** Keys past their deadline go even when nobody asks for them, so that their memory returns. */
  #expireKeys(): void {
    const { status, state } = this.#replica;
    if (status.role !== 'leader' || this.#tickInFlight || this.#replica.isStopped) return;
    const deadlineMs = state.nextDeadlineMs();
    if (deadlineMs === null || deadlineMs > this.#replica.timeMs()) return;
    this.#tickInFlight = true;
    const done = (): void => {
      this.#tickInFlight = false;
    };
    this.#writes.push({ operation: { type: 'tick' }, done });
    this.#replica.wake();
  }

  /** For the feature level, which is raised as any command is. */
  proposeOperation(operation: Operation, done: OutcomeCallback): void {
    this.#writes.push({ operation, done });
    this.#replica.wake();
  }

  #answer(to: PeerAddress, request: number, outcome: Outcome): void {
    const waiting = this.#answers.get(to.id) ?? { to, answers: [] };
    waiting.answers.push({ request, outcome });
    this.#answers.set(to.id, waiting);
    this.#replica.wake();
  }

  #flushAnswers(): void {
    if (this.#answers.size === 0) return;
    for (const { to, answers } of this.#answers.values()) {
      for (const group of cutAnswers(answers)) {
        // An answer that cannot leave is not kept: the other side sees the broken connection and tells its clients.
        this.#replica.network.send(to, 'bulk', { type: 'forward-answer', bytes: encodeForwardAnswers(group) });
      }
    }
    this.#answers.clear();
  }
}

/** What the data can grow by at most; 0 for what makes room or leaves it as it is. */
function growthBytesMax(operation: Operation, featureLevel: number): number {
  const ofCommand = (command: CommandArguments): number => {
    const prepared = prepareCommand(command, featureLevel);
    return prepared.type === 'write' && prepared.grows ? prepared.growthBytesMax : 0;
  };
  if (operation.type === 'command') return ofCommand(operation.arguments);
  if (operation.type !== 'transaction') return 0;
  return operation.commands.reduce((sum, command) => sum + ofCommand(command), 0);
}
