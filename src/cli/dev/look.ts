/** One look at a cluster that runs on the devcluster: what the live view shows, and what the writer and the door for clients lead to. */
import { parseSpec, parseStatus, parseStorageCluster, PORTS } from '../../api/storage-cluster.ts';
import { plan } from '../../operator/plan/plan.ts';
import { isKubernetesApiError } from '../../operator/kubernetes/errors.ts';
import type { Pod, StoredStorageCluster } from '../../operator/kubernetes/objects.ts';
import { EVENTS, NODES, STORAGE_CLUSTERS } from '../../operator/kubernetes/resources.ts';
import type { Access } from '../kubernetes/access.ts';
import { lookAt } from '../kubernetes/look.ts';
import { openTunnel } from '../kubernetes/tunnel.ts';
import type { RedisServer } from '../redis/server.ts';
import { clusterView } from '../view/cluster-view.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { eventRows } from '../view/events-table.ts';
import type { EventRow } from '../view/events-table.ts';
import { plannedView } from '../view/explain-text.ts';
import type { ExplainView } from '../view/explain-text.ts';
import { memberRow } from '../view/members-table.ts';
import type { MemberRow } from '../view/members-table.ts';
import type { NodeView } from '../view/live/scene.ts';
import type { WriteTarget } from './writer.ts';

/** Events that one look keeps: more than any terminal shows. */
const EVENTS_KEPT = 50;
const LOOK_MS = 5_000;

export interface Look {
  readonly cluster: ClusterView | null;
  readonly members: readonly MemberRow[];
  readonly nodes: readonly NodeView[];
  readonly plan: ExplainView | null;
  readonly events: readonly EventRow[];
  readonly pods: readonly Pod[];
  /** Null while there is nothing to write to. */
  readonly target: WriteTarget | null;
}

/** @throws what the API server said or did not say */
export async function look(access: Access, name: string, nowMs: number): Promise<Look> {
  const [stored, nodes] = await Promise.all([storedCluster(access, name), nodesOf(access)]);
  const nothing: Look = { cluster: null, members: [], nodes, plan: null, events: [], pods: [], target: null };
  if (stored === null) return nothing;
  const [events, pods, planned] = await Promise.all([
    access.all(EVENTS, access.namespace),
    access.pods(name),
    plannedOf(access, stored, nowMs),
  ]);
  const cluster = clusterView(stored, nowMs);
  return {
    ...nothing,
    cluster,
    ...planned,
    events: eventRows(events, name).slice(-EVENTS_KEPT),
    pods,
    target: await targetOf(access, stored, pods),
  };
}

/** Null before the kind is known, and while there is no such object. */
async function storedCluster(access: Access, name: string): Promise<StoredStorageCluster | null> {
  try {
    return await access.api.find(STORAGE_CLUSTERS, { namespace: access.namespace, name });
  } catch (error) {
    if (isKubernetesApiError(error, 'not-found')) return null;
    throw error;
  }
}

async function nodesOf(access: Access): Promise<readonly NodeView[]> {
  return (await access.all(NODES, null)).map(({ metadata, status }) => {
    const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status;
    return { name: metadata.name, ready: ready === 'True' };
  });
}

async function plannedOf(access: Access, stored: StoredStorageCluster, nowMs: number): Promise<Pick<Look, 'plan' | 'members'>> {
  const parsed = parseStorageCluster(stored);
  if (!parsed.ok) return { plan: null, members: [] };
  const { observation } = await lookAt(access, stored, parsed.value, AbortSignal.timeout(LOOK_MS));
  const { name, namespace = 'default' } = stored.metadata;
  const view = clusterView(stored, nowMs);
  const members = observation.members
    .filter((member) => member.pod !== null || view.members.some(({ name: known }) => known === member.name))
    .map((member) => memberRow({ namespace, cluster: name, name: member.name }, member.node, observation.leader));
  const named = { namespace, name, unseen: [], notes: [] };
  return { plan: plannedView(named, plan(observation, nowMs), view.blockedBy), members };
}

/** Every member that is not leaving is worth a try: those that cannot answer say so. */
async function targetOf(
  access: Access,
  { metadata, spec, status }: StoredStorageCluster,
  pods: readonly Pod[],
): Promise<WriteTarget | null> {
  const [parsed, seen] = [parseSpec(spec), parseStatus(status)];
  const id = seen.ok ? seen.value.clusterId : undefined;
  if (!parsed.ok || id === undefined) return null;
  return {
    id,
    servers: pods.filter((pod) => pod.metadata.deletionTimestamp === undefined).map((pod) => serverOf(access, pod)),
    password: parsed.value.auth.enabled ? await access.secret(metadata.name, 'client') : null,
  };
}

export function serverOf(access: Access, pod: Pod): RedisServer {
  return { label: pod.metadata.name, open: () => openTunnel(access.server, access.namespace, pod, PORTS.client) };
}
