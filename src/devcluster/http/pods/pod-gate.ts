/** What the API server needs of whoever runs the pods, to pass on logs, ports and commands. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Socket } from 'node:net';
import { badRequest } from '../../model/failure.ts';
import type { ApiFailure } from '../../model/failure.ts';
import type { Container, Pod } from '../../model/kinds.ts';

export interface LoggedLine {
  /** RFC 3339. */
  readonly time: string;
  readonly text: string;
}

export interface ContainerLogs {
  readonly lines: readonly LoggedLine[];
  /** Told of what follows; the returned function ends it. Null: nothing follows. */
  readonly follow: ((line: (line: LoggedLine) => void, end: () => void) => () => void) | null;
}

export interface PodGate {
  /** Of the container as it runs, or ran last; `previous`: as it ran before that. Null when there is no such log. */
  readonly logs: (pod: Pod, container: string, previous: boolean) => ContainerLogs | null;
  /** To a port of an address inside the cluster. */
  readonly dial: (address: string, port: number) => Socket;
  /** Null when the container does not run. */
  readonly exec: (pod: Pod, container: string, command: readonly string[]) => ChildProcessWithoutNullStreams | null;
}

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** The container that is meant. @throws ApiFailure 400 when none is named and there are several, or there is none of the name */
export function containerOf(pod: Pod, name: string): Container {
  const { containers, initContainers = [] } = pod.spec;
  const wanted = name === '' ? (pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? '') : name;
  const found = wanted === '' && containers.length === 1 ? containers[0] : undefined;
  const named = found ?? [...containers, ...initContainers].find((container) => container.name === wanted);
  if (named !== undefined) return named;
  throw wanted === '' ? unnamed(pod) : badRequest(`container ${wanted} is not valid for pod ${pod.metadata.name}`);
}

function unnamed({ metadata, spec }: Pod): ApiFailure {
  const names = spec.containers.map(({ name }) => name).join(' ');
  return badRequest(`a container name must be specified for pod ${metadata.name}, choose one of: [${names}]`);
}
