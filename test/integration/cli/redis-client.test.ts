/** `quorate cli` against a real member: one command, a script on stdin, and a terminal. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { runWords } from '../../support/command-line.ts';
import { LocalCluster, PASSWORD } from '../../support/local-cluster.ts';
import { buildProgram } from '../../support/program.ts';
import { Terminal } from '../../support/terminal.ts';

jest.setTimeout(60_000);

let cluster: LocalCluster;
let port = '';

beforeAll(async () => {
  cluster = await LocalCluster.found({ program: buildProgram(), members: 1 });
  port = String(present(cluster.members[0], 'there is one member').clientPort);
}, 60_000);

afterAll(async () => cluster.stop(), 30_000);

const cli = (...words: string[]) => runWords(['cli', '-p', port, '-a', PASSWORD, ...words]);

describe('one command', () => {
  test('prints values raw where the output is no terminal, and as redis-cli does when asked to', async () => {
    expect(await cli('SET', 'key', 'a "value"')).toEqual({ code: 0, out: 'OK\n', err: '' });
    expect((await cli('GET', 'key')).out).toBe('a "value"\n');
    expect((await cli('--no-raw', 'GET', 'key')).out).toBe('"a \\"value\\""\n');
    expect((await cli('--no-raw', 'GET', 'none')).out).toBe('(nil)\n');
    expect((await cli('--no-raw', 'MGET', 'key', 'none')).out).toBe('1) "a \\"value\\""\n2) (nil)\n');
  });

  test('words that look like options belong to the command', async () => {
    expect((await cli('ECHO', '-h')).out).toBe('-h\n');
    expect((await cli('--', 'ECHO', '--raw')).out).toBe('--raw\n');
  });

  test('version 3 of the protocol shows maps as maps', async () => {
    const { out } = await cli('-3', '--no-raw', 'HELLO');
    expect(out).toContain('1# "server" => "redis"');
    expect(out).toContain('"proto" => (integer) 3');
  });

  test('an error reply is exit code 1', async () => {
    expect(await cli('INCR', 'key')).toEqual({ code: 1, out: 'ERR value is not an integer or out of range\n', err: '' });
  });

  test('S19: a wrong password is refused by name, and not repeated', async () => {
    const { code, err } = await runWords(['cli', '-p', port, '-a', 'no-such-password', 'PING']);
    expect(code).toBe(1);
    expect(err).toContain(`127.0.0.1:${port} refused: WRONGPASS`);
    expect(err).not.toContain('no-such-password');
  });

  test('without a password the member says so; REDISCLI_AUTH gives one', async () => {
    const words = ['cli', '-p', port, '--no-raw', 'GET', 'key'];
    const { code, err } = await runWords(words);
    expect({ code, err }).toEqual({ code: 1, err: '(give the password with -a, or type AUTH PASSWORD)\n' });
    expect((await runWords(words, { env: { REDISCLI_AUTH: PASSWORD } })).code).toBe(0);
  });

  test('a port where nobody listens is exit code 5', async () => {
    const { code, err } = await runWords(['cli', '-p', '1', 'PING']);
    expect(code).toBe(5);
    expect(err).toContain('127.0.0.1:1 cannot be reached');
  });

  test.each([
    [['-p', 'x'], '--port is a number'],
    [['--raw', '--no-raw'], '--raw and --no-raw exclude each other'],
  ])('%j is called wrongly', async (words, message) => {
    const { code, err } = await runWords(['cli', ...words, 'PING']);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('a script on stdin', () => {
  test('each line is a command, in order, with quotes as Redis reads them', async () => {
    const input = 'SET script "a b"\n\nGET script\nINCR counted\nINCR counted\nexit\nSET script never\n';
    const { code, out } = await runWords(['cli', '-p', port, '-a', PASSWORD], { input });
    expect({ code, out }).toEqual({ code: 0, out: 'OK\na b\n1\n2\n' });
    expect((await cli('GET', 'script')).out).toBe('a b\n');
  });

  test('goes on after an error and says so at the end, by exit code 1', async () => {
    const { code, out, err } = await runWords(['cli', '-p', port, '-a', PASSWORD], { input: 'NOSUCH\nSET "open\nPING\n' });
    expect(code).toBe(1);
    expect(out).toMatch(/^ERR unknown command 'NOSUCH'.*\nPONG\n$/s);
    expect(err).toContain('a quote is left open');
  });
});

describe('a terminal', () => {
  test('prompts, formats, marks a transaction, brings lines back, completes names, and ends with Ctrl-D', async () => {
    const terminal = new Terminal(['cli', '-p', port, '-a', PASSWORD]);
    await terminal.see(`127.0.0.1:${port}> `);
    terminal.type('SET typed 1\r');
    await terminal.see('OK\n');
    await terminal.see(`127.0.0.1:${port}> `);
    terminal.type('INCR typed\r');
    await terminal.see('(integer) 2\n');
    // The arrow key brings the last line back.
    terminal.type('\u001b[A\r');
    await terminal.see('(integer) 3\n');
    terminal.type('MULTI\r');
    await terminal.see(`127.0.0.1:${port}(TX)> `);
    terminal.type('INCR typed\r');
    await terminal.see('QUEUED\n');
    terminal.type('EXEC\r');
    await terminal.see('1) (integer) 4\n');
    await terminal.see(`127.0.0.1:${port}> `);
    // A tab that comes with other keys is part of what is pasted.
    terminal.type('STRL');
    await terminal.see('STRL');
    terminal.type('\t');
    await terminal.see('EN');
    terminal.type(' typed\r');
    await terminal.see('(integer) 1\n');
    terminal.type('\u0004');
    expect(await terminal.done).toBe(0);
  });

  test('S19: a password that was typed does not come back with the arrow key', async () => {
    const terminal = new Terminal(['cli', '-p', port]);
    await terminal.see('> ');
    terminal.type(`AUTH "${PASSWORD}"\r`);
    await terminal.see('OK\n');
    await terminal.see('> ');
    terminal.type('\u001b[A\r');
    terminal.type('PING\r');
    await terminal.see('PONG\n');
    expect(terminal.stdout.text.split(PASSWORD)).toHaveLength(2);
    terminal.type('quit\r');
    expect(await terminal.done).toBe(0);
  });

  test('a server that is gone is told, and found again with the next command', async () => {
    const member = present(cluster.members[0], 'there is one member');
    const terminal = new Terminal(['cli', '-p', port, '-a', PASSWORD]);
    await terminal.see('> ');
    await cluster.kill(member);
    terminal.type('PING\r');
    await terminal.see('not connected> ');
    await cluster.start(member);
    await cluster.leader();
    terminal.type('PING\r');
    await terminal.see('PONG\n');
    terminal.type('exit\r');
    expect(await terminal.done).toBe(0);
  });
});
