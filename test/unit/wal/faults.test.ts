import { describe, expect, jest, test } from '@jest/globals';
import { asideLife, fullLife } from './crash-sweep.ts';
import { sweepFaults } from './fault-sweep.ts';

// Some ten seconds of one processor; a busy machine takes its time.
jest.setTimeout(300_000);

describe('every single operation fails, and the power is cut soon after', () => {
  test.each(['EIO', 'ENOSPC'])(
    'S10: with %s, all that the log acknowledged is there, and nothing that rested on the failure was',
    async (code) => {
      const sweep = await sweepFaults(fullLife, code);
      expect(sweep.broken).toBeNull();
      expect(sweep.faults).toBeGreaterThan(300);
    },
  );

  test('S2, S3: with EIO, a folder that is being set aside is either the old one or a fresh one that remembers it', async () => {
    expect((await sweepFaults(asideLife, 'EIO')).broken).toBeNull();
  });
});
