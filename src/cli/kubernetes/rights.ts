/** What a person may not do, said so that whoever grants rights knows what to grant: the verb, the resource, and where. */
import type { KubernetesRequest, KubernetesTransport, RequestVerb, WatchRequest } from '../../operator/kubernetes/api.ts';
import { isKubernetesApiError } from '../../operator/kubernetes/errors.ts';
import { CommandError, EXIT_NO_RIGHT } from '../command.ts';

/** As RBAC names it. */
export interface Right {
  readonly verb: string;
  /** `pods`, `pods/proxy`, `storageclusters.quorate.io`. */
  readonly resource: string;
  /** Null: over all namespaces, or a kind without one. */
  readonly namespace: string | null;
}

/** Kinds without a namespace that we read. */
const CLUSTER_WIDE: ReadonlySet<string> = new Set(['persistentvolumes', 'nodes', 'namespaces', 'storageclasses.storage.k8s.io']);

export function rightText({ verb, resource, namespace }: Right): string {
  const where = namespace === null ? (CLUSTER_WIDE.has(resource) ? '' : ' in all namespaces') : ` in namespace ${namespace}`;
  return `needs \`${verb}\` on \`${resource}\`${where}`;
}

export class MissingRightError extends CommandError {
  override readonly name = 'MissingRightError';
  readonly right: Right;

  constructor(right: Right, cause?: unknown) {
    super(EXIT_NO_RIGHT, rightText(right), cause === undefined ? undefined : { cause });
    this.right = right;
  }
}

/** The API server does not know who asks: no right would help. */
export class UnknownUserError extends CommandError {
  override readonly name = 'UnknownUserError';

  constructor(cause?: unknown) {
    super(
      EXIT_NO_RIGHT,
      'the API server does not accept your credentials (401): log in again, or choose another --context',
      cause === undefined ? undefined : { cause },
    );
  }
}

const verbs: Readonly<Record<RequestVerb, string>> = {
  get: 'get',
  list: 'list',
  create: 'create',
  apply: 'patch',
  patch: 'patch',
  delete: 'delete',
};

type Place = Pick<KubernetesRequest, 'resource' | 'namespace'> & { readonly subresource?: string | null };

export function rightFor(verb: string, { resource, namespace, subresource = null }: Place): Right {
  const { plural, group } = resource;
  const name = [plural, ...(subresource === null ? [] : [subresource])].join('/');
  return { verb, resource: group === '' ? name : `${name}.${group}`, namespace };
}

/** Any other error as it came. */
export function withRight(error: unknown, right: Right): unknown {
  if (!isKubernetesApiError(error, 'forbidden')) return error;
  return error.status === 401 ? new UnknownUserError(error) : new MissingRightError(right, error);
}

/** Refusals of `inner` as missing rights. */
export class RightsTransport implements KubernetesTransport {
  readonly #inner: KubernetesTransport;

  constructor(inner: KubernetesTransport) {
    this.#inner = inner;
  }

  async request(request: KubernetesRequest): ReturnType<KubernetesTransport['request']> {
    try {
      return await this.#inner.request(request);
    } catch (error) {
      throw withRight(error, rightFor(verbs[request.verb], request));
    }
  }

  async watch(request: WatchRequest): ReturnType<KubernetesTransport['watch']> {
    try {
      return await this.#inner.watch(request);
    } catch (error) {
      throw withRight(error, rightFor('watch', request));
    }
  }
}
