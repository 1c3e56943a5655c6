/**
 * Judges a Raft group from outside: sees every effect, every disk and every message, and throws when a property of the paper's figure 3
 * or of the durability rule is broken. It shares no code with the core that it judges.
 */
import type {
  CoreStatus,
  DurableState,
  Effects,
  Entry,
  HardState,
  LogPosition,
  ReplicationCore,
} from '../../src/consensus/core.ts';
import type { RaftMessage } from '../../src/consensus/raft/messages.ts';
import type { MemberId } from '../../src/shared/ids.ts';

export class PropertyBroken extends Error {
  override readonly name = 'PropertyBroken';
}

export function hold(condition: boolean, property: string): asserts condition {
  if (!condition) throw new PropertyBroken(property);
}

/** What the checker asks of a core. */
export type ObservedCore = Pick<ReplicationCore<RaftMessage>, 'status' | 'termAt'>;

/** What would survive a crash right now. */
export interface DurableView {
  readonly hardState: HardState;
  readonly lastIndex: number;
  /** Null when there is no entry at `index`, and no snapshot that stands for it. */
  termAt(index: number): number | null;
  /** What lies at and before it is in a snapshot: it was committed, whatever its term. */
  readonly baseIndex: number;
}

export function durableView({ hardState, base, entries }: DurableState): DurableView {
  return {
    hardState,
    lastIndex: base.index + entries.length,
    baseIndex: base.index,
    termAt: (index) => (index === base.index ? base.term : (entries[index - base.index - 1]?.term ?? null)),
  };
}

/** What the checker remembers of one run of a process; a crash ends it. */
export interface Observed<Core extends ObservedCore = ObservedCore> {
  readonly core: Core;
  commitIndex: number;
  emittedIndex: number;
  term: number;
  /** As a leader of `term`: where its log ended. */
  ledThrough?: number;
  /** The first index of its log, when that was last looked at. */
  firstIndex?: number;
}

interface CommittedEntry {
  readonly term: number;
  readonly payload: string;
}

export class RaftChecker {
  readonly #leaders = new Map<number, MemberId>();
  /** By index; the first member to commit an entry settles what it is. */
  readonly #committed = new Map<number, CommittedEntry>();
  /** The highest commit index of any leader: what an acknowledged write may rest on. */
  leaderCommit = 0;
  /** Where leaders' commit indexes rose to, with the terms of these leaders, in order. */
  readonly #leaderCommits: LogPosition[] = [];
  /** Lower bounds of reads under way, by member and request. */
  readonly #reads = new Map<string, number>();
  readsAnswered = 0;

  get committedCount(): number {
    return this.#committed.size;
  }

  /** Null while nobody has called it committed. */
  termOfCommitted(index: number): number | null {
    return this.#committed.get(index)?.term ?? null;
  }

  /** The term of the leader that was the first to call it committed; null while none has. */
  termWhenCommitted(index: number): number | null {
    return this.#leaderCommits.find((rise) => rise.index >= index)?.term ?? null;
  }

  get termsLed(): number {
    return this.#leaders.size;
  }

  noteRead(id: MemberId, request: number): void {
    this.#reads.set(`${id}/${request}`, this.leaderCommit);
  }

  /** After each step of a member. `diskOf` shows what would survive a crash right now. */
  afterStep(seen: Observed, effects: Effects<RaftMessage>, diskOf: (id: MemberId) => DurableView | null): void {
    this.#checkEmission(seen, effects, seen.core.status().commitIndex);
    this.afterTurn(seen, diskOf);
    this.#checkReads(seen.core.status().id, effects);
  }

  /** The same for whoever sees what is applied by `emitted` and `installed`, and asks no reads. */
  afterTurn(seen: Observed, diskOf: (id: MemberId) => DurableView | null): void {
    const status = seen.core.status();
    hold(status.term >= seen.term, 'a term never falls');
    hold(status.commitIndex >= seen.commitIndex, 'the commit index never falls');
    hold(status.durableIndex <= status.lastIndex, 'nothing is durable that is not in the log');
    this.#checkBase(seen, status);
    seen.firstIndex = status.firstIndex;
    checkAppendOnly(seen, status);
    seen.term = status.term;
    if (status.role === 'leader') this.#checkLeader(seen, status, diskOf);
    seen.commitIndex = status.commitIndex;
    const disk = diskOf(status.id);
    if (disk) checkDurableIndex(seen.core, status, disk);
  }

  /** Log matching: what was cut from the front ends in a committed entry, and its term is kept. */
  #checkBase({ core, firstIndex, ...seen }: Observed, status: CoreStatus): void {
    if (firstIndex === status.firstIndex) return;
    const baseIndex = status.firstIndex - 1;
    hold(baseIndex <= Math.max(seen.commitIndex, status.commitIndex), 'only committed entries are cut from the front of a log');
    const term = this.termOfCommitted(baseIndex);
    if (term !== null) hold(core.termAt(baseIndex) === term, `log matching: the base at index ${baseIndex} has another term`);
  }

  /** State machine safety: no index is ever applied with two different entries; and each exactly once, in order. */
  #checkEmission(seen: Observed, effects: Effects<RaftMessage>, commitIndex: number): void {
    if (effects.install) this.installed(seen, effects.install.index);
    for (const entry of effects.committed) this.emitted(seen, entry);
    hold(seen.emittedIndex === commitIndex, 'everything committed is handed out at once');
  }

  emitted(seen: Observed, entry: Entry): void {
    hold(entry.index === seen.emittedIndex + 1, 'committed entries neither repeat nor skip');
    seen.emittedIndex = entry.index;
    this.#settle(entry);
  }

  installed(seen: Observed, index: number): void {
    hold(index >= seen.emittedIndex, 'a snapshot never rolls back what was handed out');
    seen.emittedIndex = index;
  }

  #settle(entry: Entry): void {
    const payload = `${entry.kind}:${Buffer.from(entry.payload).toString('latin1')}`;
    const before = this.#committed.get(entry.index);
    if (!before) this.#committed.set(entry.index, { term: entry.term, payload });
    else hold(before.term === entry.term && before.payload === payload, `state machine safety at index ${entry.index}`);
  }

  #checkLeader(seen: Observed, status: CoreStatus, diskOf: (id: MemberId) => DurableView | null): void {
    const other = this.#leaders.get(status.term);
    hold(other === undefined || other === status.id, `election safety: two leaders in term ${status.term}`);
    if (other === undefined) {
      this.#leaders.set(status.term, status.id);
      this.#checkCompleteness(seen, status);
    }
    if (status.commitIndex <= seen.commitIndex) return;
    if (status.commitIndex > this.leaderCommit) {
      this.leaderCommit = status.commitIndex;
      this.#leaderCommits.push({ term: status.term, index: status.commitIndex });
    }
    const term = seen.core.termAt(status.commitIndex);
    const voters = status.configuration.members.filter((member) => member.role === 'voter');
    const holding = voters.filter(({ id }) => {
      const disk = diskOf(id);
      return disk !== null && holds(disk, status.commitIndex, term);
    });
    hold(holding.length * 2 > voters.length, `S10: index ${status.commitIndex} is committed without a majority of disks`);
  }

  #checkCompleteness(seen: Observed, status: CoreStatus): void {
    for (const [index, entry] of this.#committed) {
      if (entry.term >= status.term || index < status.firstIndex) continue;
      hold(seen.core.termAt(index) === entry.term, `leader completeness: term ${status.term} lacks committed index ${index}`);
    }
  }

  #checkReads(id: MemberId, effects: Effects<RaftMessage>): void {
    for (const answer of effects.answers) {
      if (answer.type !== 'read-ready') continue;
      const bound = this.#reads.get(`${id}/${answer.request}`);
      hold(bound !== undefined, 'a read is answered once');
      hold(answer.index >= bound, `a read at index ${answer.index} misses what was committed at ${bound} before it came`);
      this.#reads.delete(`${id}/${answer.request}`);
      this.readsAnswered += 1;
    }
  }

  /** What a message promises is on the sender's disk at the moment it leaves. */
  messageLeaves(disk: DurableView, to: MemberId, message: RaftMessage): void {
    if (message.type === 'pre-vote-request' || (message.type === 'pre-vote-response' && message.granted)) return;
    hold(message.term <= disk.hardState.term, `S10: ${message.type} leaves under a term that is not on disk`);
    if (message.type === 'vote-response' && message.granted && message.term === disk.hardState.term)
      hold(disk.hardState.vote === to, 'S10: a vote leaves only when it is on disk');
    if (message.type === 'append-response' && message.accepted && message.term === disk.hardState.term)
      hold(message.matchIndex <= disk.lastIndex, 'S10: an acknowledgement leaves only when its entries are on disk');
  }

  /** Log matching: logs that agree on an entry agree on all before it. */
  checkLogMatching(cores: readonly ObservedCore[]): void {
    for (const [position, left] of cores.entries()) {
      for (const right of cores.slice(position + 1)) {
        const [one, other] = [left.status(), right.status()];
        // The base is an entry like others: its term is known.
        const first = Math.max(one.firstIndex, other.firstIndex) - 1;
        let index = Math.min(one.lastIndex, other.lastIndex);
        while (index >= first && left.termAt(index) !== right.termAt(index)) index -= 1;
        for (; index >= first; index -= 1) hold(left.termAt(index) === right.termAt(index), `log matching at index ${index}`);
      }
    }
  }
}

/** Leader append-only (Raft paper figure 3): a leader cuts nothing from its log. */
function checkAppendOnly(seen: Observed, { role, term, lastIndex }: CoreStatus): void {
  if (role === 'leader' && term === seen.term) hold(lastIndex >= (seen.ledThrough ?? 0), 'a leader never cuts its own log');
  seen.ledThrough = role === 'leader' ? lastIndex : 0;
}

/** What lies before the base is in the snapshot: it was committed, whatever its term. */
function holds(disk: DurableView, index: number, term: number | null): boolean {
  return index < disk.baseIndex || disk.termAt(index) === term;
}

/** The ABA race of asynchronous writes: what the core takes for durable is on the disk, and is the same entry. */
function checkDurableIndex(core: ObservedCore, status: CoreStatus, disk: DurableView): void {
  const index = status.durableIndex;
  if (index < status.firstIndex || index < disk.baseIndex) return;
  hold(disk.termAt(index) === core.termAt(index), `S10: index ${index} counts as durable, and the disk has another entry there`);
}
