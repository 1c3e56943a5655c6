/** Rule S22: what can lose or reorder says so, wherever people look. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { PROTOCOLS } from '../../../src/api/storage-cluster-spec.ts';
import { RAFT_GUARANTEES } from '../../../src/consensus/guarantees.ts';
import type { Guarantees } from '../../../src/consensus/guarantees.ts';

const ALL: readonly Guarantees[] = [RAFT_GUARANTEES];
const page = readFileSync('docs/guarantees.md', 'utf8');

describe('S22: every protocol that a resource may name', () => {
  test('states what it promises, and no other does', () => {
    expect(ALL.map(({ protocol }) => protocol)).toEqual([...PROTOCOLS]);
  });

  test.each(ALL)('$protocol has its chapter in the docs, with the same words', ({ protocol, canLose, ...promises }) => {
    const chapter = page.split(/^## /m).find((text) => text.startsWith(`${protocol}\n`)) ?? '';
    for (const words of [promises.acknowledgement, promises.history, promises.underPartition, ...canLose])
      expect(chapter).toContain(`| ${words} |`);
    expect(chapter.includes('| can lose | nothing that was acknowledged |')).toBe(canLose.length === 0);
  });
});
