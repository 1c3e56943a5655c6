/** What `quorate kubectl` and kubectl are asked the same of: a small cluster behind a server, and the transcript of what both say. */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { ApiHttpServer } from '../../src/devcluster/http/server.ts';
import { KubeconfigFile } from './command-line.ts';
import type { Ran } from './command-line.ts';
import { statefulSet } from './model-api.ts';
import { ClusterFixture } from './model-cluster.ts';

export const root = new URL('../../', import.meta.url);

/** Its lines that begin with `$ kubectl` are the commands; what stands below each is what kubectl 1.32 said. */
export const RECORDED = readFileSync(new URL('test/integration/cli/kubectl.transcript.txt', root), 'utf8');
export const COMMANDS_RECORDED: readonly string[] = RECORDED.split('\n').flatMap((line) =>
  line.startsWith('$ kubectl ') ? [line.slice('$ kubectl '.length)] : [],
);

export class KubectlWorld {
  readonly model: ClusterFixture;
  readonly kubeconfig: KubeconfigFile;
  readonly #server: ApiHttpServer;

  private constructor(model: ClusterFixture, server: ApiHttpServer, port: number) {
    this.model = model;
    this.#server = server;
    this.kubeconfig = new KubeconfigFile(`http://127.0.0.1:${port}`);
  }

  static async begin(): Promise<KubectlWorld> {
    const model = new ClusterFixture();
    model.namespace('shop');
    model.cluster.addNodes(3);
    model.call('POST', '/api/v1/namespaces/shop/configmaps', {
      metadata: { name: 'menu', labels: { app: 'shop' } },
      data: { soup: 'pea', bread: 'rye' },
    });
    model.call('POST', '/apis/apps/v1/namespaces/shop/statefulsets', statefulSet('web', { replicas: 2 }));
    const definition = load(readFileSync(new URL('crds/quorate.io_storageclusters.yaml', root), 'utf8'));
    model.call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    await model.until('both pods are ready', () => model.readyPods().length === 2);
    const server = new ApiHttpServer({ api: model.api, clock: model.clock });
    return new KubectlWorld(model, server, await server.listen(0));
  }

  async end(): Promise<void> {
    await this.#server.close();
    this.model.cluster.stop();
    this.kubeconfig.remove();
  }

  /** The recorded commands, with what `run` says to each. */
  async transcriptOf(run: (words: readonly string[]) => Promise<Ran>): Promise<string> {
    const parts: string[] = [];
    for (const command of COMMANDS_RECORDED) {
      const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
      const { code, out, err } = await run(words);
      const failed = code === 0 ? '' : '(failed)\n';
      parts.push(`$ kubectl ${command}\n${out}${err}${failed}`);
      await this.model.clock.advance(0);
    }
    return parts.join('\n');
  }
}
