import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { FIRST_GENERATION, parseClusterId, parseMemberId } from '../../../../src/shared/ids.ts';
import type { Clock } from '../../../../src/shared/clock.ts';
import type { MemberId } from '../../../../src/shared/ids.ts';
import { systemClock } from '../../../../src/node/system-clock.ts';
import { systemRandom } from '../../../../src/node/system-random.ts';
import { present } from '../../../../src/shared/assert.ts';
import type { Lane, PeerFrame } from '../../../../src/wire/peer/frame.ts';
import { RENEWAL_AGE_MS } from '../../../../src/wire/peer/connection.ts';
import { encodeHelloAnswer } from '../../../../src/wire/peer/handshake.ts';
import type { PeerIdentity, Remembered } from '../../../../src/wire/peer/handshake.ts';
import { lengthPrefixed } from '../../../../src/wire/peer/length-prefix.ts';
import type { MemberNetwork, PeerEvents, PeerName } from '../../../../src/wire/peer/network.ts';
import { openTcpNetwork } from '../../../../src/wire/peer/tcp-network.ts';
import { eventually } from '../../../support/system.ts';

const CLUSTER = present(parseClusterId('orders'), 'a cluster id');

function memberId(digit: string): MemberId {
  return present(parseMemberId(digit.repeat(16)), 'a member id');
}

class TestPeer implements PeerEvents {
  readonly frames: { from: PeerName; frame: PeerFrame; sentAtMs: number }[] = [];
  readonly refusals: string[] = [];
  readonly remembers = new Map<MemberId, Remembered>();
  readonly heard: { from: MemberId; remembered: Remembered | null; framesBefore: number }[] = [];
  readonly unreachable: MemberId[] = [];
  readonly self: PeerIdentity;
  network: MemberNetwork | null = null;

  constructor(digit: string, overrides: Partial<PeerIdentity> = {}) {
    const levels = { featureLevelMin: 1, featureLevelMax: 1, featureLevel: 1 };
    this.self = {
      clusterId: CLUSTER,
      generation: FIRST_GENERATION,
      id: memberId(digit),
      name: `member-${digit}`,
      ...levels,
      ...overrides,
    };
  }

  identity(): PeerIdentity {
    return this.self;
  }
  remembered(id: MemberId): Remembered | null {
    return this.remembers.get(id) ?? null;
  }
  onRemembered(from: PeerName, remembered: Remembered | null): void {
    this.heard.push({ from: from.id, remembered, framesBefore: this.frames.length });
  }
  onFrame(from: PeerName, frame: PeerFrame, sentAtMs: number): void {
    this.frames.push({ from, frame: 'bytes' in frame ? { ...frame, bytes: Buffer.from(frame.bytes) } : frame, sentAtMs });
  }
  onUnreachable(id: MemberId): void {
    this.unreachable.push(id);
  }
  onRefused(_peer: { readonly name: string }, code: string): void {
    this.refusals.push(code);
  }
}

const open: MemberNetwork[] = [];
const ports = new Map<string, number>();

/** How far the clocks of the members are ahead of the machine's. */
let aheadMs = 0;
const clock: Clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + aheadMs };

async function listen(peer: TestPeer, secret = 'a shared secret'): Promise<MemberNetwork> {
  const resolve = (name: string): { host: string; port: number } | null => {
    const port = ports.get(name);
    return port === undefined ? null : { host: '127.0.0.1', port };
  };
  const { network, port } = await openTcpNetwork(
    { host: '127.0.0.1', port: 0, resolve, secret: () => secret, clock, random: systemRandom },
    peer,
  );
  peer.network = network;
  ports.set(peer.self.name, port);
  open.push(network);
  return network;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((network) => network.close()));
  ports.clear();
  aheadMs = 0;
});

function protocol(text: string): PeerFrame {
  return { type: 'protocol', bytes: Buffer.from(text) };
}

async function sendUntilTaken(from: TestPeer, to: TestPeer, frame: PeerFrame, lane: Lane = 'control'): Promise<void> {
  await eventually('the frame is taken', () => from.network?.send({ id: to.self.id, name: to.self.name }, lane, frame) ?? false);
}

describe('the network between members', () => {
  test('frames arrive whole, in order, with the sender and its clock', async () => {
    const [a, b] = [new TestPeer('a'), new TestPeer('b')];
    await listen(a);
    await listen(b);
    await sendUntilTaken(a, b, protocol('first'), 'bulk');
    const big = Buffer.alloc(3 * 1024 * 1024, 7);
    a.network?.send({ id: b.self.id, name: b.self.name }, 'bulk', { type: 'protocol', bytes: big });
    a.network?.send({ id: b.self.id, name: b.self.name }, 'bulk', { type: 'membership-query' });
    await eventually('all frames arrived', () => b.frames.length === 3);
    expect(b.frames.map(({ frame }) => frame.type)).toEqual(['protocol', 'protocol', 'membership-query']);
    expect(b.frames[0]).toMatchObject({ from: { id: a.self.id, name: 'member-a' } });
    const second = b.frames[1]?.frame;
    expect(second?.type === 'protocol' && Buffer.compare(second.bytes, big)).toBe(0);
    expect(Math.abs((b.frames[0]?.sentAtMs ?? 0) - systemClock.wallMs())).toBeLessThan(60_000);
  });

  test('S12: both sides hear what the other remembers of them before the first frame', async () => {
    const [a, b] = [new TestPeer('a'), new TestPeer('b')];
    a.remembers.set(b.self.id, { term: 7, position: { term: 6, index: 42 } });
    b.remembers.set(a.self.id, { term: 3, position: { term: 2, index: 9 } });
    await listen(a);
    await listen(b);
    await sendUntilTaken(a, b, protocol('x'));
    await eventually('the frame arrived', () => b.frames.length === 1);
    expect(b.heard[0]).toEqual({ from: a.self.id, remembered: { term: 7, position: { term: 6, index: 42 } }, framesBefore: 0 });
    expect(a.heard[0]).toMatchObject({ from: b.self.id, remembered: { term: 3, position: { term: 2, index: 9 } } });
  });

  test('S12: once a member has dialled anew, the connection of its process before is heard no more', async () => {
    const [a, before, after] = [new TestPeer('a'), new TestPeer('b'), new TestPeer('b')];
    await listen(a);
    await listen(before);
    await sendUntilTaken(before, a, protocol('from the one before'));
    await eventually('it arrived', () => a.frames.length === 1);
    await listen(after);
    await sendUntilTaken(after, a, protocol('from the one after'));
    await eventually('the connection of the one before is closed', () => before.unreachable.includes(a.self.id));
  });

  test('a member that comes back under another address is spoken to there, though nobody ever closed the old connection', async () => {
    const [a, before, after] = [new TestPeer('a'), new TestPeer('b'), new TestPeer('b')];
    await listen(a);
    await listen(before);
    await sendUntilTaken(a, before, protocol('to the one before'));
    await eventually('it arrived', () => before.frames.length === 1);
    aheadMs += RENEWAL_AGE_MS;
    await listen(after);
    await sendUntilTaken(after, a, protocol('I am back'));
    await eventually('the old connection is given up', () => a.unreachable.includes(after.self.id));
    await sendUntilTaken(a, after, protocol('to the one after'));
    await eventually('it arrived at the new address', () => after.frames.length === 1);
    // Its answer to that dialling is young, and stays.
    expect(after.unreachable).toEqual([]);
  });

  test('S19: a peer that does not know the secret gets no frame through', async () => {
    const [a, b] = [new TestPeer('a'), new TestPeer('b')];
    await listen(a, 'one secret');
    await listen(b, 'another secret');
    a.network?.send({ id: b.self.id, name: b.self.name }, 'control', protocol('x'));
    await eventually('the dialer found out', () => a.refusals.includes('wrong-secret'));
    expect(b.frames).toEqual([]);
    expect(b.heard).toEqual([]);
  });

  test('S19: an acceptor without the secret cannot pass for a member, and a dialer is checked as well', async () => {
    const honest = new TestPeer('b');
    await listen(honest);
    const socket = connect(present(ports.get('member-b'), 'b listens'), '127.0.0.1');
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    socket.write(Buffer.from([5, 0, 0, 0, 1, 2, 3, 4, 5]));
    await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    expect(honest.frames).toEqual([]);
    expect(honest.refusals).toEqual(['not-serving']);
  });

  test.each([
    ['another cluster', { clusterId: present(parseClusterId('payments'), 'id') }, 'other-cluster'],
    ['a higher generation (S5)', { generation: { number: 2, id: 'f'.repeat(16) } }, 'higher-generation'],
    ['a lower generation (S5)', { generation: { number: 0, id: 'f'.repeat(16) } }, 'lower-generation'],
    ['the same generation number with another id (S5)', { generation: { number: 1, id: 'f'.repeat(16) } }, 'other-generation'],
    [
      'a feature level in force that we do not speak (S16)',
      { featureLevelMin: 2, featureLevelMax: 2, featureLevel: 2 },
      'feature-level',
    ],
  ])('a member of %s is refused by name', async (_what, overrides, code) => {
    const [a, b] = [new TestPeer('a', overrides), new TestPeer('b')];
    await listen(a);
    await listen(b);
    a.network?.send({ id: b.self.id, name: b.self.name }, 'control', protocol('x'));
    await eventually('the acceptor refused', () => b.refusals.includes(code));
    expect(b.frames).toEqual([]);
  });

  test('S5: of two generations each learns what the other is, and no frame passes; the higher one never hears that it is the lower', async () => {
    const [old, recovered] = [new TestPeer('a'), new TestPeer('b', { generation: { number: 2, id: 'e'.repeat(16) } })];
    await listen(old);
    await listen(recovered);
    // Who is dialled does not matter, nor whom the dialer expects under the name.
    old.network?.send({ id: memberId('c'), name: 'member-b' }, 'control', protocol('x'));
    await eventually('both know', () => old.refusals.length > 0 && recovered.refusals.length > 0);
    recovered.network?.send({ id: old.self.id, name: 'member-a' }, 'control', protocol('x'));
    const [before, beforeRecovered] = [old.refusals.length, recovered.refusals.length];
    await eventually('both know again', () => old.refusals.length > before && recovered.refusals.length > beforeRecovered);
    expect(new Set(old.refusals)).toEqual(new Set(['higher-generation']));
    expect(new Set(recovered.refusals)).toEqual(new Set(['lower-generation']));
    expect([...old.frames, ...recovered.frames]).toEqual([]);
  });

  test('S5, S19: a stranger cannot tell a member of a higher generation, neither as a dialer nor as who is dialled', async () => {
    const [member, stranger] = [new TestPeer('a'), new TestPeer('b', { generation: { number: 9, id: 'e'.repeat(16) } })];
    await listen(member, 'the secret');
    await listen(stranger, 'a guess');
    stranger.network?.send({ id: member.self.id, name: 'member-a' }, 'control', protocol('x'));
    await eventually('the stranger was turned away', () => stranger.refusals.includes('wrong-secret'));
    member.network?.send({ id: stranger.self.id, name: 'member-b' }, 'control', protocol('x'));
    await eventually('the member turned away', () => member.refusals.includes('wrong-secret'));
    // A refusal proves nothing either, whatever it says.
    const liar = createServer((socket) => {
      const message = 'believe me';
      socket.on('error', () => undefined);
      socket.resume();
      socket.end(lengthPrefixed(encodeHelloAnswer({ type: 'refused', code: 'higher-generation', message })));
    });
    await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', () => resolve()));
    const address = liar.address();
    ports.set('member-c', typeof address === 'object' && address ? address.port : 0);
    member.network?.send({ id: memberId('c'), name: 'member-c' }, 'control', protocol('x'));
    await eventually('the member heard the liar', () => member.refusals.includes('not-serving'));
    expect(member.refusals).not.toContain('higher-generation');
    await new Promise((resolve) => liar.close(resolve));
  });

  test('S2: who answers under a known name with another id is not taken for the member that was meant', async () => {
    const [a, b] = [new TestPeer('a'), new TestPeer('b')];
    await listen(a);
    await listen(b);
    a.network?.send({ id: memberId('c'), name: 'member-b' }, 'control', protocol('x'));
    await eventually('the dialer was told', () => a.refusals.includes('other-member'));
    expect(b.frames).toEqual([]);
  });

  test('a frame longer than the limit ends the connection before it is stored', async () => {
    const b = new TestPeer('b');
    await listen(b);
    const socket = connect(present(ports.get('member-b'), 'b listens'), '127.0.0.1');
    const header = Buffer.alloc(4);
    header.writeUInt32LE(0x4000_0000, 0);
    socket.write(header);
    await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    expect(b.refusals).toEqual(['not-serving']);
  });

  test('a peer that goes away is named unreachable, and dialled again when it is back', async () => {
    const [a, b] = [new TestPeer('a'), new TestPeer('b')];
    await listen(a);
    const first = await listen(b);
    await sendUntilTaken(a, b, protocol('x'));
    await first.close();
    await eventually('a noticed', () => a.unreachable.includes(b.self.id));
    const again = new TestPeer('b');
    await listen(again);
    await sendUntilTaken(a, again, protocol('y'));
    await eventually('the frame arrived', () => again.frames.length === 1);
    expect(a.network?.spokenLevels(b.self.id)).toEqual({ min: 1, max: 1 });
  });
});
