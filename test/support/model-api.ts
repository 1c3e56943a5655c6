/** The model's API as a test speaks to it: paths and JSON, on virtual time and a fixed seed. */
import { ModelApi } from '../../src/devcluster/model/api.ts';
import type { ModelApiOptions } from '../../src/devcluster/model/api.ts';
import type { JsonObject } from '../../src/devcluster/model/json.ts';
import { placeOfPath, verbOf } from '../../src/devcluster/model/path.ts';
import { ADMIN, PATCH_TYPES } from '../../src/devcluster/model/request.ts';
import type { ApiAnswer, ApiRequest } from '../../src/devcluster/model/request.ts';
import type { Metadata, StoredObject } from '../../src/devcluster/model/objects.ts';
import type { WatchEvent } from '../../src/devcluster/model/watches.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import { VirtualTime } from './virtual-time.ts';

/** What comes over the wire: an object, a list or a Status, whichever was asked for. Deeper fields are read by `field`. */
export interface Wire {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status: unknown;
  readonly data: unknown;
  readonly items: readonly StoredObject[];
  readonly code: number;
  readonly reason: string;
  readonly message: string;
}

/** `spec.template.spec.containers.0.image` of the value. */
export function field(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((current, name) => {
    return typeof current === 'object' && current !== null && name in current
      ? (current as Record<string, unknown>)[name]
      : undefined;
  }, value);
}

export interface CallChoices {
  readonly query?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly userAgent?: string;
}

export class ModelFixture {
  readonly clock: VirtualTime;
  readonly api: ModelApi;

  constructor(options: Partial<ModelApiOptions> = {}, clock = new VirtualTime(), api?: ModelApi) {
    this.clock = clock;
    this.api = api ?? new ModelApi({ clock, random: new SeededRandom(1), ...options });
  }

  request(method: string, path: string, body: unknown = null, choices: CallChoices = {}): ApiRequest {
    const url = new URL(path, 'http://model');
    const place = placeOfPath(url.pathname);
    if (place === null) throw new Error(`no path of a resource: ${path}`);
    const verb = verbOf(method, place);
    if (verb === null) throw new Error(`no method: ${method}`);
    const query = { ...Object.fromEntries(url.searchParams), ...choices.query };
    const { contentType = 'application/json', userAgent = 'test/1' } = choices;
    return { ...place, verb, query, body, contentType, userAgent, user: ADMIN };
  }

  /** The answer, whatever it is. */
  answer(method: string, path: string, body: unknown = null, choices: CallChoices = {}): ApiAnswer {
    return this.api.handle(this.request(method, path, body, choices));
  }

  /** The body of an answer that is no refusal. */
  call(method: string, path: string, body: unknown = null, choices: CallChoices = {}): Wire {
    const { code, body: answered } = this.answer(method, path, body, choices);
    if (code >= 300) throw new Error(`${method} ${path}: ${code} ${JSON.stringify(answered)}`);
    return wire(answered);
  }

  /** The Status document of a refusal. */
  refusal(method: string, path: string, body: unknown = null, choices: CallChoices = {}): Wire {
    const { code, body: answered } = this.answer(method, path, body, choices);
    if (code < 300) throw new Error(`${method} ${path} was not refused: ${JSON.stringify(answered)}`);
    return wire(answered);
  }

  get(path: string): Wire {
    return this.call('GET', path);
  }

  exists(path: string): boolean {
    return this.answer('GET', path).code === 200;
  }

  names(path: string): readonly string[] {
    return this.get(path).items.map(({ metadata }) => metadata.name);
  }

  merge(path: string, patch: JsonObject, choices: CallChoices = {}): Wire {
    return this.call('PATCH', path, patch, { contentType: PATCH_TYPES.merge, ...choices });
  }

  apply(path: string, object: JsonObject, manager = 'tester', force = false): Wire {
    return this.call('PATCH', path, object, applied(manager, force));
  }

  namespace(name: string): void {
    this.call('POST', '/api/v1/namespaces', { metadata: { name } });
  }

  /** Events of a watch, as they come; `ended` once the server has closed it. */
  watch(
    path: string,
    query: Readonly<Record<string, string>> = {},
  ): { readonly events: WatchEvent[]; ended: boolean; stop: () => void } {
    const request = this.request('GET', path, null, { query });
    const seen = { events: [] as WatchEvent[], ended: false, stop: (): void => undefined };
    seen.stop = this.api.watch(request, request.query, {
      event: (event) => seen.events.push(event),
      end: () => (seen.ended = true),
    });
    return seen;
  }
}

function wire(body: unknown): Wire {
  return body as Wire;
}

export function applied(manager: string, force = false): CallChoices {
  return { contentType: PATCH_TYPES.apply, query: { fieldManager: manager, force: String(force) } };
}

/** `ADDED a`, `DELETED b`: what a watch told, in short. */
export function told(events: readonly WatchEvent[]): readonly string[] {
  return events.map(({ type, object }) => `${type} ${text(field(object, 'metadata.name') ?? field(object, 'reason'))}`.trim());
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function statefulSet(name: string, spec: object = {}): object {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'node', image: 'quorate:0.1.0' }] } };
  return { metadata: { name }, spec: { serviceName: name, selector: { matchLabels: labels }, template, ...spec } };
}
