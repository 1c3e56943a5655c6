/**
 * One storage node from start to stop: the folder, then (once it knows its cluster) the serving member, and what is said of both. A node
 * that cannot serve stays up and says why (rules S11, S12, S15, S16), so that a person and the operator can see it.
 */
import type { FoundRequest, Halt, JoinRequest, NodeState } from '../api/node-status.ts';
import { FEATURE_LEVEL_MAX } from '../shared/build.ts';
import type { MemberId } from '../shared/ids.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { CURRENT_FOLDER } from '../wal/data-folder.ts';
import type { DataFolder, MembershipRefusal } from '../wal/data-folder.ts';
import type { LogDamage } from '../wal/types.ts';
import type { AdminRefusalReason } from './admin-part.ts';
import { LEADERLESS_READY_MS } from './limits.ts';
import type { Log } from './log.ts';
import type { NodeConfig } from './node-config.ts';
import { notePoison, POISON_STARTS_MAX, readPoison } from './poison.ts';
import type { Poison } from './poison.ts';
import type { NodePorts } from './ports.ts';
import { openServing } from './open-serving.ts';
import type { UnopenedLog } from './open-serving.ts';
import { keepEvidence } from './evidence.ts';
import { describeDivergence } from './state-hashes.ts';
import type { Divergence } from './state-hashes.ts';
import type { Serving, ServingEvents } from './serving.ts';

/** The most that a stop waits for another leader, and for answers that were promised. */
export const HANDOVER_MS_MAX = 5000;
export const DRAIN_MS_MAX = 5000;

/** Rule S11: were a majority to say this at once, no leader could be elected, and only a person can help. */
export const HEALING_REASON =
  'the log was damaged: what is lost comes from a leader, and until then this member gives no vote; ' +
  'if a majority of the voters says this, `quorate recover` is the way out';

export interface StorageNodeParts {
  readonly config: NodeConfig;
  readonly ports: NodePorts;
  readonly dataFolder: DataFolder;
  readonly log: Log;
  /** The process must end: nothing may be acknowledged any more (rule S10), or an entry cannot be applied (rule S15). */
  readonly fatal: (reason: string) => void;
}

export interface Readiness {
  readonly ready: boolean;
  readonly reason: string;
}

export class StorageNode {
  readonly config: NodeConfig;
  readonly ports: NodePorts;
  readonly startedAtMs: number;
  readonly #log: Log;
  readonly #fatal: (reason: string) => void;
  #dataFolder: DataFolder;
  #serving: Serving | null = null;
  #halt: Halt | null = null;
  #stopping = false;
  /** Why the process must end: the data folder failed, and what it holds is not known. */
  #failed: Error | null = null;
  #poison: Poison | null = null;
  #divergence: string | null = null;
  /** Opening, closing and changing of what serves run one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: StorageNodeParts) {
    this.config = parts.config;
    this.ports = parts.ports;
    this.#log = parts.log;
    this.#fatal = parts.fatal;
    this.#dataFolder = parts.dataFolder;
    this.startedAtMs = parts.ports.clock.wallMs();
  }

  get dataFolder(): DataFolder {
    return this.#dataFolder;
  }

  get serving(): Serving | null {
    return this.#serving;
  }

  /** The members' states differ, and no majority says who is right (rule S15); null while they are not known to. */
  get divergence(): string | null {
    return this.#divergence;
  }

  get halt(): Halt | null {
    return this.#halt;
  }

  get state(): NodeState {
    if (this.#stopping) return 'stopping';
    if (this.#halt) return 'halted';
    if (!this.#serving) return this.#dataFolder.identity.membership ? 'joining' : 'awaiting-membership';
    const { id, configuration } = this.#serving.replica.status;
    return configuration.members.some((member) => member.id === id) ? 'member' : 'joining';
  }

  /** Opens what the folder knows of; a fresh folder waits to be founded or joined. */
  async start(): Promise<void> {
    await this.#inTurn(async () => {
      const poison = await readPoison(this.ports.disk, CURRENT_FOLDER);
      this.#poison = poison.ok ? poison.value : null;
      const { fenced, membership, memberId } = this.#dataFolder.identity;
      this.#log.info({ memberId, name: this.config.name, clusterId: membership?.clusterId ?? null }, 'opened the data folder');
      if (fenced !== null) {
        this.#halted(haltOf(fencedReason(fenced), fenced));
      } else if (this.#poison && this.#poison.starts >= POISON_STARTS_MAX) {
        const { index, starts, message } = this.#poison;
        const text = `entry ${index} could not be applied at ${starts} starts in a row: ${message}`;
        this.#halted({ reason: 'PoisonEntry', message: text, wantsReplacement: false });
      } else if (membership) await this.#open();
    });
  }

  async found(request: FoundRequest): Promise<Result<null, MembershipRefusal>> {
    const members = request.members.map(({ id, name }) => ({ id, name, role: 'voter' as const }));
    const founding = { epoch: request.epoch, configuration: { index: 0, members, removed: [] } };
    return this.#inTurnOrEnd(async () => {
      const accepted = await this.#dataFolder.found(request.clusterId, request.generation, founding);
      if (!accepted.ok) return refuse(accepted.reason);
      if (!this.#serving && !this.#halt) await this.#open();
      return succeed(null);
    });
  }

  async join(request: JoinRequest): Promise<Result<null, MembershipRefusal>> {
    return this.#inTurnOrEnd(async () => {
      await this.#stopIfOlder(request);
      const accepted = await this.#dataFolder.join(request.clusterId, request.generation);
      if (!accepted.ok) return refuse(accepted.reason);
      if (!this.#serving && !this.#halt) await this.#open();
      if (request.leader) this.#serving?.membership.introduce(request.leader);
      return succeed(null);
    });
  }

  /** Who knows the admin token says that a higher generation of our cluster has begun (rule S5). */
  async #stopIfOlder({ clusterId, generation }: JoinRequest): Promise<void> {
    const { membership } = this.#dataFolder.identity;
    if (membership?.clusterId !== clusterId || generation.number <= membership.generation.number) return;
    await this.#fenceOff('HigherGeneration', `generation ${generation.number} (${generation.id}) of this cluster has begun`);
  }

  /** Rule S16: only when every member of the latest configuration said that it speaks the level. */
  async raiseFeatureLevel(level: number): Promise<Result<null, AdminRefusalReason | 'member-cannot' | 'level-not-next'>> {
    const serving = this.#serving;
    if (serving?.replica.status.role !== 'leader') return refuse('not-leader');
    const { state, status, network } = serving.replica;
    if (level === state.featureLevel) return succeed(null);
    if (level !== state.featureLevel + 1) return refuse('level-not-next');
    const speaks = (id: MemberId): boolean => {
      const max = id === status.id ? FEATURE_LEVEL_MAX : network.spokenLevels(id)?.max;
      return max !== undefined && max >= level;
    };
    if (!status.configuration.members.every((member) => speaks(member.id))) return refuse('member-cannot');
    return new Promise((resolve) => {
      serving.commands.proposeOperation({ type: 'raise-feature-level', level }, (outcome) => {
        if (outcome.type === 'replied') resolve(succeed(null));
        else resolve(refuse(outcome.type === 'unknown' ? 'unknown' : 'not-leader'));
      });
    });
  }

  /** As `/readyz` says (rule S21): ready survives an election; learners are not ready. */
  readiness(): Readiness {
    if (this.#stopping) return { ready: false, reason: 'stopping' };
    if (this.#halt) return { ready: false, reason: `halted: ${this.#halt.message}` };
    const serving = this.#serving;
    if (!serving) return { ready: false, reason: 'waits to be founded or joined to a cluster' };
    const { status, appliedIndex } = serving.replica;
    const self = status.configuration.members.find((member) => member.id === status.id);
    if (!self) return { ready: false, reason: 'not in the configuration of the cluster yet' };
    if (self.role === 'learner') return { ready: false, reason: 'still a learner' };
    if (status.healing) return { ready: false, reason: HEALING_REASON };
    if (serving.leaderlessMs >= LEADERLESS_READY_MS) {
      return { ready: false, reason: `no leader for ${Math.floor(serving.leaderlessMs / 1000)} s` };
    }
    if (status.term === 0 || (!status.leader && appliedIndex === 0)) return { ready: false, reason: 'no leader was elected yet' };
    return { ready: true, reason: status.leader ? `${status.leader.name} leads` : 'an election is under way' };
  }

  /** The first part of a stop: from now on not ready, and somebody else leads if anybody can. Never throws. */
  async handOver(): Promise<void> {
    this.#stopping = true;
    const serving = this.#serving;
    if (!serving) return;
    const { status } = serving.replica;
    const others = status.configuration.members.some((member) => member.role === 'voter' && member.id !== status.id);
    if (status.role !== 'leader' || !others) return;
    const timeout = new Promise<null>((resolve) => this.ports.clock.schedule(HANDOVER_MS_MAX, () => resolve(null)));
    const result = await Promise.race([serving.admin.transferLeadership(null), timeout]);
    this.#log.info({ handedOver: result?.ok ?? false }, 'handed leadership over before stopping');
  }

  /** Answers what was promised, and closes the log. Call `handOver` first. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#serving?.drain(DRAIN_MS_MAX);
    await this.#inTurn(async () => this.#close());
  }

  async #open(): Promise<void> {
    const { identity } = this.#dataFolder;
    const { membership } = identity;
    if (!membership) return;
    const parts = { config: this.config, membership, folder: CURRENT_FOLDER, ports: this.ports, log: this.#log };
    let opened = await openServing({ ...parts, identity, events: this.#events() });
    if (!opened.ok && mayHeal(opened.reason)) {
      // Durable before anything is written over the damage: what was promised and forgotten stays known as forgotten (rule S11).
      await this.#dataFolder.noteLost(opened.reason.damage.newestTerm);
      opened = await openServing({ ...parts, identity: this.#dataFolder.identity, events: this.#events() });
    }
    if (!opened.ok) {
      await this.#damaged(opened.reason.damage);
      return;
    }
    this.#serving = opened.value;
    const { lastIndex, term } = opened.value.replica.status;
    this.#log.info({ lastIndex, term, appliedIndex: opened.value.replica.appliedIndex }, 'opened the log');
  }

  async #damaged(damage: LogDamage): Promise<void> {
    const message = `${damage.file} at byte ${damage.offset}: ${damage.message}`;
    switch (damage.type) {
      case 'unknown-format':
        this.#halted({ reason: 'UnknownFormat', message, wantsReplacement: false });
        return;
      case 'foreign':
        this.#halted({ reason: 'ForeignFolder', message, wantsReplacement: false });
        return;
      case 'corrupt':
      case 'gap':
        // The damage may hide the newest vote: this id must stay silent for good, whatever the next start finds (rule S11).
        await this.#dataFolder.fence(`LogCorrupt: ${message}`);
        this.#halted({ reason: 'LogCorrupt', message, wantsReplacement: true });
        return;
    }
  }

  #halted(halt: Halt): void {
    this.#halt = halt;
    this.#log.error({ reason: halt.reason, message: halt.message }, 'this member serves nothing');
  }

  async #close(): Promise<void> {
    const serving = this.#serving;
    this.#serving = null;
    await serving?.stop();
  }

  #events(): ServingEvents {
    return {
      removed: (id, removedAt) => this.#begin(async () => this.#startOver(id, removedAt)),
      diskOfThePast: (message) => this.#begin(async () => this.#fenceOff('DiskOfThePast', message)),
      higherGeneration: (message) => this.#begin(async () => this.#fenceOff('HigherGeneration', message)),
      poisoned: (index, error) => this.#begin(async () => this.#onPoison(index, error)),
      diverged: (divergence) => this.#begin(async () => this.#onDivergence(divergence)),
      healed: () => this.#begin(async () => this.#onHealed()),
      logFailed: (error) => this.#fatal(`the log cannot be written: ${error.message}`),
      roleChanged: () => undefined,
    };
  }

  /** Rule S3: removed, by the word of a confirmed leader. The old folder is set aside, and the node joins anew under a new id. */
  async #startOver(id: MemberId, removedAt: number): Promise<void> {
    const { identity } = this.#dataFolder;
    if (this.#stopping || !this.#serving || !identity.membership) return;
    // It is said as often as it was asked: by the second time the folder may be another one already.
    if (identity.memberId !== id) return;
    const { clusterId, generation } = identity.membership;
    this.#log.warn({ memberId: identity.memberId, removedAt }, 'this member was removed: setting its folder aside');
    const reserveBytes = this.#serving.diskWatch.reserveBytes(this.#serving.replica.state.dataBytes);
    await this.#close();
    const outcome = await this.#dataFolder.setAside(reserveBytes);
    this.#dataFolder = outcome.fresh;
    const { memberId } = outcome.fresh.identity;
    this.#log.info({ memberId, asideFolder: outcome.asideFolder, oldBytes: outcome.oldBytes }, 'formatted anew under a new id');
    await this.#dataFolder.join(clusterId, generation);
    await this.#open();
  }

  async #onHealed(): Promise<void> {
    await this.#dataFolder.noteHealed();
    this.#log.info({ memberId: this.#dataFolder.identity.memberId }, 'what the damaged log had lost is back');
  }

  /** Rule S15: who is wrong stops; where nobody knows who is, all go on, and people are told. */
  async #onDivergence(divergence: Divergence): Promise<void> {
    const message = describeDivergence(divergence);
    this.#divergence ??= message;
    this.#log.error({ ...divergence }, 'the states of the members differ');
    await keepEvidence(this.ports.disk, CURRENT_FOLDER, divergence);
    if (divergence.verdict === 'minority') await this.#fenceOff('StateDiverged', message);
  }

  async #fenceOff(reason: 'DiskOfThePast' | 'HigherGeneration' | 'StateDiverged', message: string): Promise<void> {
    if (this.#halt || this.#stopping) return;
    await this.#dataFolder.fence(`${reason}: ${message}`);
    this.#halted(haltOf(reason, message));
    await this.#close();
  }

  async #onPoison(index: number, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    const poison = await notePoison(this.ports.disk, CURRENT_FOLDER, this.#poison, index, message);
    this.#fatal(`entry ${index} cannot be applied (start ${poison.starts} in a row): ${message}`);
  }

  /** For what nobody waits for. */
  #begin(act: () => Promise<void>): void {
    // Whatever it is, the process was told that it must end.
    this.#inTurnOrEnd(act).catch(() => null);
  }

  /** What a disk that fails here holds is not known: the process ends, and its next start opens what is there (rule S10). */
  async #inTurnOrEnd<Value>(act: () => Promise<Value>): Promise<Value> {
    return this.#inTurn(async () => {
      // What came before failed: nothing is built on it while the process ends.
      if (this.#failed !== null) throw this.#failed;
      try {
        return await act();
      } catch (error) {
        this.#failed = error instanceof Error ? error : new Error(String(error));
        this.#fatal(`the data folder cannot be used: ${this.#failed.message}`);
        throw this.#failed;
      }
    });
  }

  async #inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => null);
    return turn;
  }
}

/** Whether the others can bring back what is lost: the newest term is known, and there are others. */
function mayHeal({ damage, hasPeers }: UnopenedLog): boolean {
  return hasPeers && !damage.mayHideVote && (damage.type === 'corrupt' || damage.type === 'gap');
}

/** A state that differs is evidence of a fault in us: a person looks at it before the member is replaced. */
function haltOf(reason: Halt['reason'], message: string): Halt {
  return { reason, message, wantsReplacement: reason !== 'StateDiverged' };
}

function fencedReason(fenced: string): Halt['reason'] {
  for (const reason of ['DiskOfThePast', 'HigherGeneration', 'LogCorrupt', 'StateDiverged'] as const)
    if (fenced.startsWith(reason)) return reason;
  return 'LogCorrupt';
}
