/** EndpointSlices: behind which addresses a Service is, and which of them are ready. One slice a Service. */
import { sameJson } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Container, Pod, Service, ServicePort } from '../kinds.ts';
import { isPodReady } from '../kinds.ts';
import { isTerminating, keyOf } from '../objects.ts';
import type { StoredObject } from '../objects.ts';
import { exactSelector, selects } from '../selectors.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from './client.ts';
import { keyOfText, keyText } from './controller.ts';
import type { Controller } from './controller.ts';
import { collectionAt, PODS, SERVICES, SLICES } from './kind-places.ts';
import { controllerReference, isEnded } from './pod-template.ts';

const SERVICE_LABEL = 'kubernetes.io/service-name';
const MANAGED_LABEL = 'endpointslice.kubernetes.io/managed-by';
const MANAGER = 'endpointslice-controller.k8s.io';
const HEADLESS_LABEL = 'service.kubernetes.io/headless';

export class EndpointsController implements Controller {
  readonly name = 'endpointslice';
  readonly #client: ModelClient;

  constructor(client: ModelClient) {
    this.#client = client.asController('endpointslice-controller');
  }

  readonly keysOf = ({ collection, object, previous }: StoreChange): readonly string[] => {
    if (collection === collectionAt(SERVICES)) return [keyText(object)];
    if (collection === collectionAt(SLICES)) {
      const service = object.metadata.labels?.[SERVICE_LABEL];
      return service === undefined ? [] : [`${object.metadata.namespace ?? ''}/${service}`];
    }
    if (collection !== collectionAt(PODS)) return [];
    return this.#client
      .list(SERVICES, object.metadata.namespace ?? '')
      .filter((service) => isOf(service, object) || (previous !== null && isOf(service, previous)))
      .map(keyText);
  };

  readonly reconcile = (key: string): number | null => {
    const service = this.#client.find(SERVICES, keyOfText(key));
    if (service === null || isTerminating(service) || service.spec.selector === undefined) return null;
    const slices = this.#client.list(SLICES, service.metadata.namespace ?? '').filter((slice) => isSliceOf(slice, service));
    const wanted = this.#wanted(service);
    const [slice, ...others] = slices;
    for (const other of others) this.#client.delete(SLICES, keyOf(other), { uid: other.metadata.uid });
    if (slice === undefined) this.#client.create(SLICES, wanted);
    else if (!holds(slice, wanted)) {
      const metadata = { ...slice.metadata, labels: { ...slice.metadata.labels, ...wanted.metadata.labels } };
      this.#client.replace(SLICES, { ...slice, metadata, endpoints: wanted.endpoints, ports: wanted.ports });
    }
    return null;
  };

  #wanted(service: Service) {
    const { name, namespace } = service.metadata;
    const pods = this.#client
      .list(PODS, namespace ?? '')
      .filter((pod) => isOf(service, pod) && (pod.status.podIP ?? '') !== '' && !isEnded(pod));
    const isHeadless = service.spec.clusterIP === 'None';
    return {
      metadata: {
        generateName: `${name}-`,
        namespace,
        labels: { [SERVICE_LABEL]: name, [MANAGED_LABEL]: MANAGER, ...(isHeadless ? { [HEADLESS_LABEL]: '' } : {}) },
        ownerReferences: [controllerReference(service)],
      },
      addressType: 'IPv4',
      endpoints: pods.map((pod) => endpointOf(service, pod)),
      ports: portsOf(service, pods),
    };
  }
}

function isOf(service: Service, pod: StoredObject): boolean {
  return service.spec.selector !== undefined && selects(exactSelector(service.spec.selector), pod.metadata.labels);
}

function isSliceOf(slice: StoredObject, service: Service): boolean {
  return slice.metadata.labels?.[SERVICE_LABEL] === service.metadata.name && slice.metadata.labels[MANAGED_LABEL] === MANAGER;
}

function endpointOf(service: Service, pod: Pod): JsonObject {
  const serving = isPodReady(pod);
  const terminating = isTerminating(pod);
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const { name, namespace, uid } = pod.metadata;
  const isNamed = pod.spec.hostname !== undefined && pod.spec.subdomain === service.metadata.name;
  return {
    addresses: [pod.status.podIP],
    conditions: { ready, serving, terminating },
    ...(isNamed ? { hostname: pod.spec.hostname } : {}),
    ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    targetRef: { kind: 'Pod', name, namespace, uid },
  };
}

/** A port that is named by the pod is the pod's to say; without a pod that says so there is none. */
function portsOf(service: Service, pods: readonly Pod[]): readonly JsonObject[] {
  return (service.spec.ports ?? []).flatMap((port) => {
    const [number] = typeof port.targetPort === 'number' ? [port.targetPort] : pods.flatMap((pod) => portOf(pod, port));
    return number === undefined ? [] : [{ name: port.name ?? '', port: number, protocol: port.protocol }];
  });
}

function portOf(pod: Pod, { targetPort, protocol }: ServicePort): readonly number[] {
  return pod.spec.containers.flatMap((container: Container) =>
    (container.ports ?? []).flatMap((port) =>
      port.name === targetPort && port.protocol === protocol ? [port.containerPort] : [],
    ),
  );
}

function holds(
  slice: StoredObject,
  wanted: { readonly endpoints: unknown; readonly ports: unknown; readonly metadata: { readonly labels: object } },
): boolean {
  const labels = Object.entries(wanted.metadata.labels).every(([name, value]) => slice.metadata.labels?.[name] === value);
  return labels && sameJson(slice['endpoints'], wanted.endpoints) && sameJson(slice['ports'], wanted.ports);
}
