/** The API server as a person reaches it: typed verbs through the operator's client, and what has no verb there (a pod's proxy, its log). */
import { BUILD_VERSION } from '../../shared/build.ts';
import type { Clock } from '../../shared/clock.ts';
import { refuse, succeed } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { KubernetesApi } from '../../operator/kubernetes/api.ts';
import { KubernetesClient } from '../../operator/kubernetes/client.ts';
import { kubeConfigCredentials } from '../../operator/kubernetes/credentials.ts';
import { isKubernetesApiError } from '../../operator/kubernetes/errors.ts';
import { HttpTransport } from '../../operator/kubernetes/http-transport.ts';
import { DeadlineExceededError, deadline } from '../../operator/timing.ts';
import { systemRandom } from '../../operator/system.ts';
import type { KubeConfig } from '@kubernetes/client-node';
import { RightsTransport } from './rights.ts';

/** Field manager of what people change through us. */
export const USER_FIELD_MANAGER = 'kubectl-quorate';

export interface PlainCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the API server's root, each part encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly deadlineMs: number;
}

export interface PlainAnswer {
  readonly status: number;
  /** Parsed JSON, or the text when it was none. */
  readonly body: unknown;
}

export class ApiServer {
  readonly api: KubernetesApi;
  readonly #transport: HttpTransport;
  readonly #clock: Clock;

  constructor(config: KubeConfig, clock: Clock) {
    const credentials = kubeConfigCredentials(config, clock);
    this.#transport = new HttpTransport({ credentials, clock, userAgent: `kubectl-quorate/${BUILD_VERSION}` });
    this.#clock = clock;
    this.api = new KubernetesClient({
      transport: new RightsTransport(this.#transport),
      clock,
      random: systemRandom(),
      fieldManager: USER_FIELD_MANAGER,
    });
  }

  /** Any answer is one, whatever its status. */
  async ask(
    call: PlainCall,
  ): Promise<Result<PlainAnswer, { readonly code: 'deadline' | 'connection'; readonly message: string }>> {
    const limit = deadline(this.#clock, call.deadlineMs, `${call.method} ${call.path}`);
    try {
      const answer = await this.#transport.open({ ...call, signal: limit.signal });
      return succeed({ status: answer.statusCode, body: parsedOrText(await answer.body.text()) });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const isLate = limit.signal.aborted && limit.signal.reason instanceof DeadlineExceededError;
      return refuse({ code: isLate ? 'deadline' : 'connection', message: error.message });
    } finally {
      limit.release();
    }
  }

  /** What comes, as it comes. @throws KubernetesApiError for any answer but 2xx */
  async stream(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<AsyncIterable<Buffer>> {
    const answer = await this.#transport.open({ method: 'GET', path, query, headers, signal });
    if (answer.statusCode >= 200 && answer.statusCode < 300) return answer.body;
    throw await this.#transport.errorOf(`GET ${path}`, answer);
  }

  /** Not open yet: its events tell. */
  async webSocket(path: string, query: Readonly<Record<string, string>>, protocol: string, signal: AbortSignal) {
    return this.#transport.webSocket(path, query, protocol, signal);
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }
}

/** Whether the API server could not be reached at all. */
export function isUnreachable(error: unknown): boolean {
  return isKubernetesApiError(error, 'unreachable') || isKubernetesApiError(error, 'timeout');
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
