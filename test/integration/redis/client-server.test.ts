/** Connections at their bounds: bad input, wrong passwords, too many clients, slow readers, the end of the server. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../../support/system.ts';
import { startClientServer } from './local-client-server.ts';
import type { LocalClientServer } from './local-client-server.ts';
import { RespConnection, encodeCommand } from './resp-connection.ts';

const MIB = 1024 * 1024;
const servers: LocalClientServer[] = [];
const connections: RespConnection[] = [];

async function start(...given: Parameters<typeof startClientServer>): Promise<LocalClientServer> {
  const server = await startClientServer(...given);
  servers.push(server);
  return server;
}

async function connect(server: LocalClientServer): Promise<RespConnection> {
  const connection = await RespConnection.open(server.port);
  connections.push(connection);
  return connection;
}

async function call(connection: RespConnection, ...words: string[]): Promise<string> {
  return (await connection.call(...words)).raw.toString();
}

afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
  for (const server of servers.splice(0)) await server.stop();
});

describe('bad input', () => {
  test('a bulk length of 1 GiB is refused before anything is allocated, and nobody else notices', async () => {
    const server = await start();
    const other = await connect(server);
    const bad = await connect(server);
    const before = process.memoryUsage().arrayBuffers;
    bad.send('*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1073741824\r\n');
    expect((await bad.reply()).raw.toString()).toBe('-ERR Protocol error: invalid bulk length\r\n');
    await bad.closed;
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * MIB);
    expect(await call(other, 'PING')).toBe('+PONG\r\n');
    expect(server.server.registry.protocolErrors).toBe(1);
  });

  test('replies to what came before a malformed frame are sent before its error', async () => {
    const connection = await connect(await start());
    connection.send(Buffer.concat([encodeCommand(['SET', 'a', '1']), encodeCommand(['GET', 'a']), Buffer.from('*1\r\n:\r\n')]));
    expect((await connection.reply()).raw.toString()).toBe('+OK\r\n');
    expect((await connection.reply()).raw.toString()).toBe('$1\r\n1\r\n');
    expect((await connection.reply()).raw.toString()).toBe("-ERR Protocol error: expected '$', got ':'\r\n");
    await connection.closed;
  });

  test('an HTTP request is hung up on', async () => {
    const server = await start();
    const connection = await connect(server);
    connection.send('POST / HTTP/1.1\r\nHost: here\r\n\r\nSET a 1\r\n');
    await connection.closed;
    await expect(connection.reply()).rejects.toThrow('closed before a reply');
    expect(server.disconnections).toEqual(['not-redis']);
    expect(server.service.state.keys).toBe(0);
  });

  test('a value of 8 MiB passes, one more byte is refused by name, and the connection stays', async () => {
    const connection = await connect(await start());
    expect((await connection.call('SET', 'big', Buffer.alloc(8 * MIB, 1))).raw.toString()).toBe('+OK\r\n');
    expect((await connection.call('STRLEN', 'big')).raw.toString()).toBe(`:${8 * MIB}\r\n`);
    expect((await connection.call('SET', 'big', Buffer.alloc(8 * MIB + 1))).raw.toString()).toMatch(/^-ERR value exceeds/);
    expect((await connection.call('GET', 'big')).raw.length).toBeGreaterThan(8 * MIB);
  });

  test('what was sent before the client closed its side is still answered', async () => {
    const connection = await connect(await start());
    connection.sendLast('SET a 1\r\nGET a\r\n');
    expect((await connection.reply()).raw.toString()).toBe('+OK\r\n');
    expect((await connection.reply()).raw.toString()).toBe('$1\r\n1\r\n');
    await connection.closed;
  });
});

describe('S19: passwords', () => {
  test('without it nothing but AUTH, HELLO, RESET and QUIT is answered; a wrong one is told; the right one opens', async () => {
    const connection = await connect(await start({ password: () => 'right' }));
    expect(await call(connection, 'GET', 'a')).toBe('-NOAUTH Authentication required.\r\n');
    expect(await call(connection, 'PING')).toBe('-NOAUTH Authentication required.\r\n');
    expect(await call(connection, 'HELLO', '3')).toMatch(/^-NOAUTH HELLO must be called with the client already authenticated/);
    expect(await call(connection, 'AUTH', 'wrong')).toBe('-WRONGPASS invalid username-password pair or user is disabled.\r\n');
    expect(await call(connection, 'AUTH', 'somebody', 'right')).toMatch(/^-WRONGPASS/);
    expect(await call(connection, 'HELLO', '2', 'AUTH', 'default', 'wrong')).toMatch(/^-WRONGPASS/);
    expect(await call(connection, 'AUTH', 'right')).toBe('+OK\r\n');
    expect(await call(connection, 'SET', 'a', '1')).toBe('+OK\r\n');
    expect(await call(connection, 'RESET')).toBe('+RESET\r\n');
    expect(await call(connection, 'GET', 'a')).toBe('-NOAUTH Authentication required.\r\n');
  });

  test('HELLO with AUTH opens at once, in the version that it names', async () => {
    const connection = await connect(await start({ password: () => 'right' }));
    expect(await call(connection, 'hello', '3', 'auth', 'default', 'right', 'setname', 'me')).toMatch(/^%7\r\n/);
    expect(await call(connection, 'CLIENT', 'GETNAME')).toBe('$2\r\nme\r\n');
  });

  test('a password that rotates counts from the next AUTH on', async () => {
    let password = 'old';
    const server = await start({ password: () => password });
    const before = await connect(server);
    expect(await call(before, 'AUTH', 'old')).toBe('+OK\r\n');
    password = 'new';
    expect(await call(before, 'GET', 'a')).toBe('$-1\r\n');
    const after = await connect(server);
    expect(await call(after, 'AUTH', 'old')).toMatch(/^-WRONGPASS/);
    expect(await call(after, 'AUTH', 'new')).toBe('+OK\r\n');
  });

  test('while the password cannot be read, nobody gets in', async () => {
    const server = await start({
      password: () => {
        throw new Error('the file is gone');
      },
    });
    const connection = await connect(server);
    expect(await call(connection, 'AUTH', '')).toMatch(/^-WRONGPASS/);
    expect(await call(connection, 'GET', 'a')).toMatch(/^-NOAUTH/);
    expect(server.failures.length).toBeGreaterThan(0);
  });

  test('before authentication a frame is kept small', async () => {
    const server = await start({ password: () => 'right' });
    const long = await connect(server);
    long.send('*11\r\n');
    expect((await long.reply()).raw.toString()).toBe('-ERR Protocol error: unauthenticated multibulk length\r\n');
    const big = await connect(server);
    big.send('*2\r\n$16385\r\n');
    expect((await big.reply()).raw.toString()).toBe('-ERR Protocol error: unauthenticated bulk length\r\n');
  });
});

describe('S17: bounds', () => {
  test('one client too many is told so and closed, and there is room again when another leaves', async () => {
    const server = await start({ limits: { clientsMax: 2, unreadBytesMax: MIB } });
    const first = await connect(server);
    const second = await connect(server);
    expect(await call(first, 'PING')).toBe('+PONG\r\n');
    expect(await call(second, 'PING')).toBe('+PONG\r\n');
    const third = await connect(server);
    expect((await third.reply()).raw.toString()).toBe('-ERR max number of clients reached\r\n');
    await third.closed;
    expect(server.disconnections).toEqual(['too-many-clients']);
    expect(server.server.registry.connectionsRefused).toBe(1);
    await first.close();
    await eventually('a place is free', () => server.server.count < 2);
    expect(await call(await connect(server), 'PING')).toBe('+PONG\r\n');
  });

  test('a client that asks and does not read stops being read from, and goes on where it was', async () => {
    const server = await start();
    const slow = await connect(server);
    const value = Buffer.alloc(256 * 1024, 7);
    await slow.call('SET', 'v', value);
    slow.pause();
    const asked = 400;
    for (let count = 0; count < asked; count += 1) slow.send(encodeCommand(['GET', 'v']));
    const other = await connect(server);
    for (let count = 0; count < 50; count += 1) expect(await call(other, 'PING')).toBe('+PONG\r\n');
    const [listed] = server.server.registry.all();
    expect(listed?.unreadBytes()).toBeLessThan(40 * MIB);
    slow.resume();
    for (let count = 0; count < asked; count += 1) expect((await slow.reply()).raw.length).toBe(value.length + 11);
    expect(server.disconnections).toEqual([]);
  });

  test('beyond unreadBytesMax a client that does not read is cut off', async () => {
    const server = await start({ limits: { clientsMax: 10, unreadBytesMax: 4 * MIB } });
    const slow = await connect(server);
    const value = Buffer.alloc(3 * MIB, 7);
    await slow.call('SET', 'v', value);
    // Short replies open the window for the long ones that follow.
    for (let count = 0; count < 20; count += 1) expect(await call(slow, 'GET', 'nothing')).toBe('$-1\r\n');
    slow.pause();
    slow.send(Buffer.concat(Array.from({ length: 20 }, () => encodeCommand(['GET', 'v']))));
    await eventually('it is cut off', () => server.disconnections.length > 0);
    expect(server.disconnections).toEqual(['slow-reader']);
    expect(server.server.registry.slowReadersDisconnected).toBe(1);
    expect(await call(await connect(server), 'PING')).toBe('+PONG\r\n');
  });

  test('a reply that is longer than may be unread is an error, and the connection stays', async () => {
    const server = await start({ limits: { clientsMax: 10, unreadBytesMax: 4 * MIB } });
    const connection = await connect(server);
    await connection.call('SET', 'v', Buffer.alloc(3 * MIB, 7));
    expect(await call(connection, 'MGET', 'v', 'v')).toMatch(/^-ERR the reply takes \d+ bytes/);
    expect((await connection.call('GET', 'v')).raw.length).toBeGreaterThan(3 * MIB);
  });
});

describe('the end', () => {
  test('close answers what was begun, then ends every connection', async () => {
    const server = await start();
    const busy = await connect(server);
    const idle = await connect(server);
    expect(await call(idle, 'PING')).toBe('+PONG\r\n');
    expect(await call(busy, 'PING')).toBe('+PONG\r\n');
    const replied = busy.call('SET', 'last', '1');
    await eventually('the write was begun', () => server.server.registry.commandsBegun === 3);
    await server.server.close(5000);
    expect((await replied).raw.toString()).toBe('+OK\r\n');
    await busy.closed;
    await idle.closed;
    expect(server.server.count).toBe(0);
    await expect(RespConnection.open(server.port)).rejects.toThrow();
  });
});
