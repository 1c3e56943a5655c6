/** Streaming a snapshot between two members (Raft paper §7; thesis §5): chunks, pace, and going on where a broken stream stopped. */
import { describe, expect, test } from '@jest/globals';
import { StateMachine } from '../../../src/keyspace/state-machine.ts';
import { encodeBatch } from '../../../src/keyspace/batch-codec.ts';
import { CHUNK_BYTES, CHUNKS_IN_FLIGHT_MAX, SnapshotSender, TRANSFER_STALL_MS } from '../../../src/node/snapshot-sender.ts';
import { PARTIAL_AGE_MS_MAX, SnapshotReceiver } from '../../../src/node/snapshot-receiver.ts';
import type { ReceivedSnapshot } from '../../../src/node/snapshot-receiver.ts';
import { openSnapshotFiles } from '../../../src/wal/snapshot-files.ts';
import type { SnapshotFiles } from '../../../src/wal/snapshot-files.ts';
import type { PeerFrame, SnapshotChunk } from '../../../src/wire/peer/frame.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import { idOf } from '../../support/raft-member.ts';
import { settle, VirtualTime } from '../../support/virtual-time.ts';

const SENDER = { id: idOf(1), name: 'm-1' };
const RECEIVER = { id: idOf(2), name: 'm-2', role: 'voter' } as const;

function stateOf(...values: string[]): StateMachine {
  const state = new StateMachine();
  values.forEach((value, position) => {
    const words = ['SET', `k${position}`, value].map((word) => Buffer.from(word));
    state.apply(position + 1, encodeBatch({ timeMs: 1, operations: [{ type: 'command', arguments: words }] }));
  });
  return state;
}

async function filesOn(disk: SimulatedDisk): Promise<SnapshotFiles> {
  await disk.makeFolder('snapshots');
  return openSnapshotFiles({ disk, folder: 'snapshots' });
}

class Stream {
  readonly time = new VirtualTime();
  readonly receiverDisk = new SimulatedDisk();
  readonly chunks: SnapshotChunk[] = [];
  readonly outcomes: { readonly index: number; readonly delivered: boolean }[] = [];
  readonly received: ReceivedSnapshot[] = [];
  /** False loses the frame. */
  passes: (frame: PeerFrame) => boolean = () => true;
  sender: SnapshotSender;
  receiver: SnapshotReceiver;
  readonly sending: SnapshotFiles;

  private constructor(sending: SnapshotFiles, receiving: SnapshotFiles, bytesPerSecond: number) {
    this.sending = sending;
    this.sender = new SnapshotSender({
      files: sending,
      network: () => ({
        send: (_to, _lane, frame) => this.#toReceiver(frame),
        spokenLevels: () => null,
        keep: () => undefined,
        close: async () => undefined,
      }),
      clock: this.time,
      bytesPerSecond,
      finished: (_to, index, delivered) => void this.outcomes.push({ index, delivered }),
    });
    this.receiver = new SnapshotReceiver({
      files: receiving,
      clock: this.time,
      reply: (_to, receipt) => {
        if (this.passes(receipt)) this.time.schedule(1, () => this.sender.onReceipt(RECEIVER.id, receipt));
      },
      received: (snapshot) => {
        this.received.push(snapshot);
        this.sender.onReceipt(RECEIVER.id, {
          type: 'snapshot-receipt',
          transfer: snapshot.transfer,
          receivedBytes: 0,
          state: 'installed',
        });
      },
      failed: () => undefined,
    });
  }

  static async open(state: StateMachine, bytesPerSecond = 1e9): Promise<Stream> {
    const stream = new Stream(await filesOn(new SimulatedDisk()), await filesOn(new SimulatedDisk()), bytesPerSecond);
    await stream.write(state, 10);
    return stream;
  }

  async write(state: StateMachine, index: number): Promise<void> {
    const base = { index, term: 2, configuration: { index: 0, members: [RECEIVER], removed: [] } };
    await this.sending.retainOnly(await this.sending.write({ base, featureLevel: 1 }, state.chunks()));
  }

  #toReceiver(frame: PeerFrame): boolean {
    if (frame.type === 'snapshot-chunk') this.chunks.push({ ...frame, bytes: Buffer.from(frame.bytes) });
    if (!this.passes(frame) || (frame.type !== 'snapshot-chunk' && frame.type !== 'snapshot-offer')) return true;
    const kept = frame.type === 'snapshot-chunk' ? { ...frame, bytes: Buffer.from(frame.bytes) } : frame;
    this.time.schedule(1, () => this.receiver.onFrame(SENDER, kept));
    return true;
  }

  async start(term = 3): Promise<void> {
    void this.sender.send({ to: RECEIVER, term });
    await settle();
  }

  async until(holds: () => boolean): Promise<void> {
    for (let step = 0; !holds(); step += 1) {
      if (step > 20_000) throw new Error('waited in vain');
      await this.time.advance(1);
    }
  }

  get offsets(): number[] {
    return this.chunks.map(({ offset }) => offset);
  }
}

const BIG = stateOf(...Array.from({ length: 10 }, (_, position) => String(position).repeat(200_000)));

describe('a snapshot in chunks', () => {
  test('§7: arrives whole, and is a state again', async () => {
    const stream = await Stream.open(BIG);
    await stream.start();
    await stream.until(() => stream.outcomes.length === 1);
    expect(stream.outcomes).toEqual([{ index: 10, delivered: true }]);
    expect(stream.received[0]?.state.stateHash).toBe(BIG.stateHash);
    expect(stream.received[0]).toMatchObject({ leaderTerm: 3, base: { index: 10, term: 2 } });
    expect(new Set(stream.offsets).size).toBe(stream.offsets.length);
  });

  test('S18: few chunks are on their way at a time', async () => {
    const stream = await Stream.open(BIG);
    stream.passes = ({ type }) => type !== 'snapshot-receipt' || stream.chunks.length === 0;
    await stream.start();
    await stream.time.advance(1000);
    expect(stream.chunks).toHaveLength(CHUNKS_IN_FLIGHT_MAX);
  });

  test('the pace is bounded, whatever the receiver could take', async () => {
    const stream = await Stream.open(BIG, CHUNK_BYTES);
    await stream.start();
    const startedMs = stream.time.monotonicMs();
    await stream.until(() => stream.outcomes.length === 1);
    const seconds = (stream.time.monotonicMs() - startedMs) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(stream.chunks.length - 1);
    expect(seconds).toBeLessThan(stream.chunks.length + 1);
  });

  test('a broken stream goes on where it stopped, even under a new leader, when the snapshot is still the same', async () => {
    const stream = await Stream.open(BIG);
    let passed = 0;
    stream.passes = ({ type }) => type !== 'snapshot-chunk' || (passed += 1) <= 3;
    await stream.start();
    await stream.time.advance(500);
    stream.sender.onUnreachable(RECEIVER.id);
    expect(stream.outcomes).toEqual([{ index: 10, delivered: false }]);
    stream.chunks.length = 0;
    stream.passes = () => true;
    await stream.start(4);
    await stream.until(() => stream.outcomes.length === 2);
    expect(stream.offsets[0]).toBe(3 * CHUNK_BYTES);
    expect(stream.received[0]).toMatchObject({ leaderTerm: 4 });
    expect(stream.received[0]?.state.stateHash).toBe(BIG.stateHash);
  });

  test('another snapshot begins at its first byte: what was there of the old one is dropped', async () => {
    const stream = await Stream.open(BIG);
    stream.passes = ({ type }) => type !== 'snapshot-chunk' || stream.chunks.length <= 3;
    await stream.start();
    await stream.time.advance(500);
    stream.sender.onUnreachable(RECEIVER.id);
    const other = stateOf(...Array.from({ length: 10 }, (_, position) => String(9 - position).repeat(200_000)));
    await stream.write(other, 11);
    stream.chunks.length = 0;
    stream.passes = () => true;
    await stream.start();
    await stream.until(() => stream.outcomes.length === 2);
    expect(stream.offsets[0]).toBe(0);
    expect(stream.received[0]?.state.stateHash).toBe(other.stateHash);
  });

  test('a chunk lost in the middle is asked for once more, and nothing before it', async () => {
    const stream = await Stream.open(BIG);
    let lost = false;
    stream.passes = (frame) => {
      if (lost || frame.type !== 'snapshot-chunk' || frame.offset !== 2 * CHUNK_BYTES) return true;
      lost = true;
      return false;
    };
    await stream.start();
    await stream.until(() => stream.outcomes.length === 1);
    expect(stream.outcomes).toEqual([{ index: 10, delivered: true }]);
    expect(stream.offsets.filter((offset) => offset < 2 * CHUNK_BYTES)).toHaveLength(2);
    expect(stream.offsets.filter((offset) => offset === 2 * CHUNK_BYTES)).toHaveLength(2);
  });

  test('a transfer that stands still is given up, and its file closed', async () => {
    const stream = await Stream.open(BIG);
    stream.passes = ({ type }) => type !== 'snapshot-offer';
    await stream.start();
    stream.sender.expire(TRANSFER_STALL_MS + 1);
    expect(stream.outcomes).toEqual([{ index: 10, delivered: false }]);
    expect(stream.sender.active).toBe(0);
  });

  test('what was received of a snapshot that nobody goes on with gives its room back', async () => {
    const stream = await Stream.open(BIG);
    stream.passes = ({ type }) => type !== 'snapshot-chunk' || stream.chunks.length <= 3;
    await stream.start();
    await stream.time.advance(500);
    expect(stream.receiver.active).toBe(true);
    stream.receiver.expire(stream.time.monotonicMs() + PARTIAL_AGE_MS_MAX + 1);
    await settle();
    expect(stream.receiver.active).toBe(false);
  });

  test('an offer of an older term does not replace a newer one', async () => {
    const stream = await Stream.open(BIG);
    stream.passes = ({ type }) => type !== 'snapshot-chunk';
    await stream.start(5);
    await stream.time.advance(10);
    stream.sender.onUnreachable(RECEIVER.id);
    await stream.start(4);
    await stream.time.advance(10);
    expect(stream.outcomes).toHaveLength(2);
    expect(stream.received).toEqual([]);
  });
});
