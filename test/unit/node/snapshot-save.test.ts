/** The copy of a running cluster: only from a leader that a quorum confirms, with all that was acknowledged, one at a time. */
import { describe, expect, test } from '@jest/globals';
import { readSaved } from '../../../src/recovery/saved-file.ts';
import { present } from '../../../src/shared/assert.ts';
import type { SnapshotCopy } from '../../../src/node/snapshot-save.ts';
import { NodeGroup } from '../../support/node-group.ts';
import type { GroupMember } from '../../support/node-group.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';

async function withLeader(): Promise<{ readonly group: NodeGroup; readonly leader: GroupMember }> {
  const group = await NodeGroup.found(3);
  return { group, leader: present(group.leader(), 'a leader') };
}

/** What the call comes to; time passes meanwhile. */
async function saveAt(group: NodeGroup, member: GroupMember): Promise<SnapshotCopy | string> {
  const ended: (SnapshotCopy | string)[] = [];
  void group
    .servingOf(member)
    .saver.save()
    .then((outcome) => ended.push(outcome.ok ? outcome.value : outcome.reason));
  await group.until('the call ends', () => ended.length > 0);
  return present(ended[0], 'it ended');
}

function copyOf(outcome: SnapshotCopy | string): SnapshotCopy {
  if (typeof outcome === 'string') throw new Error(outcome);
  return outcome;
}

async function readBack(copy: SnapshotCopy) {
  const file = await new SimulatedDisk({ hop: () => Promise.resolve() }).open('saved', { create: true });
  let offset = 0;
  for await (const bytes of copy.bytes) {
    await file.write(offset, [bytes]);
    offset += bytes.length;
  }
  copy.end();
  const saved = await readSaved(file);
  return present(saved.ok ? saved.value : null, 'the copy is whole');
}

describe('a copy of the running cluster', () => {
  test('holds what was acknowledged before, and nothing that came after', async () => {
    const { group, leader } = await withLeader();
    for (const key of ['a', 'b', 'c']) expect(await group.run(leader, 'SET', key, 'before')).toBe('OK');
    const copy = copyOf(await saveAt(group, leader));
    expect(await group.run(leader, 'SET', 'a', 'after')).toBe('OK');
    expect(await group.run(leader, 'SET', 'd', 'after')).toBe('OK');
    const { state, header, origin } = await readBack(copy);
    expect(state.keys).toBe(3);
    expect(state.read([Buffer.from('GET'), Buffer.from('a')], 0)).toMatchObject({ bytes: Buffer.from('before') });
    expect(header.base.index).toBe(copy.index);
    expect(header.base.configuration.members).toHaveLength(3);
    expect(origin).toMatchObject({ takenFrom: leader.name, generation: { number: 1 } });
  });

  test('one at a time, and the next once the first was taken or given up', async () => {
    const { group, leader } = await withLeader();
    const first = copyOf(await saveAt(group, leader));
    expect(await saveAt(group, leader)).toBe('busy');
    first.end();
    first.end();
    const second = copyOf(await saveAt(group, leader));
    expect(await saveAt(group, leader)).toBe('busy');
    await readBack(second);
    expect(typeof (await saveAt(group, leader))).toBe('object');
  });

  test('S1: a follower gives none, nor does a leader that was cut off and does not know it yet', async () => {
    const { group, leader } = await withLeader();
    const [follower] = group.followers();
    expect(await saveAt(group, present(follower, 'a follower'))).toBe('not-leader');
    expect(await group.run(leader, 'SET', 'k', 'v')).toBe('OK');
    group.isolate(leader);
    expect(group.servingOf(leader).replica.status.role).toBe('leader');
    expect(await saveAt(group, leader)).toBe('not-leader');
    group.heal();
    // The refusals hold no place.
    await group.until('somebody leads again', () => group.leader() !== null);
    const next = present(group.leader(), 'a leader');
    await group.until('a copy is given again', () => group.servingOf(next).replica.status.settled);
    expect((await readBack(copyOf(await saveAt(group, next)))).state.keys).toBe(1);
  });
});
