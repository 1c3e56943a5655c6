/** Each judge fires on a breach that is made up, and lets the rightful act beside it pass. */
import { describe, expect, test } from '@jest/globals';
import type { ClusterId, MemberId } from '../../src/shared/ids.ts';
import type { Act } from './acts.ts';
import { judge } from './rules.ts';
import type { Circumstances } from './rules.ts';
import type { MemberScene, ResourceScene, Scene, VolumeScene } from './scene.ts';
import { judgeStatus } from './status-rules.ts';
import type { Heard } from './status-rules.ts';

const UID = 'uid-of-the-resource';
const idOf = (ordinal: number) => `000000000000000${ordinal}` as MemberId;
const nameOf = (ordinal: number) => `orders-shard-0-${ordinal}`;

function member(ordinal: number, change: Partial<MemberScene> = {}): MemberScene {
  return {
    id: idOf(ordinal),
    name: nameOf(ordinal),
    role: 'voter',
    runs: true,
    isCaughtUp: true,
    leadsSinceMs: ordinal === 0 ? 1_000 : null,
    isGoing: false,
    isBroken: false,
    evidence: null,
    ...change,
  };
}

function resource(change: Partial<ResourceScene> = {}): ResourceScene {
  return {
    uid: UID,
    replicas: 3,
    hibernates: false,
    adoptClusterId: null,
    foundAnew: null,
    clusterId: UID,
    generation: null,
    founding: null,
    ...change,
  };
}

function volume(ordinal: number, clusterId = UID): VolumeScene {
  return { claimUid: `claim-${ordinal}`, memberId: idOf(ordinal), clusterId: clusterId as ClusterId, generation: null };
}

function scene(change: Partial<Scene> = {}): Scene {
  return {
    nowMs: 10_000,
    members: [member(0), member(1), member(2)],
    removed: new Set(),
    foundings: new Map(),
    resource: resource(),
    replicas: 3,
    volumes: [volume(0), volume(1), volume(2)],
    ...change,
  };
}

const calm: Circumstances = { passBeganAtMs: 9_000, specChangedAtMs: 1_000, inFlight: [], memberOfClaim: () => null };
const evict = (ordinal: number): Act => ({ type: 'evict', pod: nameOf(ordinal), uid: 'pod' });
const apply = (replicas: number): Act => ({ type: 'apply-stateful-set', replicas, retention: 'Retain/Retain' });
const asked = (ordinal: number) => ({ id: idOf(ordinal), name: nameOf(ordinal) });
const join = (leader: ReturnType<typeof asked>): Act => ({ type: 'join', clusterId: UID, leader });
const remove = (ordinal: number): Act => ({ type: 'remove', id: idOf(ordinal), expectedIndex: 4 });
const founders = [0, 1, 2].map((ordinal) => ({ id: idOf(ordinal), name: nameOf(ordinal) }));
const found: Act = { type: 'found', clusterId: UID, epoch: 1, members: founders };
const five = [0, 1, 2, 3, 4].map((ordinal) => member(ordinal));

type Case = readonly [breach: string, act: Act, where: Scene, when: Partial<Circumstances>, wanted: RegExp];

const breaches: readonly Case[] = [
  ['the StatefulSet is lowered below a member', apply(2), scene(), {}, /^S1/],
  ['it is raised, and not to every member', apply(4), scene({ members: five }), {}, /^S7/],
  ['it is made anew, and not with every member', apply(4), scene({ members: five, replicas: null }), {}, /^S7/],
  ['it is woken up with fewer than hibernated', apply(1), scene({ replicas: 0 }), {}, /^S7/],
  [
    'it is made with fewer than found the cluster',
    apply(2),
    scene({ members: null, replicas: null, resource: resource({ founding: { epoch: 1, members: founders } }) }),
    {},
    /^S7/,
  ],
  ['a change starts from no configuration', { type: 'promote', id: idOf(2), expectedIndex: null }, scene(), {}, /^S1/],
  [
    'a removed id is added',
    { type: 'add-learner', id: idOf(7), name: nameOf(3), expectedIndex: 1 },
    scene({ removed: new Set([idOf(7)]) }),
    {},
    /^S3/,
  ],
  [
    'retention is Delete when scaled',
    { type: 'apply-stateful-set', replicas: 3, retention: 'Delete/Retain' },
    scene(),
    {},
    /^S4/,
  ],
  ['a finalizer is set', { type: 'set-finalizers' }, scene(), {}, /^S4/],
  ['a claim is deleted by name', { type: 'delete-claim', claim: 'data-x', uid: null }, scene(), {}, /^S4/],
  [
    'a claim is deleted under a member',
    { type: 'delete-claim', claim: 'data-x', uid: 'u' },
    scene(),
    { memberOfClaim: () => idOf(1) },
    /^S4/,
  ],
  ['kept volumes are opened without adoption', { type: 'join', clusterId: 'another', leader: null }, scene(), {}, /^S5/],
  ['a node is to ask somebody who is no member', join({ id: idOf(7), name: nameOf(0) }), scene(), {}, /^S3/],
  ['a node is to ask a member under the name of another', join({ id: idOf(1), name: nameOf(0) }), scene(), {}, /^S3/],
  ['a node is to ask somebody before anybody is a member', join(asked(0)), scene({ members: null }), {}, /^S3/],
  ['another cluster is founded on them', { ...found, clusterId: 'another' }, scene(), {}, /^S5/],
  ['nodes are told before status', found, scene(), {}, /^S6/],
  [
    'nodes are told another list than status has',
    found,
    scene({ resource: resource({ founding: { epoch: 1, members: founders.slice(1) } }) }),
    {},
    /^S6/,
  ],
  [
    'a cluster with a past is founded again',
    found,
    scene({ resource: resource({ founding: { epoch: 1, members: founders } }), foundings: new Map([[UID, 'others']]) }),
    {},
    /^S6/,
  ],
  ['the StatefulSet is deleted with its pods', { type: 'delete-stateful-set', propagation: 'Background' }, scene(), {}, /^S7/],
  ['a pod is evicted by name', { type: 'evict', pod: nameOf(1), uid: null }, scene(), {}, /^S8/],
  [
    'evicted while another is behind',
    evict(1),
    scene({ members: [member(0), member(1), member(2, { isCaughtUp: false })] }),
    {},
    /^S8/,
  ],
  [
    'evicted while another is going',
    evict(1),
    scene({ members: [member(0), member(1), member(2, { isGoing: true })] }),
    {},
    /^S8/,
  ],
  ['evicted while another is on its way back', evict(1), scene({ members: five }), { inFlight: [nameOf(4)] }, /^S8/],
  ['evicted in the middle of a scale', evict(1), scene({ members: five }), {}, /^S8/],
  ['status records a cluster that nobody adopts', { type: 'status', status: {}, clusterId: 'another' }, scene(), {}, /^S5/],
  ['the leader is evicted', evict(0), scene(), {}, /^S8/],
  ['a pod that takes part is deleted as broken', { type: 'delete-pod', pod: nameOf(1), uid: 'pod' }, scene(), {}, /^S8/],
  ['a pod is deleted by name', { type: 'delete-pod', pod: nameOf(1), uid: null }, scene(), {}, /^S8/],
  ['a member is removed without evidence', remove(1), scene(), {}, /^S9/],
  [
    'a removal leaves no quorum',
    remove(3),
    scene({ members: [member(0), member(1, { isCaughtUp: false }), member(2, { isCaughtUp: false }), member(3)] }),
    {},
    /^S9/,
  ],
  [
    'a successor is added before the removal',
    { type: 'add-learner', id: idOf(7), name: nameOf(1), expectedIndex: 1 },
    scene(),
    {},
    /^S9/,
  ],
  [
    'a member that takes part is removed beside an eviction',
    remove(4),
    scene({ members: five }),
    { inFlight: [nameOf(1)] },
    /^S8/,
  ],
];

test.each(breaches)('%s: a breach', (_breach, act, where, when, wanted) => {
  expect(judge(act, where, { ...calm, ...when })).toMatch(wanted);
});

const rightful: readonly (readonly [string, Act, Scene, Partial<Circumstances>])[] = [
  ['lowered after the removal', apply(3), scene(), {}],
  ['lowered to hibernate', apply(0), scene({ resource: resource({ hibernates: true }) }), {}],
  ['lowered because the volumes are foreign', apply(0), scene({ resource: resource({ clusterId: null, uid: 'new' }) }), {}],
  ['a follower evicted with a margin', evict(1), scene(), {}],
  ['evicted again: its first eviction was lost', evict(1), scene(), { inFlight: [nameOf(1)] }],
  ['the only member evicted', evict(0), scene({ members: [member(0)] }), {}],
  [
    'made with no pod by a pass that began before spec said which volumes to adopt',
    apply(0),
    scene({ replicas: null }),
    { specChangedAtMs: 9_500 },
  ],
  ['evicted when spec has just changed', evict(1), scene({ members: five }), { specChangedAtMs: 9_500 }],
  ['one that became leader in this pass', evict(0), scene(), { passBeganAtMs: 500 }],
  [
    'a broken pod deleted',
    { type: 'delete-pod', pod: nameOf(1), uid: 'pod' },
    scene({ members: [member(0), member(1, { isCaughtUp: false }), member(2)] }),
    {},
  ],
  ['a claim of nobody deleted', { type: 'delete-claim', claim: 'data-x', uid: 'u' }, scene(), { memberOfClaim: () => idOf(7) }],
  ['a surplus member removed', remove(2), scene({ resource: resource({ replicas: 1 }) }), {}],
  [
    'a dead member removed',
    remove(1),
    scene({ members: [member(0), member(1, { isCaughtUp: false, evidence: 'its Node is gone' }), member(2)] }),
    {},
  ],
  ['an addition sent again', { type: 'add-learner', id: idOf(1), name: nameOf(1), expectedIndex: 1 }, scene(), {}],
  ['founded as written', found, scene({ resource: resource({ founding: { epoch: 1, members: founders } }) }), {}],
  [
    'adopted',
    { type: 'join', clusterId: 'another', leader: null },
    scene({ resource: resource({ adoptClusterId: 'another' }) }),
    {},
  ],
  ['told whom to ask', join(asked(0)), scene(), {}],
  ['told to ask one who has just been removed', join(asked(7)), scene({ removed: new Set([idOf(7)]) }), {}],
  ['raised to every member at once', apply(5), scene({ members: five }), {}],
  ['one more, who is to become a member', apply(4), scene(), {}],
];

test.each(rightful)('%s: rightful', (_name, act, where, when) => {
  expect(judge(act, where, { ...calm, ...when })).toBeNull();
});

describe('S20: status says what was heard', () => {
  const all = [0, 1, 2].map((ordinal): Heard => ({
    name: nameOf(ordinal),
    isVoter: true,
    isLeader: ordinal === 0,
    isQuorumThere: true,
  }));
  const judged = (status: object, heard: readonly Heard[] = all): string | null =>
    judgeStatus(status, 3, 'orders', new Map(heard.map((each) => [each.name, each])));
  const condition = (type: string) => ({ conditions: [{ type, status: 'True' }] });

  test.each([
    ['Ready with a silent member', condition('Ready'), all.slice(0, 2)],
    ['Ready with one that is no voter', condition('Ready'), [...all.slice(0, 2), { ...all[2]!, isVoter: false }]],
    ['more ready members than were heard', { ready: '3/3' }, all.slice(1)],
    ['a quorum that was not there', condition('QuorumAvailable'), all.map((each) => ({ ...each, isQuorumThere: false }))],
    ['a leader that did not lead', { leader: nameOf(1) }, all],
    ['a leader that was not heard', { leader: nameOf(0) }, all.slice(1)],
  ])('%s is a breach', (_name, status, heard) => {
    expect(judged(status, heard)).toMatch(/^S20/);
  });

  test('what was heard may be said', () => {
    expect(judged({ ready: '3/3', leader: nameOf(0), ...condition('Ready') })).toBeNull();
  });
});
