/** A whole model cluster on virtual time, whose containers do as a test says. */
import { ModelCluster } from '../../src/devcluster/model/cluster.ts';
import type { ClusterOptions } from '../../src/devcluster/model/cluster.ts';
import type { Pod } from '../../src/devcluster/model/kinds.ts';
import type { ContainerRequest } from '../../src/devcluster/model/kubelet/runtime.ts';
import { SimulatedRuntime } from '../../src/devcluster/model/kubelet/simulated-runtime.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import { field, ModelFixture } from './model-api.ts';
import type { Wire } from './model-api.ts';
import { VirtualTime } from './virtual-time.ts';

/** How the containers of pods behave; a test changes it as it goes. */
export interface Behaviour {
  /** Images that there are. */
  hasImage: (image: string) => boolean;
  ready: (pod: Pod) => boolean;
  healthy: (pod: Pod) => boolean;
  /** Milliseconds from SIGTERM to the end; null: it ignores it. */
  stopMs: number | null;
}

const stepMs = 250;

export class ClusterFixture extends ModelFixture {
  readonly behaviour: Behaviour = {
    hasImage: (image) => !image.includes('missing'),
    ready: () => true,
    healthy: () => true,
    stopMs: 500,
  };
  readonly runtime: SimulatedRuntime;
  readonly cluster: ModelCluster;
  /** Containers as they started: `pod image`. */
  readonly started: string[] = [];
  readonly requests: ContainerRequest[] = [];

  constructor(options: Partial<ClusterOptions> = {}) {
    const clock = new VirtualTime();
    const behaviour = { current: null as Behaviour | null };
    const started: string[] = [];
    const requests: ContainerRequest[] = [];
    const now = (): Behaviour => {
      if (behaviour.current === null) throw new Error('the fixture is not made yet');
      return behaviour.current;
    };
    const runtime = new SimulatedRuntime({
      clock,
      hasImage: (image) => now().hasImage(image),
      program: (request) => {
        started.push(`${request.pod.metadata.name} ${request.container.image}`);
        requests.push(request);
        return {
          probe: ({ httpGet }) => {
            const ok = httpGet?.path === '/readyz' ? now().ready(request.pod) : now().healthy(request.pod);
            return ok ? { ok } : { ok, message: 'HTTP probe failed with statuscode: 503' };
          },
          terminate: () => now().stopMs,
          ended: () => undefined,
        };
      },
    });
    const cluster = new ModelCluster({ clock, random: new SeededRandom(1), runtime, ...options });
    super({}, clock, cluster.api);
    behaviour.current = this.behaviour;
    this.runtime = runtime;
    this.cluster = cluster;
    this.started = started;
    this.requests = requests;
  }

  /** Lets time pass until it holds; a test that waits in vain says for what. */
  async until(what: string, holds: () => boolean, mostMs = 120_000): Promise<void> {
    for (let passedMs = 0; passedMs <= mostMs; passedMs += stepMs) {
      if (holds()) return;
      await this.clock.advance(stepMs);
    }
    throw new Error(`not within ${mostMs} ms: ${what}`);
  }

  /** `name phase ready` of each pod. */
  pods(namespace = 'shop'): readonly string[] {
    return this.get(`/api/v1/namespaces/${namespace}/pods`).items.map((pod) => `${pod.metadata.name} ${phaseOf(pod)}`);
  }

  readyPods(namespace = 'shop'): readonly string[] {
    return this.pods(namespace).flatMap((text) => (text.endsWith(' Running ready') ? [text.split(' ')[0] ?? ''] : []));
  }

  pod(name: string, namespace = 'shop'): Wire & Pod {
    return this.get(`/api/v1/namespaces/${namespace}/pods/${name}`) as Wire & Pod;
  }

  /** Reasons of the events that regard the object. */
  reasons(name: string, namespace = 'shop'): readonly string[] {
    const { items } = this.get(`/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name=${name}`);
    return items.map((event) => String(event['reason']));
  }
}

function phaseOf(pod: object): string {
  const conditions = field(pod, 'status.conditions') as readonly { type: string; status: string }[] | undefined;
  const isReady = conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;
  const isGoing = field(pod, 'metadata.deletionTimestamp') !== undefined;
  return [field(pod, 'status.phase'), isReady ? 'ready' : 'unready', ...(isGoing ? ['going'] : [])].join(' ');
}
