import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../../../src/node/clients/local-commands.ts';
import { Conversation } from './scripted-service.ts';

const NOAUTH = '-NOAUTH Authentication required.';
const WRONGPASS = '-WRONGPASS invalid username-password pair or user is disabled.';

describe('CLIENT', () => {
  test.each([
    ['CLIENT SETINFO LIB-NAME ioredis', '+OK'],
    ['client setinfo lib-ver 5.0', '+OK'],
    ['CLIENT SETINFO LIB-FOO x', "-ERR Unrecognized option 'LIB-FOO'"],
    ['CLIENT SETINFO LIB-NAME "a b"', '-ERR lib-name cannot contain spaces, newlines or special characters.'],
    ['CLIENT SETINFO LIB-NAME', "-ERR wrong number of arguments for 'client|setinfo' command"],
    ['CLIENT NO-TOUCH ON', '+OK'],
    ['CLIENT NO-TOUCH maybe', '-ERR syntax error'],
    [
      'CLIENT MAINT_NOTIFICATIONS ON moving-endpoint-type none',
      "-ERR unknown subcommand 'MAINT_NOTIFICATIONS'. Try CLIENT HELP.",
    ],
    ['CLIENT TRACKING ON', "-ERR unknown subcommand 'TRACKING'. Try CLIENT HELP."],
  ])('%s', (line, expected) => {
    const client = new Conversation();
    expect(client.say(line).heard()).toEqual([expected]);
    expect(client.say('PING').heard()).toEqual(['+PONG']);
  });

  test('LIST and INFO tell what each connection said of itself', () => {
    const first = new Conversation();
    const second = new Conversation({ registry: first.registry });
    first.say('CLIENT SETNAME one', 'CLIENT SETINFO LIB-NAME lib', 'HELLO 3').heard();
    second.say('MULTI', 'PING').heard();
    const text = first.say('CLIENT LIST').heard().join('\n');
    expect(text).toContain('id=1 addr=10.0.0.1:1234 laddr=10.0.0.2:6379 name=one ');
    expect(text).toMatch(/id=1 .* flags=N .* cmd=client\|list user=default resp=3 lib-name=lib lib-ver=\n/);
    expect(text).toMatch(/id=2 .* flags=x .* multi=1 .* cmd=ping /);
    expect(first.say('CLIENT LIST ID 2 77').heard().join('\n')).not.toContain('id=1');
    first.registry.close(second.session.client);
    expect(first.say('CLIENT LIST').heard().join('\n')).not.toContain('id=2');
  });
});

describe('S19: AUTH', () => {
  test('before it nothing is answered that tells or changes anything', () => {
    const client = new Conversation({ password: 'secret' });
    client.say('GET a', 'SET a 1', 'INFO', 'MULTI', 'WATCH a', 'CLIENT LIST', 'COMMAND', 'CONFIG GET *', 'PING', 'TIME');
    expect(client.heard()).toEqual(Array.from({ length: 10 }, () => NOAUTH));
    expect(client.service.submitted).toEqual([]);
  });

  test.each([
    ['AUTH secret', '+OK'],
    ['AUTH default secret', '+OK'],
    ['AUTH wrong', WRONGPASS],
    ['AUTH default wrong', WRONGPASS],
    ['AUTH secre', WRONGPASS],
    ['AUTH secrets', WRONGPASS],
    ['AUTH Default secret', WRONGPASS],
    ['AUTH other secret', WRONGPASS],
    ['AUTH "" secret', WRONGPASS],
    ['AUTH', "-ERR wrong number of arguments for 'auth' command"],
    ['AUTH a b c', '-ERR syntax error'],
  ])('%s', (line, expected) => {
    const client = new Conversation({ password: 'secret' });
    expect(client.say(line).heard()).toEqual([expected]);
    expect(client.say('PING').heard()).toEqual([expected === '+OK' ? '+PONG' : NOAUTH]);
  });

  test('a wrong AUTH later takes nothing away, RESET does', () => {
    const client = new Conversation({ password: 'secret' }).say('AUTH secret', 'AUTH wrong', 'PING', 'RESET', 'PING');
    expect(client.heard()).toEqual(['+OK', WRONGPASS, '+PONG', '+RESET', NOAUTH]);
  });

  test('the limits before AUTH end within the pipeline that authenticates', () => {
    const client = new Conversation({ password: 'secret' });
    client.session.receive(Buffer.from(`AUTH secret\r\n*2\r\n$4\r\nECHO\r\n$20000\r\n${'x'.repeat(20_000)}\r\n`));
    expect(client.heard().slice(0, 2)).toEqual(['+OK', '$20000']);
  });

  test('HELLO that fails changes nothing', () => {
    const client = new Conversation({ password: 'secret' });
    expect(client.say('HELLO 3').heard()[0]).toMatch(/^-NOAUTH HELLO must be called/);
    expect(client.say('HELLO 3 AUTH default wrong').heard()).toEqual([WRONGPASS]);
    expect(client.say('HELLO 4 AUTH default secret').heard()).toEqual(['-NOPROTO unsupported protocol version']);
    expect(client.session.client).toMatchObject({ protocol: 2, authenticated: false });
    expect(client.say('hElLo 3 aUtH default secret SETname me').heard()[0]).toBe('%7');
    expect(client.session.client).toMatchObject({ protocol: 3, authenticated: true, name: 'me' });
  });
});

describe('INFO', () => {
  test('has the sections of Redis and our own', () => {
    const lines = new Conversation().say('INFO').heard();
    const titles = lines.filter((line) => line.startsWith('# '));
    expect(titles).toEqual(
      ['Server', 'Clients', 'Memory', 'Persistence', 'Stats', 'Replication', 'Keyspace', 'Quorate'].map((name) => `# ${name}`),
    );
    for (const line of [
      'redis_version:7.0.15',
      'quorate_version:1.2.3',
      'tcp_port:6379',
      'db0:keys=7,expires=2,avg_ttl=0',
      'leader:orders-1',
      'term:4',
    ]) {
      expect(lines).toContain(line);
    }
  });

  test('gives the sections that are asked for', () => {
    const lines = new Conversation().say('INFO replication QUORATE nothing').heard();
    expect(lines.filter((line) => line.startsWith('# '))).toEqual(['# Replication', '# Quorate']);
  });
});

describe('the rest', () => {
  test('TIME is log time, not the clock of this machine (S13)', () => {
    expect(new Conversation().say('TIME').heard()).toEqual(['*2', '$10', '1700000000', '$6', '123000']);
  });

  test('there is one database', () => {
    expect(new Conversation().say('SELECT 0', 'SELECT 1', 'SELECT -1', 'SELECT x').heard()).toEqual([
      '+OK',
      '-ERR DB index is out of range',
      '-ERR DB index is out of range',
      '-ERR value is not an integer or out of range',
    ]);
  });

  test('CONFIG GET matches patterns in any case, and knows no setting twice', () => {
    const heard = new Conversation().say('CONFIG GET SAVE append* save').heard();
    expect(heard.filter((line) => !/^[*$]/.test(line))).toEqual(['appendfsync', 'always', 'appendonly', 'yes', 'save', '']);
  });

  test('COMMAND GETKEYS finds the keys of every form', () => {
    const heard = new Conversation()
      .say('COMMAND GETKEYS MSET a 1 b 2', 'COMMAND GETKEYS WATCH x y', 'COMMAND GETKEYS RENAME f t')
      .heard();
    expect(heard.filter((line) => /^[a-z]$/.test(line))).toEqual(['a', 'b', 'x', 'y', 'f', 't']);
  });

  test('no own command has the name of one of the keyspace', () => {
    expect(catalogue.get('get')?.flags).toContain('readonly');
    expect(new Set(catalogue.keys()).size).toBe(catalogue.size);
  });

  test('a browser that posts is hung up on before its body is read', () => {
    for (const line of ['POST / HTTP/1.1', 'Host: example']) {
      const client = new Conversation().say(line, 'SET a 1');
      expect(client.disconnected).toBe('not-redis');
      expect(client.service.submitted).toEqual([]);
    }
  });
});
