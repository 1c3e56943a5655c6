/**
 * AUTH and HELLO. There is one user, `default`; its password is read from memory at each attempt, so that it can rotate without a restart
 * (rule S19). A connection that has authenticated stays so when the password changes, as in Redis.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { OK, errorReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { NOT_AN_INTEGER, SYNTAX_ERROR, WRONG_PASSWORD } from './local-command.ts';
import type { Handler, LocalContext } from './local-command.ts';
import { nameRefusal } from './client-name.ts';

/** The version of Redis whose protocol, commands and texts we answer; clients switch features by it. */
export const COMPATIBLE_REDIS_VERSION = '7.0.15';

const NOT_AUTHENTICATED = errorReply('NOAUTH Authentication required.');
const HELLO_NOT_AUTHENTICATED = errorReply(
  'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used ' +
    'to authenticate the client and select the RESP protocol version at the same time',
);
const NO_PASSWORD_CONFIGURED = errorReply(
  'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
);
const UNSUPPORTED_PROTOCOL = errorReply('NOPROTO unsupported protocol version');
const PROTOCOL_NOT_AN_INTEGER = errorReply('ERR Protocol version is not an integer or out of range');

export { NOT_AUTHENTICATED };

/** Over digests, so that neither the length nor the first wrong byte shows in the time it takes. */
function sameSecret(given: Buffer, expected: string): boolean {
  const digest = (secret: Buffer | string): Buffer => createHash('sha256').update(secret).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function isRightPassword({ environment }: LocalContext, user: Buffer, password: Buffer): boolean {
  if (user.toString('latin1') !== 'default') return false;
  const expected = environment.password();
  return expected === null || sameSecret(password, expected);
}

export const authenticate: Handler = (context, words) => {
  const [, first, second] = words;
  if (first === undefined || words.length > 3) return SYNTAX_ERROR;
  if (second === undefined && context.environment.password() === null) return NO_PASSWORD_CONFIGURED;
  const user = second === undefined ? Buffer.from('default') : first;
  if (!isRightPassword(context, user, second ?? first)) return WRONG_PASSWORD;
  context.client.authenticated = true;
  return OK;
};

/** HELLO [2|3 [AUTH user password] [SETNAME name]], in any case. */
export const hello: Handler = (context, words) => {
  const { client } = context;
  const protocol = words[1] === undefined ? client.protocol : parseProtocol(words[1]);
  if (protocol !== 2 && protocol !== 3) return protocol;
  for (let at = 2; at < words.length;) {
    const option = (words[at] ?? Buffer.alloc(0)).toString('latin1', 0, 16).toUpperCase();
    const [first, second] = [words[at + 1], words[at + 2]];
    if (option === 'AUTH' && first !== undefined && second !== undefined) {
      if (!isRightPassword(context, first, second)) return WRONG_PASSWORD;
      client.authenticated = true;
      at += 3;
    } else if (option === 'SETNAME' && first !== undefined) {
      const refusal = nameRefusal(first, 'Client names');
      if (refusal !== null) return refusal;
      client.name = first.toString('latin1');
      at += 2;
    } else return errorReply(`ERR Syntax error in HELLO option '${words[at]?.toString('utf8', 0, 128) ?? ''}'`);
  }
  if (!client.authenticated) return HELLO_NOT_AUTHENTICATED;
  client.protocol = protocol;
  return greeting(client.id, protocol);
};

function parseProtocol(word: Buffer): 2 | 3 | Reply {
  const text = word.toString('latin1', 0, 32);
  if (!/^(0|-?[1-9][0-9]{0,18})$/.test(text)) return PROTOCOL_NOT_AN_INTEGER;
  if (text === '2') return 2;
  return text === '3' ? 3 : UNSUPPORTED_PROTOCOL;
}

/**
 * Every member takes every command, followers forward: to a client each of them is a master of its own, and `mode` is standalone because
 * nothing is redirected.
 */
function greeting(clientId: number, protocol: 2 | 3): Reply {
  const bulk = (text: string): Reply => ({ type: 'bulk', bytes: Buffer.from(text) });
  return {
    type: 'map',
    entries: [
      [bulk('server'), bulk('redis')],
      [bulk('version'), bulk(COMPATIBLE_REDIS_VERSION)],
      [bulk('proto'), { type: 'integer', value: protocol }],
      [bulk('id'), { type: 'integer', value: clientId }],
      [bulk('mode'), bulk('standalone')],
      [bulk('role'), bulk('master')],
      [bulk('modules'), { type: 'array', items: [] }],
    ],
  };
}

/** SELECT: there is one database, number 0. */
export const select: Handler = (_context, words) => {
  const word = words[1]?.toString('latin1', 0, 32) ?? '';
  if (!/^(0|-?[1-9][0-9]{0,9})$/.test(word)) return NOT_AN_INTEGER;
  return word === '0' ? OK : errorReply('ERR DB index is out of range');
};
