/** Rule S5, whole nodes: a member that hears of a higher generation of its cluster stops serving, durably, whoever tells it with proof. */
import { describe, expect, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import type { Generation } from '../../../src/shared/ids.ts';
import { parseClusterId } from '../../../src/shared/ids.ts';
import type { Outcome } from '../../../src/node/command-service.ts';
import { NodeService } from '../../../src/node/node-service.ts';
import { NodeGroup } from '../../support/node-group.ts';

const NEXT: Generation = { number: 2, id: 'a'.repeat(16) };

describe('S5: told over the admin call that joins', () => {
  test('a member of a lower generation stops for good, and its data stays where it is', async () => {
    const group = await NodeGroup.found(3);
    const leader = present(group.leader(), 'a leader');
    expect(await group.run(leader, 'SET', 'k', 'v')).toBe('OK');
    const node = present(leader.node, 'it runs');
    const { clusterId, generation } = present(node.dataFolder.identity.membership, 'it is a member');
    // Its own generation, and a lower one, are no news.
    expect((await node.join({ clusterId, generation, leader: null })).ok).toBe(true);
    expect(await node.join({ clusterId, generation: { number: 0, id: 'f'.repeat(16) }, leader: null })).toMatchObject({
      ok: false,
      reason: { reason: 'other-generation' },
    });
    expect(node.halt).toBeNull();
    const other = present(parseClusterId('another-cluster'), 'an id');
    expect(await node.join({ clusterId: other, generation: NEXT, leader: null })).toMatchObject({
      ok: false,
      reason: { reason: 'other-cluster' },
    });
    expect(node.halt).toBeNull();
    expect(await node.join({ clusterId, generation: NEXT, leader: null })).toMatchObject({
      ok: false,
      reason: { reason: 'fenced' },
    });
    expect(node.halt).toMatchObject({ reason: 'HigherGeneration', wantsReplacement: true });
    expect(node.serving).toBeNull();
    expect(node.readiness()).toMatchObject({ ready: false, reason: expect.stringMatching(/^halted: /) });
    // Whoever asks is told why, and not to wait (docs/errors.md).
    const service = new NodeService(node, 1);
    const heard: Outcome[] = [];
    service.read([Buffer.from('GET'), Buffer.from('k')], (outcome) => heard.push(outcome));
    await group.until('it answers', () => heard.length > 0);
    expect(heard[0]).toMatchObject({ type: 'refused', code: 'HALTED', message: expect.stringMatching(/HigherGeneration/) });
    expect(service.facts()).toBeNull();
    expect(service.halt()).toMatchObject({ reason: 'HigherGeneration' });
    await group.stop(leader);
    await group.start(leader);
    expect(leader.node?.halt?.reason).toBe('HigherGeneration');
    expect(await leader.disk.list('current/wal')).not.toEqual([]);
    expect(leader.node?.dataFolder.identity.membership?.generation).toEqual(generation);
  });
});
