/** Streams into pods, as clients open them: SPDY's frames, and the tunnel of kubectl's port-forward. */
import { constants, createDeflate, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { SpdySession, SPDY_LIMITS } from '../../../src/devcluster/http/pods/spdy.ts';
import { SPDY_DICTIONARY } from '../../../src/devcluster/http/pods/spdy-dictionary.ts';
import { eventually } from '../../support/system.ts';

function frame(type: number, flags: number, payload: Buffer): Buffer {
  const head = Buffer.from([0x80, 3, 0, type, flags, payload.length >> 16, (payload.length >> 8) & 0xff, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

function data(id: number, flags: number, text: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(id, 0);
  head.writeUInt8(flags, 4);
  head.writeUIntBE(text.length, 5, 3);
  return Buffer.concat([head, Buffer.from(text)]);
}

function words(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, at) => bytes.writeUInt32BE(number, 4 * at));
  return bytes;
}

/** A client: headers are packed in one stream for all of the session. */
class Client {
  readonly #deflate = createDeflate({ dictionary: SPDY_DICTIONARY });
  readonly sent: Buffer[] = [];
  readonly told: string[] = [];
  readonly session: SpdySession;

  constructor(refuses = false) {
    this.session = new SpdySession({
      send: (bytes) => this.sent.push(bytes) > 0,
      onBroken: (reason) => this.told.push(`broken: ${reason}`),
      onStream: (stream) => {
        const { streamtype = '', port = '' } = stream.headers;
        this.told.push(`stream ${stream.id} ${streamtype} ${port}`);
        if (refuses) return null;
        return {
          onData: (bytes) => {
            this.told.push(`data ${stream.id} ${bytes.toString()}`);
            stream.write(bytes);
          },
          onEnd: () => {
            this.told.push(`end ${stream.id}`);
            stream.end();
          },
          onClose: () => this.told.push(`close ${stream.id}`),
        };
      },
    });
  }

  async open(id: number, headers: Readonly<Record<string, string>>): Promise<Buffer> {
    const pairs = Object.entries(headers).flatMap(([name, value]) => {
      return [words(name.length), Buffer.from(name), words(value.length), Buffer.from(value)];
    });
    const plain = Buffer.concat([words(Object.keys(headers).length), ...pairs]);
    const packed = await new Promise<Buffer>((resolve) => {
      this.#deflate.write(plain, () =>
        this.#deflate.flush(constants.Z_SYNC_FLUSH, () => resolve(this.#deflate.read() as Buffer)),
      );
    });
    return frame(1, 0, Buffer.concat([words(id, 0), Buffer.from([0, 0]), packed]));
  }

  types(): readonly number[] {
    return this.sent.map((bytes) => ((bytes[0] ?? 0) >= 0x80 ? (bytes[3] ?? 0) : 0));
  }
}

describe('a session', () => {
  test('opens streams, passes bytes both ways, and ends them, however the bytes are cut', async () => {
    const client = new Client();
    const bytes = Buffer.concat([
      await client.open(1, { streamtype: 'error', port: '6379', requestid: '0' }),
      await client.open(3, { streamType: 'data', port: '6379', requestid: '0' }),
      data(3, 0, 'PING'),
      frame(6, 0, words(9)),
      data(3, 1, '!'),
      data(7, 0, 'to nobody'),
      frame(3, 0, words(1, 5)),
    ]);
    for (let at = 0; at < bytes.length; at += 7) client.session.take(bytes.subarray(at, at + 7));
    await eventually('the last frame', () => client.told.includes('close 1'));
    expect(client.told).toEqual([
      'stream 1 error 6379',
      'stream 3 data 6379',
      'data 3 PING',
      'data 3 !',
      'end 3',
      'close 3',
      'close 1',
    ]);
    // Two replies, the bytes, the answer to the ping, the bytes, and the end.
    expect(client.types()).toEqual([2, 2, 0, 6, 0, 0]);
    expect(client.sent.at(-1)?.[4]).toBe(1);
    expect(inflateSync(Buffer.from(client.sent[0]?.subarray(12) ?? []), { finishFlush: constants.Z_SYNC_FLUSH })).toEqual(
      Buffer.alloc(4),
    );
  });

  test('refuses a stream that nobody wants', async () => {
    const client = new Client(true);
    client.session.take(await client.open(1, { streamtype: 'other' }));
    await eventually('the refusal', () => client.sent.length > 0);
    expect(client.types()).toEqual([3]);
  });

  test.each([
    ['a frame larger than any', (): Buffer => frame(1, 0, Buffer.alloc(0)).fill(0xff, 5, 8)],
    [
      'headers that nobody packed',
      (): Buffer => frame(1, 0, Buffer.concat([words(1, 0), Buffer.from([0, 0]), Buffer.from('plain text')])),
    ],
    [
      'headers that say more than there is',
      (): Buffer => {
        const packed = deflateSync(words(5, 100), { dictionary: SPDY_DICTIONARY });
        return frame(1, 0, Buffer.concat([words(1, 0), Buffer.from([0, 0]), packed]));
      },
    ],
  ])('is over after %s', async (_, bytes) => {
    const client = new Client();
    client.session.take(bytes());
    await eventually('it is over', () => client.told.length > 0);
    expect(client.told[0]).toMatch(/^broken: /);
  });
});

test('the bounds of a session are those that docs/devcluster.md names', () => {
  expect(SPDY_LIMITS).toEqual({ frameBytesMax: 1024 * 1024, headerBytesMax: 64 * 1024, streamsMax: 512 });
});
