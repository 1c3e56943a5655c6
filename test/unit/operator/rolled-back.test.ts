/** The note of a way back, and the template that it brings: nobody else's words may be taken for them. */
import { describe, expect, test } from '@jest/globals';
import type { StatefulSet } from '../../../src/operator/kubernetes/objects.ts';
import { CONTROLLER_REVISIONS } from '../../../src/operator/kubernetes/resources.ts';
import { keptTemplateOf, noteOf, rolledBackOf, templateOfRevision } from '../../../src/operator/rolled-back.ts';
import { clusterOf } from '../../support/operator-observation.ts';
import { ObjectWorld } from '../../support/operator-store.ts';

const rolledBack = { generation: 2, member: 'orders-shard-0-2', reason: 'crashing: exit 1' };
const set = (note?: string): StatefulSet => ({
  metadata: {
    name: 'orders-shard-0',
    uid: 'set',
    resourceVersion: '1',
    ...(note === undefined ? {} : { annotations: { 'quorate.io/rolled-back': note } }),
  },
  spec: { template: { spec: { containers: [{ name: 'node', image: 'before' }] } } },
});

describe('the note', () => {
  test('is read as it was written, and keeps the template that stands', () => {
    expect(rolledBackOf(set(noteOf(rolledBack)), clusterOf())).toEqual(rolledBack);
    expect(keptTemplateOf(set(noteOf(rolledBack)), clusterOf())).toEqual({
      note: noteOf(rolledBack),
      template: { spec: { containers: [{ name: 'node', image: 'before' }] } },
    });
  });

  test.each<[string, string | undefined]>([
    ['none', undefined],
    ['of another generation: the wanted template is tried again', noteOf({ ...rolledBack, generation: 1 })],
    ['that somebody wrote over', 'oops {'],
    ['without what it needs', '{"generation":2}'],
  ])('%s: nothing is kept', (_name, note) => {
    expect(rolledBackOf(set(note), clusterOf())).toBeNull();
    expect(keptTemplateOf(set(note), clusterOf())).toBeNull();
  });

  test('a long reason is cut', () => {
    expect(noteOf({ ...rolledBack, reason: 'x'.repeat(10_000) }).length).toBeLessThan(1000);
  });
});

describe('the template of a revision', () => {
  const key = { namespace: 'shop', name: 'orders-shard-0-1' };
  const read = async (data: unknown) => {
    const objects = new ObjectWorld();
    objects.put(CONTROLLER_REVISIONS, { metadata: key, ...{ data } });
    return templateOfRevision(objects.api(), key, new AbortController().signal);
  };

  test('comes without the marks of a revision', async () => {
    const metadata = { creationTimestamp: null, labels: { a: 'b' } };
    const template = { $patch: 'replace', metadata, spec: { containers: [] } };
    expect(await read({ spec: { template } })).toEqual({ metadata: { labels: { a: 'b' } }, spec: { containers: [] } });
  });

  test.each([[{}], [{ spec: {} }], ['text'], [undefined]])('of %j there is none: nothing is applied', async (data) => {
    await expect(read(data)).rejects.toMatchObject({ code: 'KUBERNETES_OTHER', message: expect.stringContaining(key.name) });
  });

  test('a revision that is gone is said as not found', async () => {
    const none = templateOfRevision(new ObjectWorld().api(), key, new AbortController().signal);
    await expect(none).rejects.toMatchObject({ kind: 'not-found' });
  });
});
