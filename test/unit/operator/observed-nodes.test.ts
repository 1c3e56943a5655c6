/** Whose word counts when several believe that they lead. */
import { expect, test } from '@jest/globals';
import type { NodeStatus } from '../../../src/api/node-status.ts';
import type { StatusClient } from '../../../src/operator/observed-nodes.ts';
import { hearNodes, LEADER_CANDIDATES_MAX } from '../../../src/operator/observed-nodes.ts';
import type { Pod } from '../../../src/operator/kubernetes/objects.ts';
import { refuse, succeed } from '../../../src/shared/result.ts';
import { leaderOf, nameOf, nodeStatus, voter } from '../../support/operator-observation.ts';

function podOf(ordinal: number): Pod {
  const metadata = { name: nameOf(ordinal), namespace: 'shop', uid: `pod-${ordinal}`, resourceVersion: '1' };
  return { metadata, ...{ status: { podIP: `10.0.0.${ordinal}` } } };
}

function leading(ordinal: number, generation: number, term: number): NodeStatus {
  const { replication } = leaderOf({ ordinal, members: [voter(ordinal)] });
  const id = String(generation).padStart(16, '0');
  return nodeStatus(ordinal, { replication: { ...replication, term }, generation: { number: generation, id } });
}

/** Everybody confirms but those named; who was asked to is noted. */
function clientOf(statuses: readonly NodeStatus[], asked: string[], unconfirmed: readonly string[] = []): StatusClient {
  return {
    status: async ({ host }, { confirm }) => {
      const status = statuses[Number(host.split('.').at(-1))];
      if (status === undefined) return refuse({ kind: 'unreachable', code: 'connection', message: 'nobody there' });
      if (confirm === true) asked.push(status.name);
      return succeed(confirm === true && !unconfirmed.includes(status.name) ? { ...status, confirmed: true } : status);
    },
  };
}

const signal = new AbortController().signal;
const pods = [0, 1, 2].map(podOf);

test('S5: the highest generation is asked first, whatever the terms of an older one have come to', async () => {
  const asked: string[] = [];
  const client = clientOf([leading(0, 1, 90), leading(1, 2, 5), leading(2, 1, 80)], asked);
  expect((await hearNodes(client, pods, 'token', signal)).leader?.member.name).toBe(nameOf(1));
  expect(asked).toEqual([nameOf(1)]);
});

test('S1: within a generation the highest term is asked first, and then the next; never more than the limit', async () => {
  const asked: string[] = [];
  const client = clientOf([leading(0, 1, 3), leading(1, 1, 9), leading(2, 1, 5)], asked, [nameOf(1), nameOf(2), nameOf(0)]);
  expect((await hearNodes(client, pods, 'token', signal)).leader).toBeNull();
  expect(asked).toEqual([nameOf(1), nameOf(2)]);
  expect(asked).toHaveLength(LEADER_CANDIDATES_MAX);
});
