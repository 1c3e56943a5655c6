/** How an outcome without a reply is told to a client: the first word is the code, and the text says whether trying again is safe (S14). */
import type { Halt } from '../../api/node-status.ts';
import { assertNever } from '../../shared/assert.ts';
import { errorReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import type { Outcome } from '../command-service.ts';

const STILL_LOADING = errorReply('LOADING this member has not opened its data yet; nothing was changed, try again');

/** As a client is told it. A halted member never answers LOADING: clients would wait with it for ever. */
export function describeHalt({ reason, message }: Halt): string {
  return `this member is halted (${reason}: ${message}) and serves nothing until it is replaced or repaired`;
}

/** What is answered at once while no state is open, for `halt` or for want of time. */
export function notServing(halt: Halt | null): Reply {
  if (halt === null) return STILL_LOADING;
  return outcomeReply({ type: 'refused', code: 'HALTED', message: describeHalt(halt) });
}

type Refused = Extract<Outcome, { readonly type: 'refused' }>;

export function outcomeReply(outcome: Outcome): Reply {
  switch (outcome.type) {
    case 'replied':
      return outcome.reply;
    case 'refused':
      return errorReply(`${outcome.code} ${outcome.message}; nothing was changed, ${advice(outcome.code)}`);
    case 'unknown':
      return errorReply(
        `UNKNOWNOUTCOME ${outcome.message}; it may or may not have taken effect, so that trying again may do it twice`,
      );
    default:
      return assertNever(outcome);
  }
}

function advice(code: Refused['code']): string {
  switch (code) {
    case 'NOLEADER':
    case 'LOADING':
      return 'it is safe to try again';
    case 'BUSY':
      return 'it is safe to try again, a little later';
    case 'HALTED':
      return 'use another member';
    case 'OOM':
      return 'it is safe to try again once there is room: deletes are taken';
    default:
      return assertNever(code);
  }
}
