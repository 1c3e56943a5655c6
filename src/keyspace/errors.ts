/** What a client is told, in Redis 7's words where Redis has any. */
import { errorReply } from '../shared/reply.ts';
import type { Reply } from '../shared/reply.ts';
import {
  KEY_BYTES_MAX,
  TRANSACTION_BYTES_MAX,
  TRANSACTION_REPLY_BYTES_MAX,
  UNSENT_BYTES_PER_ENTRY_MAX,
  VALUE_BYTES_MAX,
} from './limits.ts';
import type { CommandArguments } from './operation.ts';

export const SYNTAX_ERROR = errorReply('ERR syntax error');
export const NOT_AN_INTEGER = errorReply('ERR value is not an integer or out of range');
export const INTEGER_OUT_OF_RANGE = errorReply('ERR value is out of range, value must between -2147483648 and 2147483647');
export const NOT_A_FLOAT = errorReply('ERR value is not a valid float');
export const INVALID_CURSOR = errorReply('ERR invalid cursor');
export const OVERFLOW = errorReply('ERR increment or decrement would overflow');
export const DECREMENT_OVERFLOW = errorReply('ERR decrement would overflow');
export const NOT_FINITE = errorReply('ERR increment would produce NaN or Infinity');
export const NO_SUCH_KEY = errorReply('ERR no such key');
export const SAME_OBJECT = errorReply('ERR source and destination objects are the same');
export const DATABASE_OUT_OF_RANGE = errorReply('ERR DB index is out of range');
export const OFFSET_OUT_OF_RANGE = errorReply('ERR offset is out of range');
export const STRING_TOO_LONG = errorReply('ERR string exceeds maximum allowed size (proto-max-bulk-len)');
export const EXPIRE_OPTIONS_CLASH = errorReply('ERR NX and XX, GT or LT options at the same time are not compatible');
export const GREATER_AND_LESS_CLASH = errorReply('ERR GT and LT options at the same time are not compatible');

export const KEY_TOO_LONG = errorReply(`ERR key exceeds the limit of ${KEY_BYTES_MAX} bytes`);
export const VALUE_TOO_LONG = errorReply(`ERR value exceeds the limit of ${VALUE_BYTES_MAX} bytes`);
export const COMMAND_TOO_LONG = errorReply(`ERR command exceeds the limit of ${TRANSACTION_BYTES_MAX} bytes`);
export const UNSENT_BYTES_EXCEEDED = errorReply(
  `OOM the commands of one log entry would add more than ${UNSENT_BYTES_PER_ENTRY_MAX} bytes that were not sent; retry`,
);
export const REPLIES_TOO_LONG = errorReply(`ERR the replies of this transaction exceed ${TRANSACTION_REPLY_BYTES_MAX} bytes`);

export function wrongNumberOfArguments(name: string): Reply {
  return errorReply(`ERR wrong number of arguments for '${name}' command`);
}

export function invalidExpireTime(name: string): Reply {
  return errorReply(`ERR invalid expire time in '${name}' command`);
}

export function unsupportedOption(option: string): Reply {
  return errorReply(`ERR Unsupported option ${option}`);
}

/** Of a name and of the arguments after it, Redis shows this many characters. */
const SHOWN_CHARACTERS_MAX = 128;

export function unknownCommand(command: CommandArguments): Reply {
  const [name = new Uint8Array(), ...rest] = command;
  let shown = '';
  for (const argument of rest) {
    if (shown.length >= SHOWN_CHARACTERS_MAX) break;
    shown += `'${printable(argument, SHOWN_CHARACTERS_MAX - shown.length)}' `;
  }
  return errorReply(`ERR unknown command '${printable(name, SHOWN_CHARACTERS_MAX)}', with args beginning with: ${shown}`);
}

/** An error is one line: what would end it becomes a space, and what follows a zero byte is not shown. */
function printable(argument: Uint8Array, length: number): string {
  const text = Buffer.from(argument.subarray(0, length)).toString('latin1');
  const zero = text.indexOf('\0');
  return (zero < 0 ? text : text.slice(0, zero)).replaceAll(/[\r\n]/g, ' ');
}
