/** The API server that KUBECONFIG names, spoken to without any client library that would add to a call or take from an answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { kubeConfigCredentials, loadKubeConfig } from '../../../src/operator/kubernetes/credentials.ts';
import type { Credentials } from '../../../src/operator/kubernetes/credentials.ts';
import { SYSTEM_CLOCK } from '../../../src/operator/system.ts';
import { USER_AGENT } from './model-server.ts';
import type { GoldenServer } from './play.ts';

const PAUSE_MS = 250;
const WATCH_MS = 10_000;

export class ApiServerOfCluster implements GoldenServer {
  readonly #credentials: Credentials;
  readonly #agent: Agent;

  private constructor(credentials: Credentials) {
    this.#credentials = credentials;
    const { ca, cert, key } = credentials.tls;
    this.#agent = new Agent({ connect: { ca, cert, key } });
  }

  static async reach(kubeconfig: string): Promise<ApiServerOfCluster> {
    return new ApiServerOfCluster(await kubeConfigCredentials(loadKubeConfig(kubeconfig), SYSTEM_CLOCK).read());
  }

  readonly call: GoldenServer['call'] = async ({ method, path, contentType, body }) => {
    const answer = await request(new URL(path, this.#credentials.server), {
      dispatcher: this.#agent,
      method,
      headers: { ...this.#headers, ...(body === null ? {} : { 'content-type': contentType }) },
      body: body === null ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      code: answer.statusCode,
      warnings: [answer.headers['warning'] ?? []].flat().map(sentenceOf),
      body: isJson ? (JSON.parse(text) as unknown) : text,
    };
  };

  readonly watch: GoldenServer['watch'] = async (path, events) => {
    const url = new URL(path, this.#credentials.server);
    url.searchParams.set('watch', 'true');
    const signal = AbortSignal.timeout(WATCH_MS);
    const answer = await request(url, { dispatcher: this.#agent, headers: this.#headers, signal });
    const seen: unknown[] = [];
    let rest = '';
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      seen.push(...lines.map((line) => JSON.parse(line) as unknown));
      if (events > 0 && seen.length >= events) break;
    }
    return seen.slice(0, events === 0 ? undefined : events);
  };

  readonly pause = async (): Promise<void> => {
    await sleep(PAUSE_MS);
  };

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  get #headers(): Readonly<Record<string, string>> {
    return { ...this.#credentials.headers, accept: 'application/json', 'user-agent': USER_AGENT };
  }
}

/** `299 - "unknown field"`: RFC 7234, section 5.5. */
function sentenceOf(warning: string): string {
  const quoted = warning.slice(warning.indexOf('"'));
  return quoted.startsWith('"') ? (JSON.parse(quoted) as string) : warning;
}
