/** The storage node as its HTTP face sees it: admin outcomes as HTTP words, each wait with a deadline. */
import type { NodeStatus } from '../api/node-status.ts';
import type { MemberId } from '../shared/ids.ts';
import type { Result } from '../shared/result.ts';
import type { MembershipRefusal } from '../wal/data-folder.ts';
import type { AdminOutcome, ConfigurationChangeBody, HttpBackend, SnapshotOutcome } from '../wire/http/server.ts';
import { describeNode } from './describe.ts';
import { ADMIN_TIMEOUT_MS, CONFIRM_TIMEOUT_MS } from './limits.ts';
import type { NodeMetrics } from './metrics.ts';
import type { StorageNode } from './storage-node.ts';

export interface HttpBackendParts {
  readonly node: StorageNode;
  readonly metrics: NodeMetrics;
  readonly adminToken: () => string;
  readonly clients: () => number;
  /** A graceful stop of the whole process. */
  readonly stop: () => void;
}

export const REFUSAL_EXPLANATIONS: Readonly<Record<string, string>> = {
  'not-leader': 'this member does not lead; ask the one in `leader`',
  busy: 'too many requests are open; try again',
  transferring: 'leadership is being handed over; ask the next leader',
  'change-in-flight': 'another configuration change is not committed yet (S1)',
  'configuration-index-mismatch': 'the configuration changed since it was looked at; look again',
  'term-not-settled': 'the leader has not committed an entry of its own term yet (S1); try again',
  'not-caught-up': "the learner has not caught up by the leader's own word; wait",
  'unknown-member': 'no member of the configuration has this id',
  'already-member': 'the id is a member with that role already',
  'id-was-removed': 'ids never return (S2): the node must format its folder under a new id',
  'name-in-use': 'another member has this name',
  'last-voter': 'the last voter cannot be removed',
  'would-lose-quorum': 'too few voters answer for the configuration that would result',
  'too-many-members': 'the configuration is full',
  'transfer-failed': 'the other member did not take over in time',
  'member-cannot': 'a member has not said that it speaks this feature level (S16)',
  'level-not-next': 'feature levels rise one at a time, and never fall (S16)',
  unknown: 'leadership was lost before the outcome was seen; look before trying again',
};

export class NodeHttpBackend implements HttpBackend {
  readonly #parts: HttpBackendParts;

  constructor(parts: HttpBackendParts) {
    this.#parts = parts;
  }

  async status(confirm: boolean): Promise<NodeStatus> {
    const { node, clients } = this.#parts;
    const admin = node.serving?.admin;
    const confirmed = confirm && admin ? await this.#within(CONFIRM_TIMEOUT_MS, admin.confirmLeadership(), false) : false;
    return describeNode(node, confirmed, clients());
  }

  readiness(): { readonly ready: boolean; readonly reason: string } {
    return this.#parts.node.readiness();
  }

  async metrics(): Promise<{ readonly contentType: string; readonly text: string }> {
    const { metrics, node, clients } = this.#parts;
    return metrics.render(node, clients());
  }

  adminToken(): string {
    return this.#parts.adminToken();
  }

  async found(request: Parameters<HttpBackend['found']>[0]): Promise<AdminOutcome> {
    return this.#membership(await this.#parts.node.found(request));
  }

  async join(request: Parameters<HttpBackend['join']>[0]): Promise<AdminOutcome> {
    return this.#membership(await this.#parts.node.join(request));
  }

  async changeConfiguration(change: ConfigurationChangeBody, expectedIndex: number): Promise<AdminOutcome> {
    return this.#ask(
      (serving) => serving.admin.changeConfiguration(change, expectedIndex),
      (index) => ({ index }),
    );
  }

  async transferLeadership(to: MemberId | null): Promise<AdminOutcome> {
    return this.#ask(
      (serving) => serving.admin.transferLeadership(to),
      () => ({}),
    );
  }

  async raiseFeatureLevel(level: number): Promise<AdminOutcome> {
    return this.#ask(
      () => this.#parts.node.raiseFeatureLevel(level),
      () => ({ level }),
    );
  }

  async podGone(id: MemberId): Promise<AdminOutcome> {
    this.#parts.node.serving?.replica.note({ type: 'forget-leader', id });
    return { ok: true, body: {} };
  }

  async saveSnapshot(): Promise<SnapshotOutcome> {
    const { node } = this.#parts;
    if (!node.serving) return notServing(node);
    const copy = await node.serving.saver.save();
    if (copy.ok) return { ok: true, bytes: copy.value.bytes, end: copy.value.end };
    const { leader } = node.serving.replica.status;
    return { ok: false, status: 409, code: copy.reason, message: REFUSAL_EXPLANATIONS[copy.reason] ?? copy.reason, leader };
  }

  stop(): void {
    this.#parts.stop();
  }

  #membership(result: Result<null, MembershipRefusal>): AdminOutcome {
    if (result.ok) return { ok: true, body: { memberId: this.#parts.node.dataFolder.identity.memberId } };
    return { ok: false, status: 409, code: result.reason.reason, message: result.reason.message, leader: null };
  }

  async #ask<Value>(
    act: (serving: NonNullable<StorageNode['serving']>) => Promise<Result<Value, string>>,
    body: (value: Value) => object,
  ): Promise<AdminOutcome> {
    const { node } = this.#parts;
    const { serving } = node;
    if (!serving) return notServing(node);
    const leader = serving.replica.status.leader;
    const timedOut = { ok: false, reason: 'timeout' } as const;
    const result = await this.#within<Result<Value, string>>(ADMIN_TIMEOUT_MS, act(serving), timedOut);
    if (result.ok) return { ok: true, body: body(result.value) };
    const isUnknown = result.reason === 'unknown' || result.reason === 'timeout';
    const message = REFUSAL_EXPLANATIONS[result.reason] ?? `no answer within ${ADMIN_TIMEOUT_MS} ms; look before trying again`;
    return { ok: false, status: isUnknown ? 503 : 409, code: result.reason, message, leader };
  }

  async #within<Value>(timeoutMs: number, promise: Promise<Value>, otherwise: Value): Promise<Value> {
    return new Promise((resolve, reject) => {
      const cancel = this.#parts.node.ports.clock.schedule(timeoutMs, () => resolve(otherwise));
      promise.then(resolve, reject).finally(cancel);
    });
  }
}

function notServing(node: StorageNode): AdminOutcome & { readonly ok: false } {
  return { ok: false, status: 409, code: 'not-serving', message: node.readiness().reason, leader: null };
}
