import { describe, expect, test } from '@jest/globals';
import type { NodeStatus } from '../../../../src/api/node-status.ts';
import type { Observation } from '../../../../src/operator/plan/observation.ts';
import type { Generation } from '../../../../src/shared/ids.ts';
import {
  answered,
  gatesOf,
  healthy,
  idOf,
  leaderOf,
  nameOf,
  nodeStatus,
  planOf,
  SILENT,
  stepsOf,
  voter,
} from '../../../support/operator-observation.ts';

const SECOND: Generation = { number: 2, id: 'a'.repeat(16) };
const RIVAL: Generation = { number: 2, id: 'b'.repeat(16) };
const halt: NodeStatus['halt'] = { reason: 'HigherGeneration', message: 'told', wantsReplacement: true };

/** Member 2 was recovered under a new id; the others are of generation 1 and answer as `older` says. */
function recovered(recorded: Generation, older: 'serve' | 'halted' | 'silent', leads = SECOND, index = 60): Observation {
  const before = healthy(3);
  const status = nodeStatus(2, { memberId: idOf(2, 2), generation: leads });
  const node = (ordinal: number) => {
    if (ordinal === 2) return answered(status);
    return older === 'silent' ? SILENT : answered(nodeStatus(ordinal, older === 'halted' ? { state: 'halted', halt } : {}));
  };
  const removed = [0, 1, 2].map((ordinal) => ({ id: idOf(ordinal), index }));
  const alone = leaderOf({ ordinal: 2, members: [voter(2, 2)], index, removed, status });
  const isFollowed = recorded.number === 2;
  const configuration = isFollowed ? { index, members: [voter(2, 2)] } : before.cluster.status?.configuration;
  return {
    ...before,
    cluster: { ...before.cluster, status: { ...before.cluster.status, generation: recorded, configuration } },
    members: before.members.map((member) => ({ ...member, node: node(member.ordinal) })),
    leader: { ...alone, member: voter(2, 2) },
  };
}

const FIRST: Generation = { number: 1, id: '0'.repeat(16) };

describe('S5: a recovery by hand began a new generation', () => {
  test('the status follows a confirmed leader of a higher generation, and nothing else happens before that', () => {
    const plan = planOf(recovered(FIRST, 'halted'));
    expect(plan.steps.filter(({ type }) => type !== 'apply-claim')).toMatchObject([
      { type: 'record-identity', generation: SECOND },
    ]);
    expect(plan.events).toMatchObject([{ type: 'Warning', reason: 'GenerationRaised' }]);
  });

  test('members of the old one that still serve are told, each', () => {
    const steps = planOf(recovered(SECOND, 'serve')).steps.filter(({ type }) => type === 'join-node');
    expect(steps).toMatchObject([
      { member: nameOf(0), generation: SECOND },
      { member: nameOf(1), generation: SECOND },
    ]);
  });

  test('told with no leader as well: an old majority must not go on beside the new generation', () => {
    const steps = stepsOf({ ...recovered(SECOND, 'serve'), leader: null });
    expect(steps.filter((step) => !step.startsWith('apply-claim'))).toEqual([`join-node ${nameOf(0)}`, `join-node ${nameOf(1)}`]);
  });

  test('those that have stopped give way one at a time, and their volumes are kept for good', () => {
    const steps = planOf(recovered(SECOND, 'halted')).steps.filter(
      ({ type }) => type.startsWith('delete') || type.startsWith('record'),
    );
    expect(steps).toMatchObject([
      { type: 'delete-claim', uid: 'claim-0', keepVolume: true },
      { type: 'delete-broken-pod', member: nameOf(0), uid: 'pod-0' },
    ]);
  });

  test('silence proves nothing: the claim of a member that does not answer stays', () => {
    expect(stepsOf(recovered(SECOND, 'silent')).filter((step) => step.startsWith('delete'))).toEqual([]);
  });

  test('nothing is given up before the status has followed and the configuration stands in it', () => {
    const observation = recovered(SECOND, 'halted');
    const status = { ...observation.cluster.status, configuration: { index: 50, members: [voter(0), voter(1), voter(2)] } };
    const unsettled = { ...observation, cluster: { ...observation.cluster, status } };
    expect(stepsOf(unsettled).filter((step) => step.startsWith('delete'))).toEqual([]);
  });

  test('two recoveries that made the same number: neither is followed, and the gate says so', () => {
    const observation = recovered(SECOND, 'silent', RIVAL);
    expect(stepsOf(observation).filter((step) => !step.startsWith('apply-claim'))).toEqual([]);
    expect(gatesOf(observation)).toContain(`ForeignVolumes ${nameOf(2)}`);
  });

  test('a confirmed leader of a lower generation is not followed back', () => {
    const before = healthy(3);
    const observation = { ...before, cluster: { ...before.cluster, status: { ...before.cluster.status, generation: SECOND } } };
    const steps = planOf(observation).steps;
    expect(steps.map(({ type }) => type)).toEqual(['join-node', 'join-node', 'join-node']);
  });
});
