import { describe, expect, test } from '@jest/globals';
import { explainText, plannedView } from '../../../../src/cli/view/explain-text.ts';
import { membersTable } from '../../../../src/cli/view/members-table.ts';
import type { MemberRow } from '../../../../src/cli/view/members-table.ts';
import { plain } from '../../../../src/cli/view/paint.ts';
import { stepText } from '../../../../src/cli/view/step-text.ts';
import type { Plan } from '../../../../src/operator/plan/plan.ts';

const nowMs = Date.parse('2026-03-01T12:00:00Z');
const named = { namespace: 'shop', name: 'orders', unseen: [], notes: [] };

const rolling: Plan = {
  steps: [
    { type: 'apply-child', kind: 'Service', name: 'orders', because: 'Service orders is missing' },
    {
      type: 'evict-pod',
      member: 'orders-shard-0-2',
      uid: 'u',
      because: 'orders-shard-0-2 is outdated; without it 2 of 3 voters are caught up',
    },
  ],
  blockedBy: [
    {
      gate: 'VolumeExpansion',
      member: 'orders-shard-0-1',
      message: 'Its class lets no volume grow.',
      unblock: 'Choose a class that does.',
    },
  ],
  activity: { reason: 'Updating', message: 'orders-shard-0-2 still to be updated' },
  events: [],
};

describe('explain', () => {
  test('lists the next steps with their reasons, what holds others back, and what was not seen', () => {
    const since = new Date(nowMs - 90_000).toISOString();
    const recorded = [{ gate: 'VolumeExpansion', member: 'orders-shard-0-1', since, message: '', unblock: '' }];
    const unseen = ['needs `get` on `secrets` in namespace shop'];
    expect(explainText(plannedView({ ...named, unseen }, rolling, recorded), plain, nowMs)).toBe(
      [
        'shop/orders  Updating: orders-shard-0-2 still to be updated',
        '',
        'Next steps, in this order; after them all is looked at anew:',
        '  1. apply Service orders',
        '     because Service orders is missing',
        '  2. evict the pod orders-shard-0-2  (disruptive: one at a time)',
        '     because orders-shard-0-2 is outdated; without it 2 of 3 voters are caught up',
        '',
        'Held back:',
        '  VolumeExpansion on orders-shard-0-1, for 90s',
        '    why      Its class lets no volume grow.',
        '    unblock  Choose a class that does.',
        '',
        'Not seen, so that the plan above may lack something:',
        '  - needs `get` on `secrets` in namespace shop',
        '',
      ].join('\n'),
    );
  });

  test('at rest it says that there is nothing to do', () => {
    const rest: Plan = { steps: [], blockedBy: [], activity: null, events: [] };
    expect(explainText(plannedView(named, rest, []), plain, nowMs)).toBe('shop/orders  Nothing to do: all is as it is wanted.\n');
  });

  test('raising and lowering the StatefulSet are told apart', () => {
    const step = (replicas: number, replicasBefore: number | null) =>
      stepText({ type: 'apply-stateful-set', replicas, replicasBefore, resourceVersion: null });
    expect(step(3, null)).toBe('create the StatefulSet with 3 pods');
    expect(step(5, 3)).toBe('raise the StatefulSet from 3 to 5 pods');
    expect(step(3, 5)).toBe('lower the StatefulSet from 5 to 3 pods');
    expect(step(3, 3)).toContain('pods made from now on');
  });
});

test('members: what is unknown is a question mark, never a zero', () => {
  const known: MemberRow = {
    ...{ namespace: 'shop', cluster: 'orders', name: 'orders-shard-0-0', memberId: null, role: 'Leader', ready: true },
    ...{ term: 7, lastIndex: 120, commitIndex: 120, appliedIndex: 119, lag: 0, keys: 3, dataBytes: 1536, clients: 2 },
    ...{ version: '0.1.0', message: null },
  };
  const silent: MemberRow = {
    ...{ namespace: 'shop', cluster: 'orders', name: 'orders-shard-0-1', memberId: null, role: 'Unknown', ready: null },
    ...{
      term: null,
      lastIndex: null,
      commitIndex: null,
      appliedIndex: null,
      lag: null,
      keys: null,
      dataBytes: null,
      clients: null,
    },
    ...{ version: null, message: 'no answer within 3000 ms' },
  };
  expect(membersTable([known, silent], plain)).toBe(
    [
      'NAME              ROLE     READY  TERM  LAST  COMMIT  APPLIED  LAG  KEYS  DATA   CLIENTS  VERSION',
      'orders-shard-0-0  Leader   yes    7     120   120     119      0    3     1.5Ki  2        0.1.0',
      'orders-shard-0-1  Unknown  ?      ?     ?     ?       ?        ?    ?     ?      ?        ?        no answer within 3000 ms',
      '',
    ].join('\n'),
  );
});
