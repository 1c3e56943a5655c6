import { describe, expect, test } from '@jest/globals';
import { StateMachine } from '../../../src/keyspace/state-machine.ts';
import { encodeBatch } from '../../../src/keyspace/batch-codec.ts';
import { readSaved } from '../../../src/recovery/saved-file.ts';
import type { SavedOrigin } from '../../../src/wal/saved-snapshot.ts';
import { encodeSavedSnapshot } from '../../../src/wal/saved-snapshot.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import { baseAt, CLUSTER } from './member.ts';

const ORIGIN: SavedOrigin = {
  clusterId: CLUSTER,
  generation: { number: 3, id: 'abcdef0123456789' },
  takenFrom: 'orders-1',
  version: '0.1.0',
  takenAtMs: 1_700_000_000_000,
};
const HEADER = { base: baseAt(7, 2), featureLevel: 1 };

async function bytesOf(): Promise<{ bytes: Buffer; state: StateMachine }> {
  const state = new StateMachine();
  const words = ['MSET', 'a', 'one', 'b', 'two'].map((word) => Buffer.from(word));
  state.apply(7, encodeBatch({ timeMs: 5, operations: [{ type: 'command', arguments: words }] }));
  const pieces: Uint8Array[] = [];
  for await (const piece of encodeSavedSnapshot(ORIGIN, HEADER, state.chunks())) pieces.push(piece);
  return { bytes: Buffer.concat(pieces), state };
}

async function readBack(bytes: Uint8Array): ReturnType<typeof readSaved> {
  const disk = new SimulatedDisk({ hop: () => Promise.resolve() });
  const file = await disk.open('saved', { create: true });
  await file.write(0, [bytes]);
  return readSaved(file);
}

describe('a saved snapshot', () => {
  test('is read back as what it was: whose, when, up to where, and the state', async () => {
    const { bytes, state } = await bytesOf();
    const saved = await readBack(bytes);
    expect(saved).toMatchObject({ ok: true, value: { origin: ORIGIN, header: HEADER, fileBytes: bytes.length } });
    expect(saved.ok && saved.value.state.stateHash).toBe(state.stateHash);
    expect(saved.ok && saved.value.state.keys).toBe(2);
  });

  test('cut at any byte, or longer by one, is refused with a reason', async () => {
    const { bytes } = await bytesOf();
    for (let length = 0; length < bytes.length; length += 1) {
      expect({ length, ok: (await readBack(bytes.subarray(0, length))).ok }).toEqual({ length, ok: false });
    }
    expect((await readBack(Buffer.concat([bytes, Buffer.alloc(1)]))).ok).toBe(false);
  });

  test('with any bit turned is refused', async () => {
    const { bytes } = await bytesOf();
    for (let at = 0; at < bytes.length; at += 1) {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(at) ^ (1 << (at % 8)), at);
      expect({ at, ok: (await readBack(copy)).ok }).toEqual({ at, ok: false });
    }
  });

  test('S16: of a later format, or of a feature level that this build does not know, is refused by name', async () => {
    const { bytes } = await bytesOf();
    const later = Buffer.from(bytes);
    later.writeUInt16LE(2, 8);
    expect(await readBack(later)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('format 2 is unknown to this build'),
    });
    const level = Buffer.from(bytes);
    level.writeUInt16LE(99, bytes.indexOf('QRT-SNAP') + 8);
    expect(await readBack(level)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('format 99 is unknown to this build'),
    });
  });
});
