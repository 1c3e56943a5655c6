/** The model as an API server that golden answers are compared with: its controllers run, on virtual time. */
import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { ClusterFixture } from '../model-cluster.ts';
import type { GoldenServer } from './play.ts';

export const USER_AGENT = 'golden/1';
const PAUSE_MS = 250;

export class ModelServer implements GoldenServer {
  readonly #model: ClusterFixture;

  private constructor(model: ClusterFixture) {
    this.#model = model;
  }

  /** With nodes and our CRD, as a cluster that the chart was installed on. */
  static async start(): Promise<ModelServer> {
    const model = new ClusterFixture({ rootCertificate: '-----BEGIN CERTIFICATE-----' });
    model.cluster.addNodes(3);
    const definition = load(readFileSync('crds/quorate.io_storageclusters.yaml', 'utf8'));
    model.call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    await model.clock.advance(1_000);
    return new ModelServer(model);
  }

  readonly call: GoldenServer['call'] = async ({ method, path, contentType, body }) => {
    const { code, body: answered, warnings } = this.#model.answer(method, path, body, { contentType, userAgent: USER_AGENT });
    return Promise.resolve({ code, warnings, body: JSON.parse(JSON.stringify(answered)) as unknown });
  };

  readonly watch: GoldenServer['watch'] = async (path, events) => {
    const seen = this.#model.watch(path);
    for (let polls = 0; polls < 40 && (events === 0 || seen.events.length < events) && !seen.ended; polls += 1)
      await this.pause();
    seen.stop();
    return JSON.parse(JSON.stringify(seen.events.slice(0, events === 0 ? undefined : events))) as readonly unknown[];
  };

  readonly pause = async (): Promise<void> => {
    await this.#model.clock.advance(PAUSE_MS);
  };

  stop(): void {
    this.#model.cluster.stop();
  }
}
