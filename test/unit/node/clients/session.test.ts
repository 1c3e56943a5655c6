import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bulkReply, errorReply, integerReply } from '../../../../src/shared/reply.ts';
import { Conversation, replied, touches } from './scripted-service.ts';

const value = (text: string): ReturnType<typeof replied> => replied(bulkReply(text));

describe('S14: order', () => {
  test('consecutive writes are submitted together, and answered in their order whatever the order of their outcomes', () => {
    const client = new Conversation().warmUp().say('SET a 1', 'SET b 2', 'INCR c');
    expect(client.service.submitted).toEqual(['write SET a 1', 'write SET b 2', 'write INCR c']);
    client.service.end('write INCR c', replied(integerReply(7)));
    client.service.end('write SET b 2');
    expect(client.heard()).toEqual([]);
    client.service.end('write SET a 1', replied(errorReply('ERR first')));
    expect(client.heard()).toEqual(['-ERR first', '+OK', ':7']);
  });

  test('consecutive reads are submitted together', () => {
    const client = new Conversation().warmUp().say('GET a', 'MGET b c', 'TTL d');
    expect(client.service.submitted).toEqual(['read GET a', 'read MGET b c', 'read TTL d']);
  });

  test('a read waits for the writes before it, and a write for the reads before it', () => {
    const client = new Conversation().warmUp().say('SET a 1', 'SET b 1', 'GET a', 'GET b', 'DEL a');
    expect(client.service.submitted).toHaveLength(2);
    client.service.end('write SET b 1');
    expect(client.service.submitted).toHaveLength(2);
    client.service.end('write SET a 1');
    expect(client.service.submitted.slice(2)).toEqual(['read GET a', 'read GET b']);
    client.service.end('read GET a', value('1'));
    expect(client.service.submitted).toHaveLength(4);
    client.service.end('read GET b', value('1'));
    expect(client.service.submitted.slice(4)).toEqual(['write DEL a']);
    client.service.end('write DEL a', replied(integerReply(1)));
    expect(client.heard()).toEqual(['+OK', '+OK', '$1', '1', '$1', '1', ':1']);
  });

  test('what the session answers itself keeps its place among the others', () => {
    const client = new Conversation().warmUp().say('SET a 1', 'PING', 'NOTHING', 'SET b 1', 'ECHO x');
    expect(client.heard()).toEqual([]);
    client.service.end('write SET b 1');
    client.service.end('write SET a 1');
    expect(client.heard()).toEqual([
      '+OK',
      '+PONG',
      "-ERR unknown command 'NOTHING', with args beginning with: ",
      '+OK',
      '$1',
      'x',
    ]);
  });

  test('INFO, TIME and WAIT tell of the writes before them, so that they wait for them', () => {
    for (const command of ['INFO keyspace', 'TIME', 'WAIT 1 0']) {
      const client = new Conversation().warmUp().say('SET a 1', command, 'PING');
      expect(client.heard()).toEqual([]);
      client.service.end('write SET a 1');
      expect(client.heard().at(-1)).toBe('+PONG');
    }
  });

  test('any outcomes in any order: replies in order, and never a read and a write outstanding together', () => {
    const command = fc.constantFrom('write', 'read', 'local');
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (kinds, draws) => {
        const client = new Conversation();
        const lines = kinds.map((kind, at) => (kind === 'write' ? `SET k ${at}` : kind === 'read' ? `GET ${at}` : `ECHO ${at}`));
        client.say(...lines);
        const heard: string[] = [];
        for (;;) {
          const { open } = client.service;
          const phases = new Set(open.map(({ text }) => text.split(' ')[0]));
          expect(phases.size).toBeLessThanOrEqual(1);
          heard.push(...client.heard());
          const call = open[(draws.next().value ?? 0) % Math.max(1, open.length)];
          if (!call) break;
          call.end(value(call.text.split(' ').at(-1)!));
        }
        heard.push(...client.heard());
        expect(heard.filter((line) => !line.startsWith('$'))).toEqual(kinds.map((_, at) => String(at)));
      }),
      { numRuns: 100 },
    );
  });

  test('a reply is in the protocol version that was in force when its command came', () => {
    const client = new Conversation().warmUp().say('GET a', 'HELLO 3', 'GET b');
    client.service.end('read GET b', replied({ type: 'null' }));
    client.service.end('read GET a', replied({ type: 'null' }));
    const heard = client.heard();
    expect(heard[0]).toBe('$-1');
    expect(heard[1]).toBe('%7');
    expect(heard.at(-1)).toBe('_');
  });
});

describe('S14: outcomes', () => {
  test.each([
    [
      { type: 'refused', code: 'NOLEADER', message: 'no leader' },
      /^-NOLEADER no leader; nothing was changed, it is safe to try again/,
    ],
    [{ type: 'refused', code: 'BUSY', message: 'too many' }, /^-BUSY too many; nothing was changed, it is safe to try again/],
    [{ type: 'refused', code: 'OOM', message: 'full' }, /^-OOM full; nothing was changed/],
    [{ type: 'refused', code: 'LOADING', message: 'soon' }, /^-LOADING soon; nothing was changed/],
    [{ type: 'refused', code: 'HALTED', message: 'evidence' }, /^-HALTED evidence; nothing was changed, use another member/],
    [{ type: 'unknown', message: 'leader lost' }, /^-UNKNOWNOUTCOME leader lost; it may or may not have taken effect/],
  ] as const)('%j', (outcome, expected) => {
    const client = new Conversation().say('SET a 1');
    client.service.end('write SET a 1', outcome);
    expect(client.heard()[0]).toMatch(expected);
  });

  test('WAIT vouches for the other voters of a majority, and for none after a write with unknown outcome', () => {
    const client = new Conversation().warmUp().say('WAIT 2 0');
    expect(client.heard()).toEqual([':1']);
    client.service.voters = 5;
    expect(client.say('WAIT 4 0').heard()).toEqual([':2']);
    client.say('SET a 1', 'WAIT 1 0');
    client.service.end('write SET a 1', { type: 'unknown', message: 'leader lost' });
    expect(client.heard().at(-1)).toBe(':0');
    client.say('SET a 2', 'WAIT 1 0');
    client.service.end('write SET a 2');
    expect(client.heard().at(-1)).toBe(':2');
  });
});

describe('while no state is open', () => {
  test('data commands are refused with LOADING, and what needs no data is answered', () => {
    const client = new Conversation();
    client.service.isOpen = false;
    client.say('GET a', 'SET a 1', 'WATCH a', 'TIME', 'PING', 'NOTHING', 'CLIENT ID');
    const heard = client.heard();
    for (const line of heard.slice(0, 4)) expect(line).toMatch(/^-LOADING .*nothing was changed, try again/);
    expect(heard.slice(4)).toEqual(['+PONG', "-ERR unknown command 'NOTHING', with args beginning with: ", ':1']);
    expect(client.say('INFO persistence').heard()).toContain('loading:1');
    client.service.isOpen = true;
    expect(client.say('INFO persistence').heard()).toContain('loading:0');
  });

  test('a halted member says that it is halted, and why: never LOADING, for which clients would wait', () => {
    const client = new Conversation();
    client.service.isOpen = false;
    client.service.halted = { reason: 'DiskOfThePast', message: 'm-1 remembers more', wantsReplacement: true };
    client.say('GET a', 'SET a 1', 'WATCH a', 'TIME', 'PING');
    const heard = client.heard();
    for (const line of heard.slice(0, 4))
      expect(line).toMatch(
        /^-HALTED this member is halted \(DiskOfThePast: m-1 remembers more\) .*; nothing was changed, use another member$/,
      );
    expect(heard[4]).toBe('+PONG');
    expect(client.say('INFO').heard()).toEqual(
      expect.arrayContaining(['loading:0', 'state:halted', 'halt_reason:DiskOfThePast']),
    );
  });

  test('a transaction that met it is not carried out', () => {
    const client = new Conversation();
    client.service.isOpen = false;
    client.say('MULTI', 'SET a 1');
    client.service.isOpen = true;
    client.say('EXEC');
    expect(client.heard().at(-1)).toBe('-EXECABORT Transaction discarded because of previous errors.');
    expect(client.service.submitted).toEqual([]);
  });
});

describe('bounds', () => {
  test('the window starts small and opens as replies turn out to be short', () => {
    const client = new Conversation().say(...Array.from({ length: 100 }, (_, at) => `GET ${at}`));
    expect(client.service.submitted.length).toBeLessThanOrEqual(4);
    while (client.service.submitted.length < 100) client.service.open[0]!.end(value('x'));
    expect(client.service.open.length).toBeGreaterThan(40);
  });

  test('at commandsInFlightMax the next command waits', () => {
    const client = new Conversation({ limits: { commandsInFlightMax: 3 } }).warmUp().say('GET a', 'GET b', 'GET c', 'GET d');
    expect(client.service.submitted).toHaveLength(3);
    client.service.end('read GET b');
    expect(client.service.submitted).toHaveLength(4);
  });

  test('at pipelineBytesMax the next command waits, and a single longer one passes alone', () => {
    const long = 'x'.repeat(3000);
    const client = new Conversation({ limits: { pipelineBytesMax: 4000 } }).warmUp().say(`SET a ${long}`, `SET b ${long}`);
    expect(client.service.open).toHaveLength(1);
    client.service.end(`write SET a ${long}`);
    expect(client.service.open).toHaveLength(1);
    client.service.end(`write SET b ${long}`);
    client.say(`SET c ${long}${long}`);
    expect(client.service.open).toHaveLength(1);
  });

  test('a session that waits asks for no more input once enough is held', () => {
    const client = new Conversation({ limits: { commandsInFlightMax: 1 } }).say('SET a 1');
    expect(client.session.wantsInput).toBe(true);
    const line = `SET b ${'x'.repeat(10_000)}`;
    client.say(...Array.from({ length: 30 }, () => line));
    expect(client.session.wantsInput).toBe(false);
    client.service.end('write SET a 1');
    while (client.service.open.length > 0) client.service.open[0]!.end();
    expect(client.session.wantsInput).toBe(true);
  });

  test('while the client does not read, nothing further is begun; then it goes on', () => {
    const client = new Conversation().warmUp();
    client.unreadBytes = 2 * 1024 * 1024;
    client.say('SET a 1', 'PING');
    expect(client.service.submitted).toEqual([]);
    client.unreadBytes = 0;
    client.session.resume();
    expect(client.service.submitted).toEqual(['write SET a 1']);
  });

  test('beyond unreadBytesMax the client is cut off, and later outcomes are heard by nobody', () => {
    const client = new Conversation({ limits: { unreadBytesMax: 1000 } }).say('GET a');
    client.unreadBytes = 900;
    client.service.end('read GET a', value('x'.repeat(200)));
    expect(client.disconnected).toBe('slow-reader');
    expect(client.session.wantsInput).toBe(false);
  });

  test('one wake for all that is ready, until it is taken', () => {
    const client = new Conversation().say('PING', 'PING');
    client.say('PING');
    expect(client.wakes).toBe(1);
    expect(client.heard()).toHaveLength(3);
    client.say('PING');
    expect(client.wakes).toBe(2);
  });
});

describe('the end', () => {
  test('QUIT answers what came before, then OK, then nothing', () => {
    const client = new Conversation().say('SET a 1', 'QUIT', 'SET b 1');
    expect(client.session.isOver).toBe(false);
    client.service.end('write SET a 1');
    expect(client.heard()).toEqual(['+OK', '+OK']);
    expect(client.session.isOver).toBe(true);
    expect(client.service.submitted).toEqual(['write SET a 1']);
  });

  test('a drained session answers what was begun and begins nothing more', () => {
    const client = new Conversation().say('SET a 1', 'GET a');
    client.session.drain();
    client.say('SET b 1');
    client.service.end('write SET a 1');
    expect(client.heard()).toEqual(['+OK']);
    expect(client.session.isOver).toBe(true);
    expect(client.service.submitted).toEqual(['write SET a 1']);
  });

  test('an idle session is over as soon as it is drained', () => {
    const client = new Conversation();
    client.session.drain();
    expect(client.wakes).toBe(1);
    expect(client.session.isOver).toBe(true);
  });

  test('when the client has said all it will, what came is still answered', () => {
    const client = new Conversation().say('SET a 1', 'GET a');
    client.session.finishInput();
    client.service.end('write SET a 1');
    expect(client.session.isOver).toBe(false);
    client.service.end('read GET a', value('1'));
    expect(client.heard()).toEqual(['+OK', '$1', '1']);
    expect(client.session.isOver).toBe(true);
  });

  test('outcomes after the connection is gone change nothing', () => {
    const client = new Conversation().say('SET a 1', 'WATCH b');
    client.session.disconnect();
    client.service.end('write SET a 1');
    expect(client.heard()).toEqual([]);
    expect(client.service.submitted).toEqual(['write SET a 1']);
  });

  test('a protocol error is told behind what came before it', () => {
    const client = new Conversation().say('SET a 1', '*x', 'SET b 1');
    client.service.end('write SET a 1');
    expect(client.heard()).toEqual(['+OK', '-ERR Protocol error: invalid multibulk length']);
    expect(client.session.isOver).toBe(true);
    expect(client.registry.protocolErrors).toBe(1);
  });
});

describe('S14: transactions', () => {
  test('EXEC is one operation with what was watched, and its replies stand where they were queued', () => {
    const client = new Conversation().warmUp().say('WATCH a b', 'MULTI', 'SET a 1', 'PING', 'GET b', 'EXEC');
    expect(client.service.submitted).toEqual(['touches a b']);
    client.service.end('touches a b', touches(3, 0));
    expect(client.service.submitted[1]).toBe('transaction [a@3 b@0] SET a 1; GET b');
    client.service.open[0]!.end(replied({ type: 'array', items: [bulkReply('set'), bulkReply('got')] }));
    expect(client.heard()).toEqual([
      ...['+OK', '+OK', '+QUEUED', '+QUEUED', '+QUEUED'],
      ...['*3', '$3', 'set', '+PONG', '$3', 'got'],
    ]);
  });

  test('WATCH waits for the writes before it, and EXEC for the WATCH', () => {
    const client = new Conversation().warmUp().say('SET a 1', 'WATCH a', 'MULTI', 'SET a 2', 'EXEC', 'GET a');
    expect(client.service.submitted).toEqual(['write SET a 1']);
    client.service.end('write SET a 1');
    client.service.end('touches a', touches(5));
    expect(client.service.submitted.at(-1)).toBe('transaction [a@5] SET a 2');
    client.service.open[0]!.end(replied({ type: 'null-array' }));
    expect(client.service.submitted.at(-1)).toBe('read GET a');
    expect(client.heard()).toEqual(['+OK', '+OK', '+OK', '+QUEUED', '*-1']);
  });

  test('a key watched twice counts as first seen', () => {
    const client = new Conversation().warmUp().say('WATCH a');
    client.service.end('touches a', touches(3));
    client.say('WATCH a');
    client.service.end('touches a', touches(8));
    client.say('MULTI', 'GET a', 'EXEC');
    expect(client.service.submitted.at(-1)).toBe('transaction [a@3] GET a');
  });

  test.each([
    { type: 'refused', code: 'NOLEADER', message: 'no leader' },
    { type: 'unknown', message: 'lost' },
  ] as const)('in doubt EXEC aborts: a WATCH that ended with %j', (outcome) => {
    const client = new Conversation().warmUp().say('WATCH a', 'MULTI', 'SET a 1', 'EXEC');
    client.service.end('touches a', outcome);
    expect(client.heard().at(-1)).toBe('*-1');
    expect(client.service.submitted).toEqual(['touches a']);
    expect(client.say('MULTI', 'EXEC').heard()).toEqual(['+OK', '*0']);
  });

  test('an answer to WATCH that comes after UNWATCH watches nothing', () => {
    const client = new Conversation().warmUp().say('WATCH a', 'UNWATCH');
    client.service.end('touches a', touches(3));
    expect(client.heard()).toEqual(['+OK', '+OK']);
    client.say('MULTI', 'SET a 1', 'EXEC');
    expect(client.service.submitted.at(-1)).toBe('transaction [] SET a 1');
  });

  test('watches end with EXEC, DISCARD, UNWATCH and RESET', () => {
    for (const end of ['DISCARD', 'EXEC', 'RESET']) {
      const client = new Conversation().warmUp().say('WATCH a');
      client.service.end('touches a', touches(3));
      client.say('MULTI', end);
      for (const call of [...client.service.open]) call.end(replied({ type: 'array', items: [] }));
      client.say('MULTI', 'SET a 1', 'EXEC');
      expect(client.service.submitted.at(-1)).toBe('transaction [] SET a 1');
    }
  });

  test('an EXEC that is refused or unknown says so, and the transaction is over', () => {
    const client = new Conversation().warmUp().say('MULTI', 'SET a 1', 'EXEC', 'EXEC');
    client.service.open[0]!.end({ type: 'unknown', message: 'lost' });
    const heard = client.heard();
    expect(heard[2]).toMatch(/^-UNKNOWNOUTCOME/);
    expect(heard[3]).toBe('-ERR EXEC without MULTI');
  });

  test('a transaction takes no more than its bytes, and then aborts', () => {
    const client = new Conversation().say('MULTI');
    const value = 'x'.repeat(60_000);
    for (let count = 0; count < 300; count += 1) client.say(`SET k ${value}`);
    const heard = client.heard();
    expect(heard.at(-1)).toMatch(/^-ERR the transaction would take more than 16777216 bytes/);
    expect(client.say('EXEC').heard()).toEqual(['-EXECABORT Transaction discarded because of previous errors.']);
    expect(client.service.submitted).toEqual([]);
  });
});
