import { describe, expect, test } from '@jest/globals';
import { Admission } from '../../../src/node/admission.ts';
import { present } from '../../../src/shared/assert.ts';
import { OK } from '../../../src/shared/reply.ts';
import { NodeGroup, textOf } from '../../support/node-group.ts';

const nobody = (): void => undefined;

describe('what is taken in at once is bounded by number and by bytes', () => {
  test('beyond either bound the next call is refused, until an answer gives room back', () => {
    const admission = new Admission(3, 100);
    const first = present(admission.admit(60, nobody), 'there is room');
    expect(admission.admit(41, nobody)).toBeNull();
    expect(admission.admit(40, nobody)).not.toBeNull();
    expect(admission.admit(1, nobody)).toBeNull();
    first({ type: 'replied', reply: OK });
    expect([admission.requests, admission.bytes]).toEqual([1, 40]);
    expect(admission.admit(1, nobody)).not.toBeNull();
    expect(admission.admit(1, nobody)).not.toBeNull();
    expect(admission.admit(1, nobody)).toBeNull();
  });

  test('one call always fits, however large', () => {
    expect(new Admission(3, 100).admit(1000, nobody)).not.toBeNull();
  });
});

describe('-BUSY instead of memory', () => {
  test.each(['the leader', 'a follower'])(
    'clients of %s that send more than requestBytesMax while nothing commits',
    async (which) => {
      const group = await NodeGroup.found(3, { requestBytesMax: 100_000 });
      const leader = present(group.leader(), 'a leader');
      const member = which === 'the leader' ? leader : present(group.followers()[0], 'a follower');
      // No acknowledgement arrives: nothing can commit.
      group.passes = ({ to, frame }) => !(to === leader.name && frame.type === 'protocol');
      const outcomes = Array.from({ length: 20 }, (_, position) =>
        group.begin(member, 'SET', `k${position}`, 'x'.repeat(10_000)),
      );
      await group.time.advance(100);
      const refused = outcomes.filter((outcome) => textOf(outcome()) === 'BUSY');
      expect(refused.length).toBeGreaterThanOrEqual(10);
      expect(refused.length).toBeLessThan(20);
      group.passes = () => true;
      await group.until('the rest has an outcome', () => outcomes.every((outcome) => outcome() !== null));
      expect(await group.run(member, 'SET', 'after', '1')).toBe('OK');
    },
  );

  test('the leader counts what others passed on to it', async () => {
    const group = await NodeGroup.found(3, { requestBytesMax: 100_000 });
    const leader = present(group.leader(), 'a leader');
    const [left, right] = group.followers();
    group.passes = ({ to, frame }) => !(to === leader.name && frame.type === 'protocol');
    const outcomes = Array.from({ length: 18 }, (_, position) =>
      group.begin(present(position % 2 === 0 ? left : right, 'a follower'), 'SET', `k${position}`, 'x'.repeat(10_000)),
    );
    await group.time.advance(100);
    expect(outcomes.filter((outcome) => textOf(outcome()) === 'BUSY').length).toBeGreaterThanOrEqual(8);
  });
});
