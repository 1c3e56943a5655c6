import { parseStorageCluster } from '../../api/storage-cluster.ts';
import type { StorageCluster } from '../../api/storage-cluster.ts';
import { STORAGE_CLUSTERS } from '../../operator/kubernetes/resources.ts';
import { SYSTEM_CLOCK } from '../../operator/system.ts';
import { pause } from '../../operator/timing.ts';
import { CommandError, EXIT_DONE, EXIT_FAILED, UsageError } from '../command.ts';
import type { Command, CommandContext, ExitCode } from '../command.ts';
import { withAccess } from '../kubernetes/access.ts';
import type { Access } from '../kubernetes/access.ts';
import { clusterView } from '../view/cluster-view.ts';
import { ACCESS_OPTIONS, CLUSTER_POSITIONAL, nowMsOf, WATCH_INTERVAL_MS } from './plugin-options.ts';

/** The one that `kubectl rollout restart` writes, so that whoever looks at a pod knows what it means. */
export const RESTARTED_ANNOTATION = 'kubectl.kubernetes.io/restartedAt';

const TIMEOUT_SECONDS_DEFAULT = 900;

export const restartCommand: Command = {
  name: 'restart',
  summary: 'restart the members one by one through the operator, the leader last',
  details: [
    `It writes the annotation ${RESTARTED_ANNOTATION} into spec.podTemplate, which is a change of the pods like any other: the operator replaces ` +
      'one pod at a time while the others are a quorum, followers first, and hands leadership over before it comes to the leader. No pod is deleted ' +
      'by this command, and without an operator nothing happens.',
    'Needs `get` and `patch` on `storageclusters.quorate.io`.',
  ],
  isPlugin: true,
  positionals: [{ ...CLUSTER_POSITIONAL, required: true, summary: 'name of the StorageCluster' }],
  options: {
    wait: { value: null, summary: 'wait until every member runs anew and is ready' },
    timeout: { value: 'SECONDS', summary: `how long --wait waits: ${TIMEOUT_SECONDS_DEFAULT} unless given` },
    ...ACCESS_OPTIONS,
  },
  run: async (given, context) => {
    const timeoutMs = secondsOf(given.value('timeout')) * 1000;
    return withAccess(given, context, async (access) => {
      const { name, generation } = await orderRestart(access, given.positional('CLUSTER'), nowMsOf(context));
      context.stdout.write(`the restart of ${name} is ordered: the operator does it member by member, the leader last\n`);
      return given.has('wait') ? waitFor(access, name, generation, timeoutMs, context) : EXIT_DONE;
    });
  },
};

function secondsOf(text: string | null): number {
  if (text === null) return TIMEOUT_SECONDS_DEFAULT;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError(`--timeout is a number of seconds, not ${text}`);
  return Number(text);
}

interface Ordered {
  readonly name: string;
  /** The generation of the spec that orders it. */
  readonly generation: number;
}

async function orderRestart(access: Access, name: string | null, nowMs: number): Promise<Ordered> {
  const stored = await access.theCluster(name);
  const parsed = parseStorageCluster(stored);
  if (!parsed.ok) throw new CommandError(EXIT_FAILED, `${stored.metadata.name} cannot be read: ${parsed.reason}`);
  const hindrance = hindranceOf(parsed.value);
  if (hindrance !== null) throw new CommandError(EXIT_FAILED, hindrance);
  const annotations = { [RESTARTED_ANNOTATION]: new Date(nowMs).toISOString() };
  const patch = { metadata: { uid: stored.metadata.uid }, spec: { podTemplate: { metadata: { annotations } } } };
  const key = { namespace: access.namespace, name: stored.metadata.name };
  const changed = await access.api.mergePatch(STORAGE_CLUSTERS, key, patch);
  return { name: stored.metadata.name, generation: changed.metadata.generation ?? 0 };
}

/** Why the order would go unheard. */
function hindranceOf({ metadata, spec }: StorageCluster): string | null {
  const { name } = metadata;
  if (spec.paused) return `spec.paused keeps the operator from acting on ${name}: take it away first`;
  if (spec.hibernate) return `${name} hibernates: there is no pod to restart`;
  if (spec.update.strategy === 'Paused') return `updates of ${name} are paused: set spec.update.strategy to Rolling first`;
  if (spec.update.strategy === 'OnDelete') {
    return `${name} has spec.update.strategy OnDelete: its pods restart when you delete them, one by one, the leader last`;
  }
  return null;
}

/** Tells what the operator says about it, each time that it says something else. */
async function waitFor(
  access: Access,
  name: string,
  generation: number,
  timeoutMs: number,
  { stdout, clock = SYSTEM_CLOCK, signal = new AbortController().signal }: CommandContext,
): Promise<ExitCode> {
  const endMs = clock.monotonicMs() + timeoutMs;
  let told = '';
  do {
    const stored = await access.cluster(name);
    const view = clusterView(stored, clock.wallMs());
    const observed = observedGeneration(stored.status);
    const isTrue = (type: string): boolean => view.conditions.some((seen) => seen.type === type && seen.status === 'True');
    if (observed >= generation && isTrue('Updated') && isTrue('Ready')) {
      stdout.write(`every member of ${name} runs anew and is ready\n`);
      return EXIT_DONE;
    }
    const updated = view.conditions.find(({ type }) => type === 'Updated');
    const says = [updated?.message ?? '', ...view.blockedBy.map(({ message, unblock }) => `${message} ${unblock}`)].join(' ');
    if (observed >= generation && says !== told) stdout.write(`${says}\n`);
    told = observed >= generation ? says : told;
    if (clock.monotonicMs() >= endMs) {
      throw new CommandError(EXIT_FAILED, `${name} was not restarted within ${timeoutMs / 1000} s: see \`explain ${name}\``);
    }
  } while (await pause(clock, WATCH_INTERVAL_MS, signal));
  return EXIT_FAILED;
}

function observedGeneration(status: unknown): number {
  const isThere = typeof status === 'object' && status !== null && 'observedGeneration' in status;
  return isThere && typeof status.observedGeneration === 'number' ? status.observedGeneration : 0;
}
