/**
 * What a cluster on Kubernetes refuses, and that nothing else breaks by it; and what it does when it is told to stop. One member is enough
 * for all of this, and makes each outage visible.
 */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ADMIN_PATHS } from '../../src/api/node-status.ts';
import { present } from '../../src/shared/assert.ts';
import { describeOutcome, RespClient } from '../support/resp-client.ts';
import type { RespAddress } from '../support/resp-client.ts';
import { createNamespace, leaveNamespace, waitFor } from './kubernetes.ts';
import type { Kubernetes } from './kubernetes.ts';
import { TestCluster } from './test-cluster.ts';

const NAMESPACE = 'e2e-guards';
const POD = 'vault-shard-0-0';
const spec = {
  replicas: 1,
  version: '0.1.0',
  storage: { size: '1Gi', retention: { whenDeleted: 'Delete' } },
  podTemplate: { spec: { resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } } } },
};

/** A file of tests of its own, or a part of one. */
export function guards(kubernetes: Kubernetes): void {
  const vault = new TestCluster(kubernetes, NAMESPACE, 'vault');
  let address: RespAddress = { host: '', port: 0 };
  let statusUrl = '';
  let password = '';

  /** The member of that pod answers on a connection of its own. */
  const asked = async (...words: readonly string[]): Promise<string> => {
    const client = await RespClient.connect({ ...address, password });
    try {
      return describeOutcome(await client.call(...words));
    } finally {
      client.close();
    }
  };

  /** All that comes back until the other side closes, or nothing more comes. */
  const rawAnswer = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let received = '';
      const socket = connect(address, () => socket.write(bytes));
      socket.setTimeout(5_000, () =>
        socket.destroy(new Error(`neither closed nor answered; so far: ${JSON.stringify(received)}`)),
      );
      socket.on('data', (chunk) => (received += chunk.toString()));
      socket.on('close', () => resolve(received));
      socket.on('error', reject);
    });

  describe('what a StorageCluster refuses, and how it stops', () => {
    beforeAll(async () => {
      await kubernetes.kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=true');
      await kubernetes.installOperator();
      await createNamespace(kubernetes, NAMESPACE);
      await vault.create(spec);
      await vault.ready(1);
      password = await vault.password();
      address = present((await vault.expose(POD))[0], 'an address');
      const selector = { 'statefulset.kubernetes.io/pod-name': POD };
      const http = present(
        (await vault.exposePort('vault-http-outside', selector, { name: 'http', port: 8080 }))[0],
        'an address',
      );
      statusUrl = `http://${http.host}:${http.port}`;
      // A NodePort refuses connections until kube-proxy has heard of it, each of the two for itself.
      await waitFor('the member answers from outside', async () => ((await asked('SET', 'kept', 'yes')) === 'OK' ? true : null));
      await waitFor('its HTTP port answers from outside', async () => ((await fetch(`${statusUrl}/healthz`)).ok ? true : null));
    }, 300_000);

    afterAll(() => leaveNamespace(kubernetes, NAMESPACE));

    describe('S19: who may speak', () => {
      test('a wrong password is told so, and none at all is told to authenticate; neither reads anything', async () => {
        await expect(RespClient.connect({ ...address, password: `${password}x` })).rejects.toThrow(/WRONGPASS/);
        const stranger = await RespClient.connect(address);
        expect(describeOutcome(await stranger.call('GET', 'kept'))).toMatch(/^-NOAUTH/);
        stranger.close();
      });

      const change = { change: { type: 'remove', id: 'none' }, expectedIndex: 1 };
      test.each([
        ['no token', {}],
        ['a wrong token', { authorization: 'Bearer wrong' }],
        ['the password of the clients', null],
      ])('an admin call with %s is refused, and changes nothing', async (_, given) => {
        const before = await vault.nodeStatus(POD);
        const headers = { 'content-type': 'application/json', ...(given ?? { authorization: `Bearer ${password}` }) };
        const answer = await fetch(`${statusUrl}${ADMIN_PATHS.changeConfiguration}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(change),
        });
        expect(answer.status).toBe(401);
        expect(await answer.json()).toMatchObject({ message: expect.stringContaining('token') });
        const after = await vault.nodeStatus(POD);
        expect(after.replication?.committedConfiguration).toEqual(before.replication?.committedConfiguration);
      });

      test('no secret is told by status, metrics or logs', async () => {
        const secrets = await vault.list<{ readonly data?: Readonly<Record<string, string>> }>('secrets');
        const values = secrets
          .flatMap(({ data }) => Object.values(data ?? {}))
          .map((text) => Buffer.from(text, 'base64').toString());
        expect(values.length).toBeGreaterThanOrEqual(3);
        const told = [
          await (await fetch(`${statusUrl}/status`)).text(),
          await (await fetch(`${statusUrl}/metrics`)).text(),
          await kubernetes.raw(`/api/v1/namespaces/${NAMESPACE}/pods/${POD}/log`),
        ].join('\n');
        for (const value of values) expect(told.includes(value)).toBe(false);
      });

      test('its pod mounts no API token, runs as nobody special, and may write to its volume only', async () => {
        const pod = JSON.parse(await vault.kubectl('get', 'pod', POD, '--output=json')) as {
          spec: {
            automountServiceAccountToken?: boolean;
            containers: readonly {
              securityContext: object;
              volumeMounts: readonly { name: string; mountPath: string; readOnly?: boolean }[];
            }[];
            volumes: readonly { name: string; persistentVolumeClaim?: object; projected?: object }[];
          };
        };
        expect(pod.spec.automountServiceAccountToken).toBe(false);
        const container = present(pod.spec.containers[0], 'a container');
        expect(container.securityContext).toMatchObject({
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.volumeMounts.some(({ mountPath }) => mountPath.includes('serviceaccount'))).toBe(false);
        const claims = pod.spec.volumes.filter(({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined);
        expect(claims).toHaveLength(1);
      });
    });

    describe('bad input gets its clear error, and the next client is served', () => {
      test.each([
        ['a bulk string of 1 GiB', `*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1073741824\r\n`],
        ['an array of a billion', '*1000000000\r\n'],
        ['a frame that is none', '*1\r\n!oops\r\n'],
      ])('%s: an error, and the connection closes', async (_, bytes) => {
        expect(await rawAnswer(`*2\r\n$4\r\nAUTH\r\n$${password.length}\r\n${password}\r\n${bytes}`)).toMatch(
          /^\+OK\r\n-ERR .*\r\n$/,
        );
        expect(await asked('GET', 'kept')).toBe('"yes"');
      });

      test('an unknown command: an error, and the connection stays open', async () => {
        const client = await RespClient.connect({ ...address, password });
        expect(describeOutcome(await client.call('FROBNICATE', 'k'))).toMatch(/^-ERR unknown command/);
        expect(describeOutcome(await client.call('GET', 'kept'))).toBe('"yes"');
        client.close();
      });

      test.each([
        ['an even number of voters', 4, /replicas is 1, 3, 5 or 7/],
        ['none at all', 0, /spec\.hibernate/],
      ])('kubectl scale to %s is refused with the reason, and nothing moves', async (_, replicas, reason) => {
        const before = await vault.get();
        await expect(vault.kubectl('scale', 'stc/vault', `--replicas=${replicas}`)).rejects.toThrow(reason);
        expect((await vault.get()).metadata.generation).toBe(before.metadata.generation);
      });
    });

    describe('stopping', () => {
      test('S7: hibernated, its pod goes and its volume stays; woken, it serves what it had', async () => {
        const claims = await vault.uids('pvc');
        await vault.patch({ hibernate: true });
        await waitFor('its pod is gone', async () =>
          (await vault.kubectl('get', 'pods', '--output=name')).trim() === '' ? true : null,
        );
        await waitFor('it says that it hibernates', async () =>
          (await vault.get()).status?.phase === 'Hibernated' ? true : null,
        );
        expect(await vault.uids('pvc')).toEqual(claims);
        await vault.patch({ hibernate: false });
        await vault.ready(1);
        expect(await waitFor('it serves again', () => asked('GET', 'kept'))).toBe('"yes"');
      });

      test('S4: deleted with retention Delete, everything of it goes, the volume too', async () => {
        await vault.remove();
        for (const kind of ['pods', 'pvc', 'statefulsets', 'secrets', 'poddisruptionbudgets', 'networkpolicies']) {
          await waitFor(`no ${kind} are left`, async () =>
            (await vault.kubectl('get', kind, '--selector=quorate.io/cluster=vault', '--output=name')).trim() === ''
              ? true
              : null,
          );
        }
        expect((await vault.kubectl('get', 'pvc', '--output=name')).trim()).toBe('');
      });
    });
  });
}
