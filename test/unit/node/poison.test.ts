import { describe, expect, test } from '@jest/globals';
import { notePoison, POISON_STARTS_MAX, readPoison } from '../../../src/node/poison.ts';
import type { Poison } from '../../../src/node/poison.ts';
import { BUILD_VERSION, FEATURE_LEVEL_MAX } from '../../../src/shared/build.ts';
import { writeDurably } from '../../../src/wal/durable-file.ts';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup } from '../../support/node-group.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';

async function emptyDisk(): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk();
  await disk.makeFolder('current');
  return disk;
}

async function read(disk: SimulatedDisk): Promise<Poison | null> {
  const poison = await readPoison(disk, 'current');
  return poison.ok ? poison.value : null;
}

describe('S15: an entry that cannot be applied', () => {
  test('is counted from start to start while it is the same one', async () => {
    const disk = await emptyDisk();
    for (let start = 1; start <= POISON_STARTS_MAX; start += 1) await notePoison(disk, 'current', await read(disk), 42, 'why');
    expect(await read(disk)).toEqual({ index: 42, starts: POISON_STARTS_MAX, version: BUILD_VERSION, message: 'why' });
  });

  test('begins anew at another index', async () => {
    const disk = await emptyDisk();
    await notePoison(disk, 'current', await read(disk), 42, 'why');
    expect(await notePoison(disk, 'current', await read(disk), 43, 'why')).toMatchObject({ index: 43, starts: 1 });
  });

  test('does not hold back another build, which may be the fix', async () => {
    const disk = await emptyDisk();
    const note = { formatVersion: 1, index: 42, starts: 9, version: '0.0.1', message: 'why' };
    await writeDurably(disk, 'current', 'poison', Buffer.from(JSON.stringify(note)));
    expect(await readPoison(disk, 'current')).toEqual({ ok: true, value: null });
  });

  test('a note that cannot be read is told, and holds nothing back', async () => {
    const disk = await emptyDisk();
    await writeDurably(disk, 'current', 'poison', Buffer.from('{"index":'));
    expect(await readPoison(disk, 'current')).toMatchObject({ ok: false });
  });
});

describe('S16: a build that is older than the level in force', () => {
  test('ends at the entry that raised it, with the reason, and after three starts stays up and serves nothing', async () => {
    const group = await NodeGroup.found(1);
    const alone = present(group.members[0], 'a member');
    const level = FEATURE_LEVEL_MAX + 1;
    group.servingOf(alone).commands.proposeOperation({ type: 'raise-feature-level', level }, () => undefined);
    const reason = `raises the feature level to ${level}, and this build speaks up to ${FEATURE_LEVEL_MAX}`;
    for (let start = 1; start <= POISON_STARTS_MAX; start += 1) {
      await group.until('the node says why it must end', () => alone.fatal.length === start);
      expect(alone.fatal.at(-1)).toContain(reason);
      await group.kill(alone);
      await group.start(alone);
    }
    await group.time.advance(5000);
    expect(alone.node?.halt).toMatchObject({ reason: 'PoisonEntry', message: expect.stringContaining(reason) });
  });
});
