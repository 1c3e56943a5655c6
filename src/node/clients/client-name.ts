import { errorReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';

/** Names stand in the lines of CLIENT LIST, where a space or line break would forge another field. */
export function nameRefusal(name: Buffer, subject: string): Reply | null {
  const isPrintable = name.every((byte) => byte >= 0x21 && byte <= 0x7e);
  return isPrintable ? null : errorReply(`ERR ${subject} cannot contain spaces, newlines or special characters.`);
}
