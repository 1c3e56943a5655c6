import { describe, expect, test } from '@jest/globals';
import { DEFAULT_MEMORY_LIMIT } from '../../../src/api/pod-template.ts';
import { quantityToInteger } from '../../../src/api/quantity.ts';
import {
  maxDataBytesOf,
  maxDataBytesOfMemory,
  MEMORY_LIMIT_MIN,
  STORAGE_SIZE_MIN,
  volumeBytesMin,
} from '../../../src/api/sizing.ts';
import { defaultSpec } from '../../../src/api/storage-cluster.ts';
import { defaultLimits } from '../../../src/node/limits.ts';

const MIB = 1024 * 1024;

describe('S17: memory and volume fit each other', () => {
  test.each(['256Mi', '512Mi', '1Gi', '3G'])('S17: with a limit of %s the node holds what the resource promises', (memory) => {
    expect(defaultLimits(quantityToInteger(memory)).dataBytesMax).toBe(maxDataBytesOfMemory(memory));
  });

  test('S17: the volume has room for the snapshot, the log until the next one, that next one, and two segments', () => {
    const limits = defaultLimits(quantityToInteger('2Gi'));
    const snapshot = limits.dataBytesMax;
    const log = Math.max(limits.snapshotLogBytes, limits.dataBytesMax) + limits.segmentBytes;
    expect(volumeBytesMin(limits.dataBytesMax)).toBeGreaterThanOrEqual(snapshot + log + snapshot + 2 * limits.segmentBytes);
  });

  test('S17: the smallest volume has room for what the default memory holds', () => {
    expect(quantityToInteger(STORAGE_SIZE_MIN)).toBeGreaterThanOrEqual(
      volumeBytesMin(maxDataBytesOfMemory(DEFAULT_MEMORY_LIMIT)),
    );
    expect(quantityToInteger(MEMORY_LIMIT_MIN)).toBeLessThanOrEqual(quantityToInteger(DEFAULT_MEMORY_LIMIT)!);
  });

  test('S17: maxDataBytes follows from the memory limit unless it is set', () => {
    expect(maxDataBytesOf(defaultSpec())).toBe(Math.floor(512 * MIB * 0.4));
    expect(maxDataBytesOf(defaultSpec({ podTemplate: { spec: { resources: { limits: { memory: '1Gi' } } } } }))).toBe(
      Math.floor(1024 * MIB * 0.4),
    );
    expect(maxDataBytesOf(defaultSpec({ limits: { maxDataBytes: '64Mi' } }))).toBe(64 * MIB);
  });
});
