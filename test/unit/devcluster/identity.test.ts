/** A devcluster's certificate and tokens. */
import { X509Certificate } from 'node:crypto';
import { createServer, request } from 'node:https';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeCertificate } from '../../../src/devcluster/identity/certificate.ts';
import { Identity } from '../../../src/devcluster/identity/identity.ts';
import type { Pod } from '../../../src/devcluster/model/kinds.ts';
import { ADMIN } from '../../../src/devcluster/model/request.ts';
import { temporaryFolder } from '../../support/devcluster.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

describe('the certificate', () => {
  const { certificate, key } = makeCertificate('test', ['localhost'], ['127.0.0.1'], Date.now());

  test('names its server, is valid now, and is signed by itself', () => {
    const parsed = new X509Certificate(certificate);
    expect(parsed.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
    expect([parsed.checkIP('127.0.0.1'), parsed.checkHost('localhost'), parsed.checkHost('example.org')]).toEqual([
      '127.0.0.1',
      'localhost',
      undefined,
    ]);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(Date.parse(parsed.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(parsed.validTo)).toBeGreaterThan(Date.now());
  });

  test('is taken by who trusts it, and by nobody else', async () => {
    const server = createServer({ cert: certificate, key }, (_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const asked = (ca?: string): Promise<string> =>
      new Promise((resolve) => {
        const call = request({ host: '127.0.0.1', port, ca, agent: false }, (response) => {
          response.on('data', (chunk: Buffer) => resolve(chunk.toString()));
        });
        call.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
        call.end();
      });
    expect(await asked(certificate)).toBe('hello');
    expect(await asked()).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('tokens', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'a', uid: 'u', creationTimestamp: '', resourceVersion: '1' },
    spec: {
      serviceAccountName: 'operator',
      containers: [],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 1,
      schedulerName: '',
    },
    status: { phase: 'Pending' },
  } as Pod;

  test("tell the administrator, and a pod's service account; a token that was changed tells nobody", () => {
    const identity = new Identity(join(folder.path, 'keys'), Date.now());
    const admin = /"token": "([0-9a-f]+)"/.exec(identity.kubeconfig('https://127.0.0.1:1'))?.[1] ?? '';
    expect(identity.userOf(`Bearer ${admin}`)).toEqual(ADMIN);
    const token = identity.tokenOf(pod);
    expect(identity.userOf(`Bearer ${token}`)).toEqual({
      name: 'system:serviceaccount:shop:operator',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated'],
    });
    const forged = Buffer.from('["kube-system","admin","a","u"]').toString('base64url');
    for (const header of [
      undefined,
      '',
      'Bearer ',
      `Basic ${admin}`,
      `Bearer ${admin}0`,
      `Bearer ${forged}.${token.split('.')[1] ?? ''}`,
      'Bearer .',
    ]) {
      expect(identity.userOf(header)).toBeNull();
    }
  });

  test('and keys are the same at the next start, of another cluster others, and readable by their owner alone', () => {
    const keys = join(folder.path, 'keys');
    const token = new Identity(keys, Date.now()).tokenOf(pod);
    expect(new Identity(keys, Date.now()).userOf(`Bearer ${token}`)).not.toBeNull();
    expect(new Identity(join(folder.path, 'other'), Date.now()).userOf(`Bearer ${token}`)).toBeNull();
    for (const name of ['server.json', 'admin-token', 'signing-key']) expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
  });
});
