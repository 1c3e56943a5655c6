/**
 * Carries out a plan, step by step, each under the conditions that it was planned for: the UID of the object, its resourceVersion, the index of
 * the configuration. The first step that fails ends it: what comes after was planned for a world in which it succeeded. Only the growth
 * of volumes stands for itself: neither holds the other back. Nothing is retried here; the next pass looks again.
 */
import { randomBytes } from 'node:crypto';
import { ANNOTATIONS, API_VERSION, KIND, LABELS, MEMBERS_MAX } from '../api/storage-cluster.ts';
import type { KeptVolume, StorageCluster } from '../api/storage-cluster.ts';
import { assertNever, present } from '../shared/assert.ts';
import type { Result } from '../shared/result.ts';
import { NO_VERSION } from './kubernetes/api.ts';
import type { AppliedObject, KubernetesApi } from './kubernetes/api.ts';
import type { Pod, StatefulSet } from './kubernetes/objects.ts';
import { PODS, SECRETS, STATEFUL_SETS, STORAGE_CLUSTERS } from './kubernetes/resources.ts';
import { carryOutOnClaim, restoreReclaimPolicy } from './execute-volumes.ts';
import { addressOfPod } from './node-client.ts';
import type { NodeAddress, NodeCallOptions, NodeClient, NodeFailure } from './node-client.ts';
import { claimSizeOf, resourceOfChild } from './observed-children.ts';
import type { ChildrenMemory } from './observed-children.ts';
import type { Step } from './plan/step.ts';
import { plainChildren } from './render/children.ts';
import { statefulSetName } from './render/names.ts';
import { secret } from './render/secrets.ts';
import type { RenderSettings } from './render/settings.ts';
import { statefulSet } from './render/stateful-set.ts';
import type { KeptTemplate } from './render/stateful-set.ts';
import { keptTemplateOf, noteOf, templateOfRevision } from './rolled-back.ts';
import { failureOf, NodeCallError } from './step-failure.ts';
import type { StepFailure } from './step-failure.ts';
import type { Outcome } from './status/outcome.ts';

export interface ExecuteWorld {
  readonly api: KubernetesApi;
  readonly nodes: NodeClient;
  readonly settings: RenderSettings;
  readonly memory: ChildrenMemory;
  /** 32 random bytes as hex, unless a simulation draws them. */
  readonly drawHex: (digits: number) => string;
}

/** What a plan is carried out on, as it was observed. */
export interface ExecuteTarget {
  readonly cluster: StorageCluster;
  readonly statefulSet: StatefulSet | null;
  readonly pods: ReadonlyMap<string, Pod>;
  readonly token: string | null;
}

export interface Executed {
  readonly done: readonly Step[];
  readonly failed: readonly FailedStep[];
  readonly recorded: Outcome['recorded'];
  /** As written to status; null: untouched. */
  readonly keptVolumes: readonly KeptVolume[] | null;
  /** Of the StorageCluster, after what was recorded in its status. */
  readonly resourceVersion: string;
}

export interface FailedStep {
  readonly step: Step;
  readonly failure: StepFailure;
}

/** Digits of a generated password, token or secret: 128 bits. */
export const SECRET_HEX_DIGITS = 32;
const GENERATION_ID_DIGITS = 16;

export function drawSystemHex(digits: number): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);
}

export async function execute(
  world: ExecuteWorld,
  target: ExecuteTarget,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<Executed> {
  const execution = new Execution(world, target, signal);
  const done: Step[] = [];
  const failed: FailedStep[] = [];
  for (const step of steps) {
    try {
      await execution.carryOut(step);
      done.push(step);
    } catch (error) {
      failed.push({ step, failure: failureOf(step, error) });
      if (!standsForItself(step)) break;
    }
  }
  return { done, failed, ...execution.written };
}

function standsForItself({ type }: Step): boolean {
  return type === 'grow-claim';
}

class Execution {
  readonly #world: ExecuteWorld;
  readonly #target: ExecuteTarget;
  readonly #signal: AbortSignal;
  #recorded: Outcome['recorded'] = null;
  #keptVolumes: readonly KeptVolume[] | null = null;
  #resourceVersion: string;

  constructor(world: ExecuteWorld, target: ExecuteTarget, signal: AbortSignal) {
    this.#world = world;
    this.#target = target;
    this.#signal = signal;
    this.#resourceVersion = target.cluster.metadata.resourceVersion;
  }

  get written(): Pick<Executed, 'recorded' | 'keptVolumes' | 'resourceVersion'> {
    return { recorded: this.#recorded, keptVolumes: this.#keptVolumes, resourceVersion: this.#resourceVersion };
  }

  async carryOut(step: Step): Promise<void> {
    switch (step.type) {
      case 'create-secret':
      case 'apply-child':
      case 'delete-child':
      case 'apply-stateful-set':
      case 'recreate-stateful-set':
      case 'roll-back':
        return this.#carryOutOnChildren(step);
      case 'record-founding':
        return this.#record(step, { epoch: step.epoch, members: step.members });
      case 'record-founding-anew': {
        const generation = { number: step.generationNumber, id: this.#world.drawHex(GENERATION_ID_DIGITS) };
        return this.#record({ clusterId: step.clusterId, generation }, { epoch: step.epoch, members: step.members });
      }
      case 'record-identity':
        return this.#record(step, null);
      case 'found-node':
      case 'join-node':
      case 'add-learner':
      case 'promote':
      case 'remove-member':
      case 'transfer-leadership':
      case 'raise-feature-level':
        return this.#carryOutOnNodes(step);
      case 'evict-pod':
        return this.#world.api.evict(this.#key(step.member), { uid: step.uid }, { signal: this.#signal });
      case 'delete-broken-pod':
        return this.#world.api.delete(PODS, this.#key(step.member), { preconditions: { uid: step.uid }, signal: this.#signal });
      case 'label-pod':
        return this.#labelPod(step);
      case 'order-replacement':
        return this.#orderReplacement(step.annotation);
      case 'record-kept-volume':
        return this.#recordKeptVolumes(
          [...this.#keptNow().filter(({ volume }) => volume !== step.kept.volume), step.kept].slice(-MEMBERS_MAX),
        );
      case 'apply-claim':
      case 'grow-claim':
      case 'delete-claim':
        return carryOutOnClaim(this.#world.api, this.#target.cluster, step, this.#signal);
      case 'release-volume':
        if (!step.keepForGood) await restoreReclaimPolicy(this.#world.api, step.kept, this.#signal);
        return this.#recordKeptVolumes(this.#keptNow().filter(({ volume }) => volume !== step.kept.volume));
      default:
        return assertNever(step);
    }
  }

  #key(name: string): { namespace: string; name: string } {
    return { namespace: this.#target.cluster.metadata.namespace, name };
  }

  async #carryOutOnChildren(
    step: Extract<
      Step,
      { type: 'create-secret' | 'apply-child' | 'delete-child' | 'apply-stateful-set' | 'recreate-stateful-set' | 'roll-back' }
    >,
  ): Promise<void> {
    const { api, memory, drawHex } = this.#world;
    const { cluster } = this.#target;
    const options = { signal: this.#signal };
    memory.invalidate(cluster.metadata.uid);
    switch (step.type) {
      case 'create-secret':
        await api.create(SECRETS, secret(cluster, step.purpose, drawHex(SECRET_HEX_DIGITS)), options);
        return;
      case 'apply-child': {
        const wanted = plainChildren(cluster).find(({ kind, metadata }) => kind === step.kind && metadata.name === step.name);
        const object = present(wanted, 'only children that are rendered are applied');
        const stored = await api.apply(resourceOfChild(step.kind), object, options);
        memory.applied(stored.metadata.uid ?? '', stored.metadata.generation);
        return;
      }
      case 'delete-child':
        return api.delete(resourceOfChild(step.kind), this.#key(step.name), { preconditions: { uid: step.uid }, ...options });
      case 'apply-stateful-set':
        return this.#applyStatefulSet(step, keptTemplateOf(this.#target.statefulSet, cluster));
      case 'roll-back': {
        const template = await templateOfRevision(api, this.#key(step.revision), this.#signal);
        return this.#applyStatefulSet(step, { template, note: noteOf(step.rolledBack) });
      }
      case 'recreate-stateful-set': {
        const { uid, resourceVersion } = step;
        const key = this.#key(statefulSetName(cluster.metadata.name));
        return api.delete(STATEFUL_SETS, key, { preconditions: { uid, resourceVersion }, propagation: 'Orphan', ...options });
      }
      default:
        return assertNever(step);
    }
  }

  /**
   * Replicas go with every apply: a field that we leave out would fall back to 1. Planned on a set, it changes that one alone; planned on none,
   * it makes one and changes none, which another operator may have made and scaled meanwhile (S1).
   */
  async #applyStatefulSet(
    step: { readonly replicas: number; readonly resourceVersion: string | null },
    kept: KeptTemplate | null,
  ): Promise<void> {
    const { api, memory, settings } = this.#world;
    const { cluster, statefulSet: existing } = this.#target;
    const object = statefulSet(cluster, settings, { replicas: step.replicas, claimSize: claimSizeOf(existing), kept });
    const { resourceVersion } = step;
    const preconditions =
      resourceVersion === null
        ? { resourceVersion: NO_VERSION }
        : { resourceVersion, uid: present(existing, 'a version is that of a set that was observed').metadata.uid };
    const applied: AppliedObject = { ...object, metadata: { ...object.metadata, ...preconditions } };
    const stored = await api.apply(STATEFUL_SETS, applied, { signal: this.#signal });
    memory.applied(stored.metadata.uid, stored.metadata.generation);
  }

  /** Written before anybody acts on it, and only if nobody wrote to the resource since it was read (S6). */
  async #record(
    identity: Pick<NonNullable<Outcome['recorded']>, 'clusterId' | 'generation'>,
    founding: NonNullable<Outcome['recorded']>['founding'],
  ): Promise<void> {
    const { clusterId, generation } = identity;
    await this.#writeStatus({ clusterId, generation, founding });
    this.#recorded = { clusterId, generation, founding };
  }

  async #writeStatus(status: object): Promise<void> {
    const { metadata } = this.#target.cluster;
    const preconditions = { uid: metadata.uid, resourceVersion: this.#resourceVersion };
    const patch = { metadata: preconditions, status };
    const stored = await this.#world.api.patchStatus(STORAGE_CLUSTERS, this.#key(metadata.name), patch, { signal: this.#signal });
    this.#resourceVersion = stored.metadata.resourceVersion;
  }

  #keptNow(): readonly KeptVolume[] {
    return this.#keptVolumes ?? this.#target.cluster.status?.keptVolumes ?? [];
  }

  /** Beyond the bound of the list the oldest is forgotten: it stays, with reclaim policy Retain, for a person to delete. */
  async #recordKeptVolumes(keptVolumes: readonly KeptVolume[]): Promise<void> {
    await this.#writeStatus({ keptVolumes });
    this.#keptVolumes = keptVolumes;
  }

  /** Only if nobody wrote to the resource since it was read: an order that was taken back meanwhile stays so. */
  async #orderReplacement(annotation: string): Promise<void> {
    const { uid, name } = this.#target.cluster.metadata;
    const metadata = { uid, resourceVersion: this.#resourceVersion, annotations: { [ANNOTATIONS.replace]: annotation } };
    const stored = await this.#world.api.mergePatch(STORAGE_CLUSTERS, this.#key(name), { metadata }, { signal: this.#signal });
    this.#resourceVersion = stored.metadata.resourceVersion;
  }

  async #carryOutOnNodes(
    step: Extract<
      Step,
      {
        type:
          | 'found-node'
          | 'join-node'
          | 'add-learner'
          | 'promote'
          | 'remove-member'
          | 'transfer-leadership'
          | 'raise-feature-level';
      }
    >,
  ): Promise<void> {
    const { nodes } = this.#world;
    switch (step.type) {
      case 'found-node': {
        const { clusterId, generation, epoch, members } = step;
        return this.#call(step.member, (address, options) =>
          nodes.found(address, { clusterId, generation, epoch, members }, options),
        );
      }
      case 'join-node': {
        const { clusterId, generation, leader } = step;
        return this.#call(step.member, (address, options) => nodes.join(address, { clusterId, generation, leader }, options));
      }
      case 'add-learner':
      case 'promote':
      case 'remove-member': {
        const request = { change: changeOf(step), expectedIndex: step.expectedIndex };
        return this.#call(step.leader, (address, options) => nodes.changeConfiguration(address, request, options));
      }
      case 'transfer-leadership':
        return this.#call(step.leader, (address, options) => nodes.transferLeadership(address, { to: step.id }, options));
      case 'raise-feature-level':
        return this.#call(step.leader, (address, options) => nodes.raiseFeatureLevel(address, { level: step.level }, options));
      default:
        return assertNever(step);
    }
  }

  /** @throws NodeCallError */
  async #call(
    member: string,
    call: (address: NodeAddress, options: NodeCallOptions) => Promise<Result<unknown, NodeFailure>>,
  ): Promise<void> {
    const pod = present(this.#target.pods.get(member), 'a node that is called was observed');
    const address = present(addressOfPod(pod), 'a node that answered has an address');
    const token = present(this.#target.token, 'a node that answered was asked with a token');
    const answer = await call(address, { token, signal: this.#signal });
    if (!answer.ok) throw new NodeCallError(member, answer.reason);
  }

  async #labelPod(step: Extract<Step, { type: 'label-pod' }>): Promise<void> {
    const labels = { [LABELS.role]: step.role, [LABELS.memberId]: step.memberId };
    const patch = { metadata: { uid: step.uid, labels } };
    await this.#world.api.mergePatch(PODS, this.#key(step.member), patch, { signal: this.#signal });
  }
}

function changeOf(step: Extract<Step, { type: 'add-learner' | 'promote' | 'remove-member' }>) {
  switch (step.type) {
    case 'add-learner':
      return { type: 'add-learner', id: step.id, name: step.member } as const;
    case 'promote':
      return { type: 'promote', id: step.id } as const;
    case 'remove-member':
      return { type: 'remove', id: step.id } as const;
    default:
      return assertNever(step);
  }
}

/** The resource as events regard it. */
export function regarded({ metadata }: StorageCluster) {
  return { apiVersion: API_VERSION, kind: KIND, metadata };
}
