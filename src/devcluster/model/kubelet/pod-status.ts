/** What a pod's status says, from what its containers do. A function of them alone. */
import type { Condition, ContainerStatus, Pod, PodStatus } from '../kinds.ts';
import { conditionOf, withCondition } from '../kinds.ts';

export interface PodFacts {
  readonly pod: Pod;
  readonly containers: readonly ContainerStatus[];
  readonly initContainers: readonly ContainerStatus[];
  readonly address: string | null;
  readonly hostAddress: string;
  readonly startTime: string;
  readonly now: string;
}

export function podStatusOf(facts: PodFacts): PodStatus {
  const { pod, containers, initContainers, address, hostAddress, startTime, now } = facts;
  const phase = phaseOf(facts);
  const notReady = containers.filter(({ ready }) => !ready).map(({ name }) => name);
  const isInitialized = initContainers.every(({ state }) => 'terminated' in state && state.terminated.exitCode === 0);
  const ended = phase === 'Succeeded' || phase === 'Failed';
  const containersReady = containers.length > 0 && notReady.length === 0 && !ended;
  const gates = (pod.spec.readinessGates ?? []).filter(
    ({ conditionType }) => conditionOf(pod.status.conditions, conditionType)?.status !== 'True',
  );
  const isReady = containersReady && gates.length === 0;
  const unready = {
    reason: ended ? 'PodCompleted' : 'ContainersNotReady',
    message: `containers with unready status: [${notReady.join(' ')}]`,
  };
  const gateMessage = {
    reason: 'ReadinessGatesNotReady',
    message: `the status of pod readiness gate "${gates[0]?.conditionType ?? ''}" is not "True"`,
  };
  const conditions: readonly Condition[] = [
    { type: 'PodReadyToStartContainers', status: flag(address !== null && !ended) },
    isInitialized
      ? { type: 'Initialized', status: 'True' }
      : { type: 'Initialized', status: 'False', reason: 'ContainersNotInitialized' },
    isReady
      ? { type: 'Ready', status: 'True' }
      : { type: 'Ready', status: 'False', ...(containersReady ? gateMessage : unready) },
    containersReady ? { type: 'ContainersReady', status: 'True' } : { type: 'ContainersReady', status: 'False', ...unready },
    { type: 'PodScheduled', status: 'True' },
  ];
  const { metadata, status } = pod;
  return {
    ...status,
    ...(metadata.generation === undefined ? {} : { observedGeneration: metadata.generation }),
    phase,
    conditions: conditions.reduce((all, condition) => withCondition(all, condition, now), status.conditions ?? []),
    hostIP: hostAddress,
    hostIPs: [{ ip: hostAddress }],
    ...(address === null ? {} : { podIP: address, podIPs: [{ ip: address }] }),
    startTime,
    containerStatuses: containers,
    ...(initContainers.length === 0 ? {} : { initContainerStatuses: initContainers }),
  };
}

function flag(value: boolean): 'True' | 'False' {
  return value ? 'True' : 'False';
}

/** Pending until every container has started once; then Running, unless all have ended for good. */
function phaseOf({ pod, containers, initContainers }: PodFacts): string {
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed') return phase;
  const failedInit = initContainers.some(({ state }) => 'terminated' in state && state.terminated.exitCode !== 0);
  if (failedInit && pod.spec.restartPolicy === 'Never') return 'Failed';
  const isOver = containers.length > 0 && containers.every(({ state }) => 'terminated' in state);
  const staysOver = pod.spec.restartPolicy !== 'Always' || pod.metadata.deletionTimestamp !== undefined;
  if (isOver && staysOver) {
    const isFine = containers.every(({ state }) => 'terminated' in state && state.terminated.exitCode === 0);
    return isFine ? 'Succeeded' : 'Failed';
  }
  const wasUp = ({ state, restartCount }: ContainerStatus): boolean =>
    'running' in state || 'terminated' in state || restartCount > 0;
  return phase === 'Running' || (containers.length > 0 && containers.every(wasUp)) ? 'Running' : 'Pending';
}
