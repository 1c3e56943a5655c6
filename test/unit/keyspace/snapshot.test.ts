import { describe, expect, test } from '@jest/globals';
import { SNAPSHOT_CHUNK_BYTES } from '../../../src/keyspace/limits.ts';
import { STATE_FORMAT_VERSION } from '../../../src/keyspace/snapshot.ts';
import { MalformedBytesError } from '../../../src/shared/bytes.ts';
import { Driver, restore, snapshotOf } from './driver.ts';

function filled(): Driver {
  const driver = new Driver();
  for (let at = 0; at < 300; at += 1)
    driver.run('SET', `key:${at}`, 'v'.repeat(at * 7), ...(at % 3 === 0 ? ['EX', String(at + 1)] : []));
  driver.run('SET', 'large', Buffer.alloc(300_000, 'L'));
  driver.run('DEL', 'key:5', 'key:7');
  return driver;
}

describe('snapshots of the state', () => {
  test('the bytes come in chunks of about the named size, a long value in pieces', () => {
    const chunks = [...filled().state.chunks()];
    expect(chunks.length).toBeGreaterThan(10);
    for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(2 * SNAPSHOT_CHUNK_BYTES);
  });

  test.each([1, 13, 4096, 1_000_000])('cut into pieces of %d bytes it is the same state', (pieceBytes) => {
    const small = new Driver();
    small.line('MSET a 1 b 2 c 3');
    small.line('DEL b');
    const driver = pieceBytes === 1 ? small : filled();
    const bytes = snapshotOf(driver.state);
    const restored = restore(bytes, pieceBytes);
    expect(snapshotOf(restored).equals(bytes)).toBe(true);
    expect(restored.lastTouch(Buffer.from('b'))).toBe(driver.touch('b'));
    expect(restored.nextDeadlineMs()).toBe(driver.state.nextDeadlineMs());
  });

  test('what is applied while a snapshot is written is not in it', () => {
    const driver = filled();
    const before = snapshotOf(driver.state);
    const chunks: Buffer[] = [];
    let step = 0;
    for (const chunk of driver.state.chunks()) {
      chunks.push(Buffer.from(chunk));
      driver.run('SET', `key:${step}`, 'changed');
      driver.run('SETRANGE', 'large', String(step), 'changed');
      driver.run('APPEND', 'large', 'changed');
      driver.run('DEL', `key:${299 - step}`);
      step += 1;
    }
    expect(step).toBeGreaterThan(10);
    expect(Buffer.concat(chunks).equals(before)).toBe(true);
    expect(snapshotOf(driver.state).equals(before)).toBe(false);
  });

  test('S16: the format version comes first, and an unknown one is refused by its number', () => {
    const bytes = snapshotOf(filled().state);
    expect(bytes[0]).toBe(STATE_FORMAT_VERSION);
    bytes[0] = 66;
    expect(() => restore(bytes)).toThrow('format version 66');
  });

  test('bytes that end early or go on are refused', () => {
    const bytes = snapshotOf(filled().state);
    for (const length of [0, 1, 20, 60, 5000, bytes.length - 1])
      expect(() => restore(bytes.subarray(0, length))).toThrow(MalformedBytesError);
    expect(() => restore(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(MalformedBytesError);
  });

  test('an empty state is a state', () => {
    const restored = restore(snapshotOf(new Driver().state));
    expect(restored).toMatchObject({ keys: 0, timeMs: 0, featureLevel: 1, dataBytes: 0 });
    expect(new Driver(restored).line('INCR n')).toBe(':1');
  });
});
