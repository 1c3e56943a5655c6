/** Rule S15: the states of the members are compared; the minority fences itself, and without a majority everybody is told. */
import { describe, expect, test } from '@jest/globals';
import { StateMachine } from '../../../src/keyspace/state-machine.ts';
import { STATE_HASH_INTERVAL } from '../../../src/node/state-hashes.ts';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup } from '../../support/node-group.ts';
import type { GroupMember } from '../../support/node-group.ts';

/** A fault in one member's build: from now on it applies this much differently. */
function corrupt(group: NodeGroup, member: GroupMember, difference: string): void {
  const { state } = group.servingOf(member).replica;
  const apply = StateMachine.prototype.apply.bind(state);
  state.apply = (index, payload) => {
    const replies = apply(index, payload);
    Object.defineProperty(state, 'stateHash', { value: difference.repeat(16).slice(0, 16), configurable: true });
    return replies;
  };
}

async function writePastAnInterval(group: NodeGroup): Promise<void> {
  const leader = present(group.leader(), 'a leader');
  const outcomes: (() => unknown)[] = [];
  for (let position = 0; position <= STATE_HASH_INTERVAL; position += 1) {
    outcomes.push(group.begin(leader, 'SET', `k${position}`, 'x'));
    await group.time.advance(1);
  }
  await group.until('all have an outcome', () => outcomes.every((outcome) => outcome() !== null));
  await group.time.advance(500);
}

describe('S15: states that differ at one index', () => {
  test('members that agree say nothing, after a restart from a snapshot as well', async () => {
    const group = await NodeGroup.found(3, { trailingEntries: 0 });
    await writePastAnInterval(group);
    const follower = present(group.followers()[0], 'a follower');
    let taken = false;
    void group
      .servingOf(follower)
      .takeSnapshot()
      .then(() => (taken = true));
    await group.until('a snapshot is taken', () => taken);
    await group.stop(follower);
    await group.start(follower);
    await group.until('it follows again', () => group.servingOf(follower).replica.status.leader !== null);
    await writePastAnInterval(group);
    for (const member of group.members) {
      expect(member.node).toMatchObject({ halt: null, divergence: null });
      expect(member.logged.filter(({ message }) => message.includes('another state'))).toEqual([]);
    }
  });

  test('the minority fences itself durably, keeps the evidence, and asks nobody to replace it; the others go on', async () => {
    const group = await NodeGroup.found(3);
    const wrong = present(group.followers()[0], 'a follower');
    corrupt(group, wrong, 'a');
    await writePastAnInterval(group);
    expect(wrong.node?.halt).toMatchObject({ reason: 'StateDiverged', wantsReplacement: false });
    expect(wrong.node?.serving).toBeNull();
    const evidence = JSON.parse(wrong.disk.contents('current/divergence.json').toString()) as object;
    expect(evidence).toMatchObject({ index: STATE_HASH_INTERVAL, verdict: 'minority' });
    await group.stop(wrong);
    await group.start(wrong);
    expect(wrong.node?.halt).toMatchObject({ reason: 'StateDiverged', wantsReplacement: false });
    for (const member of group.members.filter((each) => each !== wrong)) {
      expect(member.node).toMatchObject({ halt: null, divergence: null });
    }
    expect(await group.run(present(group.leader(), 'a leader'), 'GET', 'k0')).toBe('x');
  });

  test('a leader that is the minority goes as well, and another one leads', async () => {
    const group = await NodeGroup.found(3);
    const wrong = present(group.leader(), 'a leader');
    corrupt(group, wrong, 'b');
    await writePastAnInterval(group).catch(() => undefined);
    await group.until('another member leads', () => group.leader() !== null && group.leader() !== wrong);
    expect(wrong.node?.halt).toMatchObject({ reason: 'StateDiverged' });
  });

  test('without a majority nobody stops, and all say so', async () => {
    const group = await NodeGroup.found(2);
    corrupt(group, present(group.followers()[0], 'a follower'), 'c');
    await writePastAnInterval(group);
    for (const member of group.members) {
      expect(member.node?.halt).toBeNull();
      expect(member.node?.divergence).toContain('no majority');
      expect(member.disk.contents('current/divergence.json').toString()).toContain('undecided');
    }
  });
});
