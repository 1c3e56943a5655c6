/** Rule S14, whole nodes: a command goes to the leader of one term, and to no other. */
import { describe, expect, test } from '@jest/globals';
import type { PeerFrame } from '../../../src/wire/peer/frame.ts';
import { decodeForwardAnswers } from '../../../src/node/forwarding.ts';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup, textOf } from '../../support/node-group.ts';
import type { GroupMember, SentFrame } from '../../support/node-group.ts';

describe('S14: a forwarded write', () => {
  test('that arrives at a leader of another term is refused and appended nowhere: it may have been appended before (trap 14)', async () => {
    const group = await NodeGroup.found(3);
    const leader = present(group.leader(), 'a leader');
    const [follower, other] = group.followers().map((each) => present(each, 'a follower'));
    const from = present(follower, 'a follower');
    expect(await group.run(leader, 'SET', 'counter', '0')).toBe('OK');
    let held: PeerFrame | null = null;
    group.passes = ({ frame }) => {
      if (frame.type !== 'forward-request') return true;
      held = frame;
      return false;
    };
    const outcome = group.begin(from, 'INCR', 'counter');
    await group.until('the write is on its way', () => held !== null);
    await group.kill(leader);
    await group.until('another leads', () => [from, other].includes(group.leader() ?? leader));
    expect(textOf(outcome())).toBe('UNKNOWN');

    const heir = present(group.leader(), 'a leader');
    const sender = heir === from ? present(other, 'a follower') : from;
    expect(await group.run(heir, 'GET', 'counter')).toBe('0');
    const { lastIndex } = group.servingOf(heir).replica.status;
    const refusals = answersSeen(group);
    deliver(group, sender, heir, present<PeerFrame>(held, 'the frame that was held'));
    await group.until('it is answered', () => refusals().length > 0);
    expect(refusals()).toMatchObject([{ outcome: { type: 'refused', code: 'NOLEADER' } }]);
    expect(group.servingOf(heir).replica.status.lastIndex).toBe(lastIndex);
    expect(await group.run(heir, 'GET', 'counter')).toBe('0');
  });

  test('that arrives at a member that does not lead goes no further: one hop', async () => {
    const group = await NodeGroup.found(3);
    const [follower, other] = group.followers();
    const [from, to] = [present(follower, 'a follower'), present(other, 'a follower')];
    let held: PeerFrame | null = null;
    group.passes = ({ frame }) => {
      if (frame.type === 'forward-request') held ??= frame;
      return true;
    };
    expect(await group.run(from, 'INCR', 'counter')).toBe('1');
    const refusals = answersSeen(group);
    deliver(group, from, to, present<PeerFrame>(held, 'the frame that was seen'));
    await group.until('it is answered', () => refusals().length > 0);
    expect(refusals()).toMatchObject([{ outcome: { type: 'refused', code: 'NOLEADER' } }]);
    expect(await group.run(from, 'GET', 'counter')).toBe('1');
  });
});

/** The frame arrives, however late. */
function deliver(group: NodeGroup, from: GroupMember, to: GroupMember, frame: PeerFrame): void {
  to.handler?.onFrame({ id: group.idOf(from), name: from.name }, frame, group.time.wallMs());
}

/** The answers to forwarded commands that any member sends from now on. */
function answersSeen(group: NodeGroup): () => ReturnType<typeof decodeForwardAnswers> {
  const seen: ReturnType<typeof decodeForwardAnswers> = [];
  group.passes = ({ frame }: SentFrame) => {
    if (frame.type === 'forward-answer') seen.push(...decodeForwardAnswers(frame.bytes));
    return true;
  };
  return () => seen;
}
