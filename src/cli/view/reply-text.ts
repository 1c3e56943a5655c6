/**
 * Replies as `redis-cli` shows them: to people with types, numbers and quotes, to programs raw, one value a line. Bytes that are no
 * printable ASCII are escaped for people and passed through for programs.
 */
import { assertNever } from '../../shared/assert.ts';
import type { ReceivedReply } from '../../wire/resp/reply-parser.ts';

/** For a terminal; ends with a line break. */
export function replyText(reply: ReceivedReply): string {
  return formatted(reply, '');
}

/** @param prefix what stands under the first line of a nested reply */
function formatted(reply: ReceivedReply, prefix: string): string {
  switch (reply.type) {
    case 'simple':
      return `${reply.text}\n`;
    case 'error':
      return `(error) ${reply.message}\n`;
    case 'integer':
      return `(integer) ${reply.value}\n`;
    case 'big-number':
      return `(big number) ${reply.text}\n`;
    case 'double':
      return `(double) ${reply.text}\n`;
    case 'boolean':
      return reply.value ? '(true)\n' : '(false)\n';
    case 'null':
      return '(nil)\n';
    case 'bulk':
      return `${quoted(reply.bytes)}\n`;
    case 'verbatim':
      return `${reply.bytes.toString('utf8')}\n`;
    case 'array':
      return listed(reply.items, ')', 'array', prefix);
    case 'set':
      return listed(reply.items, '~', 'set', prefix);
    case 'push':
      return listed(reply.items, ')', 'push', prefix);
    case 'map':
      return mapped(reply.entries, prefix);
    default:
      return assertNever(reply);
  }
}

function listed(items: readonly ReceivedReply[], mark: string, kind: string, prefix: string): string {
  if (items.length === 0) return `(empty ${kind})\n`;
  const width = String(items.length).length;
  return items
    .map((item, at) => {
      const number = `${String(at + 1).padStart(width)}${mark} `;
      const inner = prefix + ' '.repeat(number.length);
      return `${at === 0 ? '' : prefix}${number}${formatted(item, inner)}`;
    })
    .join('');
}

function mapped(entries: readonly (readonly [ReceivedReply, ReceivedReply])[], prefix: string): string {
  if (entries.length === 0) return '(empty hash)\n';
  const width = String(entries.length).length;
  return entries
    .map(([key, value], at) => {
      const number = `${String(at + 1).padStart(width)}# `;
      const inner = prefix + ' '.repeat(number.length);
      const name = formatted(key, inner).replace(/\n$/, '');
      return `${at === 0 ? '' : prefix}${number}${name} => ${formatted(value, inner)}`;
    })
    .join('');
}

const escapes: Readonly<Partial<Record<number, string>>> = {
  0x07: '\\a',
  0x08: '\\b',
  0x09: '\\t',
  0x0a: '\\n',
  0x0d: '\\r',
  0x22: '\\"',
  0x5c: '\\\\',
};

/** In double quotes, so that the line can be typed again as it stands. */
export function quoted(bytes: Uint8Array): string {
  let text = '"';
  for (const byte of bytes) {
    const isPrintable = byte >= 0x20 && byte < 0x7f;
    text += escapes[byte] ?? (isPrintable ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`);
  }
  return `${text}"`;
}

/** For pipes and files: bytes as they are, a line break after each value, an empty line for null. */
export function rawReply(reply: ReceivedReply): Buffer {
  return Buffer.concat([...rawLines(reply)].flatMap((line) => [line, LINE_BREAK]));
}

const LINE_BREAK = Buffer.from('\n');

function* rawLines(reply: ReceivedReply): Generator<Buffer> {
  switch (reply.type) {
    case 'bulk':
    case 'verbatim':
      yield reply.bytes;
      return;
    case 'simple':
    case 'big-number':
    case 'double':
      yield Buffer.from(reply.text);
      return;
    case 'error':
      yield Buffer.from(reply.message);
      return;
    case 'integer':
      yield Buffer.from(String(reply.value));
      return;
    case 'boolean':
      yield Buffer.from(String(reply.value));
      return;
    case 'null':
      yield Buffer.alloc(0);
      return;
    case 'array':
    case 'set':
    case 'push':
      if (reply.items.length === 0) yield Buffer.alloc(0);
      for (const item of reply.items) yield* rawLines(item);
      return;
    case 'map':
      if (reply.entries.length === 0) yield Buffer.alloc(0);
      for (const [key, value] of reply.entries) {
        yield* rawLines(key);
        yield* rawLines(value);
      }
      return;
    default:
      assertNever(reply);
  }
}

/** What the errors that Redis does not know mean for the person who typed the command (S14); null for all others. */
export function errorHint(message: string): string | null {
  const [code] = message.split(' ');
  switch (code) {
    case 'NOLEADER':
    case 'BUSY':
      return 'nothing was done: try again';
    case 'UNKNOWNOUTCOME':
      return 'it may have been done or not: look before trying again';
    case 'OOM':
      return 'the members hold as much as they may: delete something, or raise spec.limits';
    case 'NOAUTH':
      return 'give the password with -a, or type AUTH PASSWORD';
    default:
      return null;
  }
}
