/** One Raft core and a test that plays all the others: what goes in is written out, what comes out is looked at. */
import type {
  Answer,
  Configuration,
  ConfigurationChange,
  CoreStatus,
  DurableState,
  Effects,
  Entry,
  EntryKind,
  Event,
  HardState,
  LogBase,
  Member,
} from '../../src/consensus/core.ts';
import type { RaftMessage } from '../../src/consensus/raft/messages.ts';
import { createRaftCore } from '../../src/consensus/raft/raft.ts';
import type { RaftOptions } from '../../src/consensus/raft/raft.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import { SeededRandom } from '../../src/shared/random.ts';

export const OPTIONS: Omit<RaftOptions, 'id' | 'name'> = {
  heartbeatTicks: 2,
  electionTicks: 10,
  appendBytesMax: 1024,
  inflightAppendsMax: 4,
  uncommittedBytesMax: 1000,
  caughtUpEntries: 2,
  stallTicks: 30,
  transferTicks: 12,
};

export function idOf(ordinal: number): MemberId {
  return ordinal.toString(16).padStart(16, '0') as MemberId;
}

export function member(ordinal: number, role: Member['role'] = 'voter'): Member {
  return { id: idOf(ordinal), name: `m-${ordinal}`, role };
}

export function configurationOf(voters: readonly number[], learners: readonly number[] = [], index = 0): Configuration {
  const members = [...voters.map((each) => member(each)), ...learners.map((each) => member(each, 'learner'))];
  return { index, members, removed: [] };
}

export function entry(index: number, term: number, text = `${term}.${index}`, kind: EntryKind = 'command'): Entry {
  return { index, term, kind, payload: Buffer.from(text) };
}

/** Entries 1, 2, 3 … of these terms. */
export function entriesOf(...terms: number[]): Entry[] {
  return terms.map((term, position) => entry(position + 1, term));
}

export interface MemberStart {
  readonly configuration?: Configuration;
  readonly entries?: readonly Entry[];
  readonly hardState?: HardState;
  readonly base?: LogBase;
  readonly lostThroughTerm?: number;
  readonly options?: Partial<RaftOptions>;
}

type Sent<Type extends RaftMessage['type']> = Extract<RaftMessage, { type: Type }> & { readonly to: MemberId };

export class RaftMember {
  readonly core;
  #sequence = 0;
  #request = 0;
  /** Everything since the last `take`. */
  #effects: Effects<RaftMessage>[] = [];

  constructor(ordinal: number, start: MemberStart = {}) {
    const configuration = start.configuration ?? configurationOf([1, 2, 3]);
    const base = start.base ?? { index: 0, term: 0, configuration };
    const entries = start.entries ?? [];
    const lastTerm = entries.at(-1)?.term ?? base.term;
    const hardState = start.hardState ?? { term: lastTerm, vote: null };
    const durable: DurableState = { hardState, base, entries, lostThroughTerm: start.lostThroughTerm ?? null };
    const options = { ...OPTIONS, ...start.options, id: idOf(ordinal), name: `m-${ordinal}` };
    this.core = createRaftCore(options, durable, new SeededRandom(ordinal));
  }

  get status(): CoreStatus {
    return this.core.status();
  }

  step(event: Event<RaftMessage>): Effects<RaftMessage> {
    const effects = this.core.step(event);
    if (effects.persist) this.#sequence = effects.persist.sequence;
    this.#effects.push(effects);
    return effects;
  }

  /** The disk is done with everything so far. */
  persist(): Effects<RaftMessage> {
    return this.step({ type: 'persisted', sequence: this.#sequence });
  }

  tick(count = 1): void {
    for (let tick = 0; tick < count; tick += 1) this.step({ type: 'tick' });
  }

  receive(from: number, message: RaftMessage): Effects<RaftMessage> {
    return this.step({ type: 'receive', from: member(from), message });
  }

  /** An append from `leader` in `term`. */
  append(
    leader: number,
    term: number,
    previous: readonly [number, number],
    entries: readonly Entry[],
    commit = 0,
  ): Effects<RaftMessage> {
    const [previousIndex, previousTerm] = previous;
    const position = { index: previousIndex, term: previousTerm };
    return this.receive(leader, { type: 'append-request', term, previous: position, commit, entries });
  }

  acknowledge(from: number, matchIndex: number): Effects<RaftMessage> {
    return this.receive(from, { type: 'append-response', term: this.status.term, accepted: true, matchIndex });
  }

  beat(from: number, context = 0): Effects<RaftMessage> {
    return this.receive(from, { type: 'heartbeat-response', term: this.status.term, context });
  }

  propose(text = 'x'): Effects<RaftMessage> {
    return this.step({ type: 'propose', request: this.nextRequest(), payload: Buffer.from(text) });
  }

  read(): Effects<RaftMessage> {
    return this.step({ type: 'read', request: this.nextRequest() });
  }

  change(change: ConfigurationChange, expectedIndex = this.status.configuration.index): Effects<RaftMessage> {
    return this.step({ type: 'change-configuration', request: this.nextRequest(), change, expectedIndex });
  }

  transfer(to: number | null): Effects<RaftMessage> {
    return this.step({ type: 'transfer-leadership', request: this.nextRequest(), to: to === null ? null : idOf(to) });
  }

  nextRequest(): number {
    this.#request += 1;
    return this.#request;
  }

  /** Ticks until it asks for pre-votes; its timeout is below twice the shortest. */
  timeOut(): void {
    for (let tick = 0; tick < 2 * OPTIONS.electionTicks; tick += 1) {
      this.tick();
      if (this.status.role !== 'follower') return;
    }
  }

  /** Wins an election with the votes of these; its no-op is appended and not yet durable. */
  elect(...voters: number[]): this {
    this.timeOut();
    for (const from of voters) this.receive(from, { type: 'pre-vote-response', term: this.status.term + 1, granted: true });
    this.persist();
    for (const from of voters) this.receive(from, { type: 'vote-response', term: this.status.term, granted: true });
    return this;
  }

  /** Elected, and the no-op committed by these and itself. */
  lead(...voters: number[]): this {
    this.elect(...voters).persist();
    for (const from of voters) this.acknowledge(from, this.status.lastIndex);
    this.take();
    return this;
  }

  take(): Effects<RaftMessage>[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** Messages of one type since the last `take`, whenever they may leave. */
  sent<Type extends RaftMessage['type']>(type: Type): Sent<Type>[] {
    const all = this.#effects.flatMap((each) => [...each.messages, ...each.messagesAfterPersist]);
    return all.flatMap(({ to, message }) => (isOfType(message, type) ? [{ ...message, to: to.id }] : []));
  }

  answers(): Answer[] {
    return this.#effects.flatMap((each) => each.answers);
  }

  committed(): number[] {
    return this.#effects.flatMap((each) => each.committed.map(({ index }) => index));
  }
}

function isOfType<Type extends RaftMessage['type']>(
  message: RaftMessage,
  type: Type,
): message is Extract<RaftMessage, { type: Type }> {
  return message.type === type;
}

/** The reason of the one refusal in these effects; undefined when there is none. */
export function refusal(effects: Effects<RaftMessage>): string | undefined {
  const answer = effects.answers.find((each) => each.type === 'refused');
  return answer?.type === 'refused' ? answer.reason : undefined;
}
