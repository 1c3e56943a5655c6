/** Objects as Go clients send them. */
import { describe, expect, test } from '@jest/globals';
import { decodedObject, ProtobufError } from '../../../src/devcluster/http/protobuf/decode.ts';
import { WireError } from '../../../src/devcluster/http/protobuf/wire.ts';

/** Fields as a Go client writes them: a number, a text, or the bytes of a message. */
type Value = number | string | Buffer;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

function message(...fields: readonly (readonly [number, Value])[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === 'number') return [varint(number << 3), varint(value)];
      const bytes = Buffer.from(value);
      return [varint((number << 3) | 2), varint(bytes.length), bytes];
    }),
  );
}

function envelope(apiVersion: string, kind: string, raw: Buffer): Buffer {
  return Buffer.concat([Buffer.from('k8s\0'), message([1, message([1, apiVersion], [2, kind])], [2, raw])]);
}

describe('what kubectl and Helm send', () => {
  test('a Secret: bytes as base64, maps, and nothing of what nobody set', () => {
    const metadata = message(
      [1, 'release'],
      [2, ''],
      [3, 'shop'],
      [7, 0],
      [8, message()],
      [11, message([1, 'owner'], [2, 'helm'])],
    );
    const entry = message([1, 'release'], [2, Buffer.from([0, 1, 255])]);
    const secret = message([1, metadata], [2, entry], [3, 'helm.sh/release.v1']);
    expect(decodedObject(envelope('v1', 'Secret', secret))).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'release', namespace: 'shop', labels: { owner: 'helm' } },
      data: { release: 'AAH/' },
      type: 'helm.sh/release.v1',
    });
  });

  test('a Deployment: zero where zero is a value, numbers or texts, quantities, and what Go embeds', () => {
    const port = message([1, 0], [2, 8080], [3, '']);
    const probe = message([1, message([2, message([1, '/readyz'], [2, port])])], [3, 5]);
    const limit = message([1, 'memory'], [2, message([1, '256Mi'])]);
    const container = message([1, 'main'], [2, 'shell'], [8, message([1, limit])], [11, probe], [4, 'a'], [4, 'b']);
    const template = message([2, message([2, container], [4, 0])]);
    const deployment = message([1, message([1, 'web'])], [2, message([1, 0], [3, template], [5, 0])]);
    expect(decodedObject(envelope('apps/v1', 'Deployment', deployment))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: 0,
        template: {
          spec: {
            terminationGracePeriodSeconds: 0,
            containers: [
              {
                name: 'main',
                image: 'shell',
                args: ['a', 'b'],
                resources: { limits: { memory: '256Mi' } },
                readinessProbe: { httpGet: { path: '/readyz', port: 8080 }, timeoutSeconds: 5 },
              },
            ],
          },
        },
      },
    });
  });

  test('how to delete, in whichever version it is named', () => {
    const options = message([1, 0], [2, message([1, 'abc'])], [4, 'Foreground']);
    expect(decodedObject(envelope('apps/v1', 'DeleteOptions', options))).toMatchObject({
      gracePeriodSeconds: 0,
      preconditions: { uid: 'abc' },
      propagationPolicy: 'Foreground',
    });
  });

  test('times, to the second, and numbers below zero', () => {
    const lease = message([1, message([1, 'a'])], [2, message([2, -1], [4, message([1, 1_700_000_000], [2, 250_000_000])])]);
    expect(decodedObject(envelope('coordination.k8s.io/v1', 'Lease', lease))).toMatchObject({
      spec: { leaseDurationSeconds: -1, renewTime: '2023-11-14T22:13:20.250000Z' },
    });
  });
});

describe('what nobody should send', () => {
  const namespace = envelope('v1', 'Namespace', message([1, message([1, 'shop'])]));

  test.each([
    ['no envelope', Buffer.from('{}'), ProtobufError],
    ['a kind that is not known', envelope('batch/v1', 'Job', message()), ProtobufError],
    ['an end in the middle', namespace.subarray(0, -2), WireError],
    ['a wire type that there is none of', envelope('v1', 'Namespace', Buffer.from([0x0b])), WireError],
    ['a number without an end', envelope('v1', 'Namespace', Buffer.alloc(12, 0xff)), WireError],
    ['a number where a message stands', envelope('v1', 'Namespace', message([1, 5])), ProtobufError],
  ])('%s is an error, and no half of an object', (_, bytes, kind) => {
    expect(() => decodedObject(bytes)).toThrow(kind);
  });

  test('every cut of an object is an error or an object, never anything else', () => {
    for (let length = 0; length < namespace.length; length += 1) {
      try {
        expect(decodedObject(namespace.subarray(0, length))).toMatchObject({ apiVersion: 'v1', kind: 'Namespace' });
      } catch (error) {
        expect(error instanceof ProtobufError || error instanceof WireError).toBe(true);
      }
    }
  });
});
