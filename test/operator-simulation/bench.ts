/** Where the judges sit: every call of an operator passes here, is counted, judged against the truth, and may be the operator's last. */
import type { StoreChange } from '../../src/devcluster/model/store.ts';
import type { WatchEvent, WatchRequest } from '../../src/operator/kubernetes/api.ts';
import { field } from '../support/model-api.ts';
import { actOf } from './acts.ts';
import type { Act } from './acts.ts';
import type { OperatorProcess } from './operator-process.ts';
import { foundersText, judge } from './rules.ts';
import { needPods, ordinalOf, textOf } from './scene.ts';
import type { Scene } from './scene.ts';
import { CLUSTER, LEASE, PATHS } from './paths.ts';
import type { CrashPoint, OperatorSimulation } from './simulation.ts';
import { judgeStatus } from './status-rules.ts';
import type { Heard } from './status-rules.ts';
import type { Call, CallFate, Tap } from './wires.ts';
import { judgeLease, judgePace, judgeRaise, judgeRest, judgeVolumeDeletion, PACE_MS, RAISE_MS_MAX } from './world-rules.ts';
import type { RestWrite } from './world-rules.ts';

const SERVED: CallFate = { type: 'served' };

/** What an operator has heard in the pass that it is in. */
interface Ear {
  pass: number;
  readonly heard: Map<string, Heard>;
}

export class Bench implements Tap {
  readonly #world: OperatorSimulation;
  readonly #crash: CrashPoint | null;
  readonly #ears = new Map<OperatorProcess, Ear>();
  /** By name of the member: when it was evicted. */
  readonly #inFlight = new Map<string, string>();
  readonly #restWrites: RestWrite[] = [];
  /** When it sent what it sent lately. */
  readonly #pace = new Map<OperatorProcess, number[]>();
  /** Since when somebody lacks a pod that the StatefulSet should ask for; null: nobody does. */
  #lackingSinceMs: number | null = null;
  /** Calls and writes of operators since the scenario began. */
  calls = 0;
  writes = 0;
  /** Of one operator in `PACE_MS`. */
  callsMost = 0;
  /** Removed members that were told whom to ask (S3). */
  introductions = 0;
  /** The operator was ended where it should be. */
  hasCrashed = false;
  rests = false;
  #hasBegun = false;
  #lastWrite: Call | null = null;
  beganAtMs = 0;

  constructor(world: OperatorSimulation, crash: CrashPoint | null) {
    this.#world = world;
    this.#crash = crash;
  }

  begin(): void {
    this.#hasBegun = true;
    this.beganAtMs = this.#world.nowMs;
  }

  sent(call: Call): CallFate {
    const { interference } = this.#world;
    this.#count(call.process);
    if (this.#hasBegun) {
      this.calls += 1;
      if (call.isWrite) this.writes += 1;
      if (call.isWrite && this.#isLast()) {
        this.hasCrashed = true;
        this.#world.trace(`the operator is ended ${this.#crash?.side ?? ''} write ${this.writes}`, told(call));
        if (this.#crash?.side === 'before') {
          this.#world.endOperator(call.process);
          return { type: 'lost' };
        }
        this.#lastWrite = call;
        return SERVED;
      }
    }
    const member = call.type === 'api' ? undefined : call.volume?.machine.name;
    if (member !== undefined && this.#world.silent.has(member)) return { type: 'lost' };
    return interference?.fateOf(call.isWrite, call.type === 'api') ?? SERVED;
  }

  #count(process: OperatorProcess): void {
    const { nowMs } = this.#world;
    let sent = this.#pace.get(process);
    if (sent === undefined) this.#pace.set(process, (sent = []));
    sent.push(nowMs);
    while ((sent[0] ?? nowMs) < nowMs - PACE_MS) sent.shift();
    this.callsMost = Math.max(this.callsMost, sent.length);
    this.#note(judgePace(sent.length));
  }

  #isLast(): boolean {
    return this.#crash !== null && !this.hasCrashed && this.writes === this.#crash.write;
  }

  arrives(call: Call): void {
    // It is carried out all the same, and nobody hears of it.
    if (call === this.#lastWrite) this.#world.endOperator(call.process);
    const act = actOf(call);
    if (act === null) return;
    if (act.type !== 'lease' && act.type !== 'event') this.#world.trace('the operator writes', { ...told(call) });
    if (this.rests) this.#restWrites.push({ type: act.type, fields: act.type === 'status' ? Object.keys(act.status) : [] });
    this.#judgeLease(call, act);
    const scene = this.#world.truth.scene();
    this.#forgetReturned(scene);
    const breach = judge(act, scene, {
      passBeganAtMs: call.process.passBeganAtMs ?? scene.nowMs,
      specChangedAtMs: this.#world.specChangedAtMs,
      inFlight: [...this.#inFlight.keys()],
      memberOfClaim: (claim) => this.#memberOfClaim(claim),
    });
    this.#note(breach);
    if (act.type === 'join' && act.leader !== null && this.#wasRemoved(call, scene)) this.introductions += 1;
    if (act.type === 'found') this.#world.truth.founded(act.clusterId, foundersText(act.members));
  }

  carriedOut(call: Call, _answer: unknown, error: Error | null): void {
    if (call.type === 'status') this.#hear(call, error);
    if (error !== null) return;
    const act = actOf(call);
    if (act?.type === 'evict') this.#inFlight.set(act.pod, act.uid ?? '');
    if (act?.type === 'status') this.#judgeStatus(call.process);
  }

  watchDelayMs(_request: WatchRequest, _event: WatchEvent): number | null {
    return this.#world.interference === null ? 0 : this.#world.interference.watchDelayMs();
  }

  /** Whatever was stored, by whomever: no volume goes that a member still counts on (S4, S9). */
  stored({ type, collection, object }: StoreChange): void {
    if (collection.endsWith('/statefulsets') || collection.endsWith('/storageclusters'))
      this.#world.scheduler.after(0, () => this.#lookForPods());
    if (type !== 'DELETED' || collection !== '/persistentvolumes') return;
    const uid = String(field(object, 'spec.claimRef.uid'));
    const volume = this.#world.members.volumes.get(uid);
    if (volume === undefined || volume.isLost) return;
    const id = volume.machine.shownId;
    this.#note(judgeVolumeDeletion(object.metadata.name, id, id !== null && this.#world.truth.isMember(id)));
    this.#world.members.destroy(volume);
  }

  #lookForPods(): void {
    if (this.#lacking().length === 0) this.#lackingSinceMs = null;
    else if (this.#lackingSinceMs === null) {
      this.#lackingSinceMs = this.#world.nowMs;
      this.#awaitRaise(this.#lackingSinceMs);
    }
  }

  /** Looks again when the StatefulSet has to be high enough at the latest. */
  #awaitRaise(sinceMs: number): void {
    const world = this.#world;
    const fromMs = Math.max(sinceMs, world.disturbedUntilMs);
    world.scheduler.after(fromMs + RAISE_MS_MAX - world.nowMs, () => {
      if (this.#lackingSinceMs !== sinceMs) return;
      if (world.disturbedUntilMs > fromMs) this.#awaitRaise(sinceMs);
      else this.#note(judgeRaise(this.#lacking(), world.nowMs - fromMs));
    });
  }

  #lacking(): readonly string[] {
    const scene = this.#world.truth.scene();
    if (scene.resource === null) return [];
    return needPods(scene).flatMap(({ name }) => (ordinalOf(name) >= (scene.replicas ?? 0) ? [name] : []));
  }

  #wasRemoved(call: Call, { removed }: Scene): boolean {
    const id = call.type === 'admin' ? call.volume?.machine.shownId : null;
    return id !== null && id !== undefined && removed.has(id);
  }

  judgeRest(durationMs: number): void {
    this.#note(judgeRest(this.#restWrites, durationMs));
  }

  #note(breach: string | null): void {
    if (breach !== null) this.#world.failed(breach);
  }

  #hear(call: Extract<Call, { type: 'status' }>, error: Error | null): void {
    const { process, volume } = call;
    let ear = this.#ears.get(process);
    if (ear === undefined) this.#ears.set(process, (ear = { pass: 0, heard: new Map() }));
    if (ear.pass !== process.passes) {
      ear.pass = process.passes;
      ear.heard.clear();
    }
    if (volume === null || error !== null) return;
    const { truth } = this.#world;
    const { machine } = volume;
    const before = ear.heard.get(machine.name);
    ear.heard.set(machine.name, {
      name: machine.name,
      isVoter: before?.isVoter === true || truth.isVoter(machine),
      isLeader: before?.isLeader === true || truth.leads(machine),
      isQuorumThere: before?.isQuorumThere === true || truth.isQuorumThere(),
    });
  }

  #judgeStatus(process: OperatorProcess): void {
    const resource = this.#world.find(PATHS.orders);
    if (resource === null) return;
    const ear = this.#ears.get(process);
    const heard = ear?.pass === process.passes ? ear.heard : new Map<string, Heard>();
    const replicas = Number(textOf(field(resource, 'status.ready')).split('/')[1] ?? 0);
    this.#note(judgeStatus(field(resource, 'status'), replicas, CLUSTER, heard));
  }

  #judgeLease({ process }: Call, act: Act): void {
    if (act.type === 'lease' || act.type === 'event') return;
    const holder = textOf(this.#world.at(LEASE, 'spec.holderIdentity'));
    this.#note(judgeLease({ writer: process.identity, holder, awakeForMs: this.#world.nowMs - process.wokeAtMs }));
  }

  #memberOfClaim(claim: string): string | null {
    const uid = this.#world.at(`${PATHS.claims}/${claim}`, 'metadata.uid');
    const volume = this.#world.members.volumes.get(String(uid));
    return volume === undefined || volume.isLost ? null : volume.machine.shownId;
  }

  /** Back is who takes part again in another pod; who is no member, or broken, is waited for by nobody. */
  #forgetReturned(scene: Scene): void {
    for (const [name, uid] of [...this.#inFlight]) {
      const member = scene.members?.find((listed) => listed.name === name);
      const pod = this.#world.at(`${PATHS.pods}/${name}`, 'metadata.uid');
      const isBack = member?.isCaughtUp === true && !member.isGoing && pod !== undefined && pod !== uid;
      if (member === undefined || member.isBroken || isBack) this.#inFlight.delete(name);
    }
  }
}

function told(call: Call): object {
  if (call.type === 'status') return { status: call.address };
  if (call.type === 'admin') return { verb: call.verb, member: call.volume?.machine.name, body: call.body };
  const { verb, resource, name, subresource, body } = call.request;
  return {
    verb,
    kind: resource.kind,
    name: name ?? field(body, 'metadata.name'),
    subresource,
    body: JSON.stringify(body).slice(0, 400),
  };
}
