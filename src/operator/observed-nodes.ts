/** What every node says, asked in parallel and within a second each; and the leader, if one can confirm itself with a quorum (S1). */
import type { NodeStatus } from '../api/node-status.ts';
import type { NodeAddress, NodeClient } from './node-client.ts';
import { addressOfPod } from './node-client.ts';
import type { Pod } from './kubernetes/objects.ts';
import type { ConfirmedLeader, NodeObservation } from './plan/observation.ts';

/**
 * An old leader that was cut off may still think that it leads: at most so many are asked to confirm, the highest generation first (S5: only
 * of the newest does the word count), then the highest term.
 */
export const LEADER_CANDIDATES_MAX = 2;

/** All that hearing takes. */
export type StatusClient = Pick<NodeClient, 'status'>;

export interface HeardNodes {
  readonly nodes: ReadonlyMap<string, NodeObservation>;
  readonly leader: ConfirmedLeader | null;
}

/** @param token null while the Secret with the admin token is not there: then nobody can be asked */
export async function hearNodes(
  client: StatusClient,
  pods: readonly Pod[],
  token: string | null,
  signal: AbortSignal,
): Promise<HeardNodes> {
  const heard = await Promise.all(pods.map(async (pod) => [pod.metadata.name, await hear(client, pod, token, signal)] as const));
  const nodes = new Map(heard);
  if (token === null) return { nodes, leader: null };
  const candidates = heard
    .flatMap(([name, node]) =>
      node.kind === 'answered' && node.status.replication?.role === 'leader' ? [{ name, status: node.status }] : [],
    )
    .sort((left, right) => compareLeaders(right.status, left.status))
    .slice(0, LEADER_CANDIDATES_MAX);
  for (const { name } of candidates) {
    const pod = pods.find(({ metadata }) => metadata.name === name);
    const address = pod === undefined ? null : addressOfPod(pod);
    const status = address === null ? null : await confirm(client, name, address, token, signal);
    if (status === null) continue;
    // The answer of a confirmed leader is the younger one of its two.
    nodes.set(name, { kind: 'answered', status });
    const leader = leaderFrom(status);
    if (leader !== null) return { nodes, leader };
  }
  return { nodes, leader: null };
}

function compareLeaders(left: NodeStatus, right: NodeStatus): number {
  const byGeneration = (left.generation?.number ?? 0) - (right.generation?.number ?? 0);
  return byGeneration !== 0 ? byGeneration : (left.replication?.term ?? 0) - (right.replication?.term ?? 0);
}

async function hear(client: StatusClient, pod: Pod, token: string | null, signal: AbortSignal): Promise<NodeObservation> {
  const address = addressOfPod(pod);
  if (address === null) return { kind: 'silent', reason: 'its pod has no address yet' };
  if (token === null) return { kind: 'silent', reason: 'there is no admin token yet' };
  const answer = await client.status(address, { token, signal });
  if (!answer.ok) return { kind: 'silent', reason: answer.reason.message };
  return ofThisName(pod.metadata.name, answer.value);
}

/** An address may have gone to another pod since: whoever answers under another name was not asked. */
function ofThisName(name: string, status: NodeStatus): NodeObservation {
  if (status.name !== name) return { kind: 'silent', reason: `${status.name} answers at its address` };
  return { kind: 'answered', status };
}

async function confirm(
  client: StatusClient,
  name: string,
  address: NodeAddress,
  token: string,
  signal: AbortSignal,
): Promise<NodeStatus | null> {
  const answer = await client.status(address, { token, signal, confirm: true });
  return answer.ok && answer.value.name === name ? answer.value : null;
}

function leaderFrom(status: NodeStatus): ConfirmedLeader | null {
  const { replication, memberId } = status;
  if (!status.confirmed || replication === null || replication.role !== 'leader' || !replication.settled) return null;
  const member = replication.committedConfiguration.members.find(({ id }) => id === memberId);
  return member === undefined ? null : { member, status, replication };
}
