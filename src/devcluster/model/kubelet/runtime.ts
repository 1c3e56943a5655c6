/**
 * What runs containers, as the kubelet sees it: the narrow port behind which there is a simulation, or processes of this machine. The kubelet
 * decides all there is to decide: when to pull, start, probe, stop and start again. Callbacks come later, never from within the call.
 */
import type { Container, Pod, Probe } from '../kinds.ts';

export type PullOutcome =
  | { readonly ok: true; readonly imageId: string }
  | { readonly ok: false; readonly reason: 'ErrImagePull' | 'InvalidImageName'; readonly message: string };

export type SandboxOutcome = { readonly ok: true; readonly address: string } | { readonly ok: false; readonly message: string };

export interface ContainerExit {
  readonly exitCode: number;
  /** `Completed`, `Error`, `OOMKilled`. */
  readonly reason: string;
  readonly message?: string | undefined;
}

export type ProbeOutcome = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** Where a mount's content comes from. */
export type MountSource =
  | {
      readonly type: 'claim';
      readonly namespace: string;
      readonly claimName: string;
      readonly claimUid: string;
      readonly volumeName: string;
    }
  /** Contents as base64, by file name. */
  | { readonly type: 'files'; readonly files: Readonly<Record<string, string>>; readonly mode: number }
  | { readonly type: 'empty' };

export interface Mount {
  /** The pod's name for it: containers that mount the same one share it. */
  readonly volume: string;
  readonly mountPath: string;
  /** Of the volume; empty: all of it. */
  readonly subPath: string;
  readonly source: MountSource;
}

export interface ContainerRequest {
  readonly node: string;
  readonly pod: Pod;
  readonly container: Container;
  /** Of the pod. */
  readonly address: string;
  readonly env: Readonly<Record<string, string>>;
  /** Instead of what the image starts; null: the image says. */
  readonly command: readonly string[] | null;
  readonly args: readonly string[];
  readonly mounts: readonly Mount[];
  /** 0 for the first start of the container in this pod. */
  readonly restart: number;
}

export interface RunningContainer {
  readonly id: string;
  /** It may take its time over the first; the second ends it. */
  readonly stop: (signal: 'SIGTERM' | 'SIGKILL') => void;
  readonly probe: (probe: Probe, done: (outcome: ProbeOutcome) => void) => void;
}

export interface ContainerRuntime {
  readonly pull: (node: string, image: string, policy: string, done: (outcome: PullOutcome) => void) => void;
  /** The pod's network: its address, for as long as the pod is there. */
  readonly createSandbox: (node: string, pod: Pod, done: (outcome: SandboxOutcome) => void) => void;
  readonly removeSandbox: (node: string, pod: Pod) => void;
  /** What is mounted in the pod says something else now. A runtime without files has nothing to do. */
  readonly refresh?: (pod: Pod, mounts: readonly Mount[]) => void;
  /** `exited` is called exactly once, whatever ends the container. */
  readonly start: (request: ContainerRequest, exited: (exit: ContainerExit) => void) => RunningContainer;
  /** Power is cut: what runs on the node is gone at once, and nobody is told. */
  readonly cutPower: (node: string) => void;
}
