/** Containers as processes of this machine: what a pod says is what runs. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DevclusterFixture, isAlive, PODS, SHELL } from '../../support/devcluster.ts';
import { field } from '../../support/model-api.ts';
import { eventually } from '../../support/system.ts';

let cluster: DevclusterFixture;
beforeAll(async () => {
  cluster = await DevclusterFixture.start();
});
afterAll(() => cluster.devcluster.stop());

const secrets = '/api/v1/namespaces/default/secrets';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('what a container is given', () => {
  test('environment, arguments and files, of the pod, of Secrets and of ConfigMaps', async () => {
    cluster.call('POST', secrets, { metadata: { name: 'password' }, data: { word: base64('hush'), other: base64('no') } });
    cluster.call('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'settings' }, data: { level: 'loud' } });
    const script = 'echo "$NAME $PLACE $LEVEL $(cat /etc/secret/pass/word) $(ls /etc/secret/pass) $0 $1"; sleep 60';
    cluster.run(
      'given',
      script,
      {
        args: ['-c', script, 'first-$(NAME)', '/etc/secret/pass/word'],
        env: [
          { name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'PLACE', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
          { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'settings', key: 'level' } } },
        ],
        volumeMounts: [{ name: 'password', mountPath: '/etc/secret' }],
      },
      { volumes: [{ name: 'password', secret: { secretName: 'password', items: [{ key: 'word', path: 'pass/word' }] } }] },
    );
    await cluster.untilStatus('given', 'phase', 'Running');
    await eventually('the line', async () => (await cluster.log('given')) !== '');
    const words = (await cluster.log('given')).trim().split(' ');
    expect(words.slice(0, 6)).toEqual(['given', cluster.status('given', 'podIP'), 'loud', 'hush', 'word', 'first-given']);
    // The path as it is on this machine: of the pod's own folder, and readable by its owner alone.
    expect(readFileSync(words[6] ?? '', 'utf8')).toBe('hush');

    cluster.merge(`${secrets}/password`, { data: { word: base64('louder') } });
    await eventually('the file follows its Secret', () => readFileSync(words[6] ?? '', 'utf8') === 'louder');
  });

  test('nothing of the environment of whoever started the cluster', async () => {
    cluster.run('bare', 'env; sleep 60');
    await eventually('the lines', async () => (await cluster.log('bare')).includes('KUBERNETES_SERVICE_PORT'));
    const names = (await cluster.log('bare'))
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0] ?? '');
    const shells = ['PWD', 'OLDPWD', 'SHLVL', '_'];
    expect(names.filter((name) => !shells.includes(name)).sort()).toEqual([
      'HOME',
      'HOSTNAME',
      'KUBECONFIG',
      'KUBERNETES_SERVICE_HOST',
      'KUBERNETES_SERVICE_PORT',
      'PATH',
      'QUORATE_ADDRESS_BOOK',
      'QUORATE_HOST',
    ]);
  });

  test('a folder that containers of a pod share, and its parts', async () => {
    const shared = { volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }] };
    cluster.run(
      'sharing',
      '',
      {},
      {
        containers: [
          {
            name: 'writer',
            image: SHELL,
            args: ['-c', 'mkdir -p /scratch/in; echo well > /scratch/in/file; sleep 60'],
            ...shared,
          },
          {
            name: 'reader',
            image: SHELL,
            args: ['-c', 'until cat /part/file; do sleep 0.1; done 2>/dev/null; sleep 60'],
            volumeMounts: [{ name: 'scratch', mountPath: '/part', subPath: 'in' }],
          },
        ],
        volumes: [{ name: 'scratch', emptyDir: {} }],
      },
    );
    await eventually('what the other wrote', async () => (await cluster.log('sharing', '?container=reader')) === 'well\n');
    expect((await cluster.http(`${PODS}/sharing/log`)).text).toContain('choose one of: [writer reader]');
  });

  test('a volume that outlives its pod', async () => {
    cluster.call('POST', '/api/v1/namespaces/default/persistentvolumeclaims', {
      metadata: { name: 'kept' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });
    const spec = { restartPolicy: 'Never', volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'kept' } }] };
    const container = { volumeMounts: [{ name: 'data', mountPath: '/data' }] };
    cluster.run('writes', 'echo still here > /data/note', container, spec);
    await cluster.untilStatus('writes', 'phase', 'Succeeded');
    cluster.call('DELETE', `${PODS}/writes`);
    await cluster.untilGone('writes');
    cluster.run('reads', 'cat /data/note', container, spec);
    await cluster.untilStatus('reads', 'phase', 'Succeeded');
    expect(await cluster.log('reads')).toBe('still here\n');
  });
});

describe('how a container ends', () => {
  test('at once after the first failure, then later each time; what it said before stays', async () => {
    cluster.run('failing', 'echo "start of $$"; exit 7');
    const state = 'containerStatuses.0';
    await cluster.untilStatus('failing', `${state}.state.waiting.reason`, 'CrashLoopBackOff');
    expect(cluster.status('failing', `${state}.restartCount`)).toBe(2);
    expect(cluster.status('failing', `${state}.lastState.terminated.exitCode`)).toBe(7);
    const [last, previous] = [await cluster.log('failing'), await cluster.log('failing', '?previous=true')];
    expect(last).toMatch(/^start of \d+\n$/);
    expect(previous).toMatch(/^start of \d+\n$/);
    expect(previous).not.toBe(last);
  });

  test('with its grace when it takes the signal, killed when it does not', async () => {
    cluster.run('polite', 'trap "echo bye; exit 0" TERM; while :; do sleep 0.1; done');
    cluster.run('deaf', 'trap "" TERM; while :; do sleep 0.1; done', {}, { terminationGracePeriodSeconds: 1 });
    for (const pod of ['polite', 'deaf']) await cluster.untilStatus(pod, 'containerStatuses.0.ready', true);
    const pids = ['polite', 'deaf'].map((pod) => cluster.pidOf(pod));
    const { rest: lines } = await cluster.open(`${PODS}/polite/log?follow=true`);
    const watch = cluster.watch(PODS, { fieldSelector: 'metadata.name=deaf' });
    for (const pod of ['polite', 'deaf']) cluster.call('DELETE', `${PODS}/${pod}`);
    for (const pod of ['polite', 'deaf']) await cluster.untilGone(pod);
    watch.stop();
    expect(await lines).toBe('bye\n');
    expect(pids.map(isAlive)).toEqual([false, false]);
    const exits = watch.events.map(({ object }) => field(object, 'status.containerStatuses.0.state.terminated.exitCode'));
    expect(exits.at(-1)).toBe(137);
  });

  test('a death that nobody ordered is seen at once, and what it started goes with it', async () => {
    cluster.run('parent', 'sleep 3600 & echo $!; wait');
    await eventually('the child', async () => (await cluster.log('parent')).trim() !== '');
    const child = Number((await cluster.log('parent')).trim());
    expect(isAlive(child)).toBe(true);
    process.kill(cluster.pidOf('parent'), 'SIGKILL');
    await cluster.untilStatus('parent', 'containerStatuses.0.restartCount', 1, 5_000);
    expect(cluster.status('parent', 'containerStatuses.0.lastState.terminated.exitCode')).toBe(137);
    await eventually('the child is gone', () => !isAlive(child));
  });

  test('an image that nobody knows is not pulled', async () => {
    cluster.run('strange', '', { image: 'registry.example/strange:1' });
    await cluster.untilStatus('strange', 'containerStatuses.0.state.waiting.reason', 'ImagePullBackOff');
    expect(cluster.status('strange', 'phase')).toBe('Pending');
    expect(cluster.reasons('strange')).toContain('Failed');
  });

  test('a program that is not there says so in its log', async () => {
    cluster.run('missing', '', { command: ['/nowhere/at-all'] }, { restartPolicy: 'Never' });
    await cluster.untilStatus('missing', 'phase', 'Failed');
    expect(await cluster.log('missing')).toContain('/nowhere/at-all');
  });
});

describe('probes', () => {
  const often = { periodSeconds: 1, timeoutSeconds: 5 };

  test('by a command: ready while the file is there', async () => {
    const probe = { exec: { command: ['test', '-e', '/state/ready'] }, ...often, failureThreshold: 1 };
    cluster.run(
      'by-command',
      'sleep 3600',
      { readinessProbe: probe, volumeMounts: [{ name: 'state', mountPath: '/state' }] },
      { volumes: [{ name: 'state', emptyDir: {} }] },
    );
    await cluster.untilStatus('by-command', 'phase', 'Running');
    expect(cluster.status('by-command', 'containerStatuses.0.ready')).toBe(false);
    const touch = (word: string): string => `${PODS}/by-command/exec?command=${word}&command=/state/ready`;
    // Without a web socket there is no command to be run.
    expect(await cluster.http(touch('touch'))).toMatchObject({
      code: 400,
      text: expect.stringContaining('Upgrade request required') as unknown,
    });
    expect(await cluster.exec('by-command', ['touch', '/state/ready'])).toMatchObject({ verdict: { status: 'Success' } });
    await cluster.untilStatus('by-command', 'containerStatuses.0.ready', true);
    await cluster.exec('by-command', ['rm', '/state/ready']);
    await cluster.untilStatus('by-command', 'containerStatuses.0.ready', false);
  });

  test('by HTTP and by connection, on the address of the pod; a container that stops to answer is started again', async () => {
    const server =
      'const server = require("http").createServer((q, r) => { r.statusCode = q.url === "/good" && !global.bad ? 200 : 500; if (q.url === "/break") global.bad = true; r.end(); });' +
      'server.listen(8080, process.env.QUORATE_HOST);';
    cluster.run('by-http', '', {
      command: [process.execPath, '-e', server],
      args: undefined,
      ports: [{ name: 'http', containerPort: 8080 }],
      startupProbe: { tcpSocket: { port: 'http' }, ...often, failureThreshold: 30 },
      readinessProbe: { httpGet: { path: '/good', port: 'http' }, ...often, failureThreshold: 1 },
      livenessProbe: { httpGet: { path: '/good', port: 8080 }, ...often, failureThreshold: 2 },
    });
    await cluster.untilStatus('by-http', 'containerStatuses.0.ready', true);
    expect((await cluster.http(`${PODS}/by-http:http/proxy/good`)).code).toBe(200);
    expect((await cluster.http(`${PODS}/by-http:8080/proxy/break`)).code).toBe(500);
    await cluster.untilStatus('by-http', 'containerStatuses.0.restartCount', 1);
    await cluster.untilStatus('by-http', 'containerStatuses.0.ready', true);
    expect(cluster.reasons('by-http')).toEqual(expect.arrayContaining(['Unhealthy', 'Killing']));
  });
});

describe('commands in a container', () => {
  test('read what is sent, and end as they end', async () => {
    cluster.run('host', 'sleep 3600');
    await cluster.untilStatus('host', 'containerStatuses.0.ready', true);
    expect(await cluster.exec('host', ['cat'], 'there and back')).toEqual({
      out: 'there and back',
      verdict: { metadata: {}, status: 'Success' },
    });
    const failed = await cluster.exec('host', ['sh', '-c', 'echo to err >&2; echo $HOSTNAME; exit 3']);
    expect(failed.out.split('\n').sort()).toEqual(['', 'host', 'to err']);
    expect(failed.verdict).toMatchObject({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
  });
});

describe('Services', () => {
  test('are dialled by address and by node port, lead to what is ready, and are gone when they are deleted', async () => {
    const server = 'require("net").createServer((s) => s.end(process.env.HOSTNAME)).listen(7000, process.env.QUORATE_HOST)';
    cluster.run('answers', '', {
      command: [process.execPath, '-e', server],
      args: undefined,
      ports: [{ name: 'door', containerPort: 7000 }],
      readinessProbe: { tcpSocket: { port: 'door' }, periodSeconds: 1 },
    });
    const services = '/api/v1/namespaces/default/services';
    cluster.call('POST', services, {
      metadata: { name: 'answers' },
      spec: { type: 'NodePort', selector: { app: 'answers' }, ports: [{ port: 7001, targetPort: 'door' }] },
    });
    await cluster.untilStatus('answers', 'containerStatuses.0.ready', true);
    const service = cluster.get(`${services}/answers`);
    const address = String(field(service, 'spec.clusterIP'));
    const nodePort = Number(field(service, 'spec.ports.0.nodePort'));
    await eventually('the Service answers', async () => (await heard(address, 7001)) === 'answers');
    expect(await heard('127.0.0.1', nodePort)).toBe('answers');
    const book = JSON.parse(readFileSync(cluster.addressBookFile, 'utf8')) as unknown;
    expect(field(book, 'names')).toMatchObject({ 'answers.default.svc': address });
    cluster.call('DELETE', `${services}/answers`);
    await eventually('nobody listens', async () => (await heard(address, 7001)) === null);
  });
});

/** What is said to whoever connects; null when nobody takes the connection. */
function heard(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => resolve(null));
    socket.on('close', () => resolve(text === '' ? null : text));
  });
}
