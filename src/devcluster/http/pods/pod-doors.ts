/** The calls that end in a pod and not in the API: logs, proxied calls, forwarded ports, commands. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Address } from '../../../shared/address-book.ts';
import type { Clock } from '../../../shared/clock.ts';
import { ApiFailure, badRequest, notFound } from '../../model/failure.ts';
import { numberAt, stringAt } from '../../model/json.ts';
import type { Pod, Service } from '../../model/kinds.ts';
import type { ResourcePlace } from '../../model/request.ts';
import type { Store } from '../../model/store.ts';
import { attachTo } from './exec.ts';
import { serveLogs } from './logs.ts';
import { containerOf } from './pod-gate.ts';
import type { PodGate } from './pod-gate.ts';
import { forwardPorts } from './port-forward.ts';
import { passOn } from './proxy.ts';

export interface PodDoorsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly gate: PodGate;
}

const PODS = '/pods';
const SERVICES = '/services';
const FORWARDED_PORTS_MAX = 64;

export class PodDoors {
  readonly #options: PodDoorsOptions;

  constructor(options: PodDoorsOptions) {
    this.#options = options;
  }

  /** False: the call is the API's own. @throws ApiFailure */
  async serve(place: ResourcePlace, url: URL, incoming: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { gate, clock } = this.#options;
    if (place.group !== '' || place.subresource === null) return false;
    if (place.plural === 'pods' && place.subresource === 'log') {
      serveLogs(gate, this.#pod(place, place.name ?? ''), Object.fromEntries(url.searchParams), clock.wallMs(), response);
      return true;
    }
    if (place.subresource !== 'proxy') return false;
    const [name = '', port = ''] = (place.name ?? '').replace(/^https?:/, '').split(':');
    const address = place.plural === 'pods' ? this.#podAddress(place, name, port) : this.#serviceAddress(place, name, port);
    const rest = /^(?:\/[^/]+){6}\/proxy(\/.*)?$/.exec(url.pathname)?.[1] ?? '/';
    await passOn(gate, address, `${rest}${url.search}`, incoming, response);
    return true;
  }

  /** A call that wants the connection for itself. @throws ApiFailure */
  upgrade(place: ResourcePlace, url: URL, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const pod = this.#pod(place, place.name ?? '');
    if (place.subresource === 'portforward') this.#forward(pod, url, incoming, socket, head);
    else if (place.subresource === 'exec') this.#exec(pod, url, incoming, socket, head);
    else throw badRequest(`${place.subresource ?? 'this'} is not served here over a web socket: exec and portforward are`);
  }

  #forward(pod: Pod, { searchParams }: URL, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { podIP } = pod.status;
    if (podIP === undefined || pod.status.phase !== 'Running') {
      throw badRequest(`unable to forward port because pod is not running. Current status=${pod.status.phase}`);
    }
    const texts = searchParams.getAll('ports').flatMap((text) => text.split(','));
    if (texts.length > FORWARDED_PORTS_MAX) throw badRequest(`ports: at most ${FORWARDED_PORTS_MAX}`);
    const ports = texts.map(Number);
    if (ports.some((port) => !Number.isInteger(port) || port < 1 || port > 65_535))
      throw badRequest('ports: must be numbers of ports');
    const forwarding = { gate: this.#options.gate, address: podIP, ports };
    if (!forwardPorts(forwarding, incoming, socket, head)) throw unknownProtocol(incoming);
  }

  #exec(pod: Pod, { searchParams }: URL, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const container = containerOf(pod, searchParams.get('container') ?? '');
    const command = searchParams.getAll('command');
    if (command.length === 0) throw badRequest('you must specify at least one command for the container');
    const isTrue = (name: string): boolean => ['true', '1'].includes(searchParams.get(name) ?? '');
    const start = () => {
      const child = this.#options.gate.exec(pod, container.name, command);
      if (child === null) throw badRequest(`unable to upgrade connection: container not found ("${container.name}")`);
      return child;
    };
    if (!attachTo(start, { stdin: isTrue('stdin'), tty: isTrue('tty') }, incoming, socket, head)) throw unknownProtocol(incoming);
  }

  #pod({ namespace }: ResourcePlace, name: string): Pod {
    const pod = this.#options.store.get(PODS, { namespace, name }) as Pod | null;
    if (pod === null) throw notFound({ group: '', plural: 'pods' }, name);
    return pod;
  }

  #podAddress(place: ResourcePlace, name: string, port: string): Address {
    const pod = this.#pod(place, name);
    const { podIP } = pod.status;
    if (podIP === undefined) throw new ApiFailure(503, 'ServiceUnavailable', `pod ${name} has no address yet`);
    const ports = pod.spec.containers.flatMap((container) => container.ports ?? []);
    const found = port === '' ? ports[0]?.containerPort : ports.find((one) => one.name === port)?.containerPort;
    const number = found ?? Number(port);
    if (!Number.isInteger(number) || number < 1) throw badRequest(`pod ${name} has no port called ${port}`);
    return { host: podIP, port: number };
  }

  #serviceAddress({ namespace }: ResourcePlace, name: string, port: string): Address {
    const service = this.#options.store.get(SERVICES, { namespace, name }) as Service | null;
    if (service === null) throw notFound({ group: '', plural: 'services' }, name);
    const ports = service.spec.ports ?? [];
    const found = port === '' ? ports[0] : ports.find((one) => one.name === port || String(numberAt(one, 'port')) === port);
    const host = stringAt(service, 'spec', 'clusterIP') ?? '';
    if (found === undefined || host === '' || host === 'None') {
      throw new ApiFailure(503, 'ServiceUnavailable', `no endpoints available for service "${name}"`);
    }
    return { host, port: found.port };
  }
}

function unknownProtocol({ headers }: IncomingMessage): ApiFailure {
  const offered = headers['sec-websocket-protocol'] ?? headers.upgrade ?? 'nothing';
  return badRequest(`unable to upgrade: none of the protocols is served here: ${offered}`);
}
