/** What the session itself answers; the texts that Redis has too are those of Redis 7, to the letter. */
import { TRANSACTION_BYTES_MAX } from '../../keyspace/limits.ts';
import { errorReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { WATCHED_KEYS_MAX } from './transaction.ts';

export const QUEUED: Reply = { type: 'simple', text: 'QUEUED' };
export const RESET_DONE: Reply = { type: 'simple', text: 'RESET' };
export const ABORTED = errorReply('EXECABORT Transaction discarded because of previous errors.');
export const NESTED_MULTI = errorReply('ERR MULTI calls can not be nested');
export const WATCH_INSIDE_MULTI = errorReply('ERR WATCH inside MULTI is not allowed');
export const EXEC_WITHOUT_MULTI = errorReply('ERR EXEC without MULTI');
export const DISCARD_WITHOUT_MULTI = errorReply('ERR DISCARD without MULTI');
export const TRANSACTION_FULL = errorReply(
  `ERR the transaction would take more than ${TRANSACTION_BYTES_MAX} bytes, or too many commands`,
);
export const WATCH_FULL = errorReply(`ERR a connection watches at most ${WATCHED_KEYS_MAX} keys, and one MiB of them`);
