/**
 * Cuts the bytes of a server into replies, of both versions of the protocol (RESP specification, "RESP protocol description"): the client's
 * side of `parser.ts`. Bytes may arrive cut anywhere, each is looked at once or twice, and every size is checked before anything is held for it.
 */
import { refuse, succeed } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** What came in. Doubles and big numbers stay text: what is shown is what was sent. RESP2's two nulls are one. */
export type ReceivedReply =
  | { readonly type: 'simple'; readonly text: string }
  /** The whole line without the dash. */
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'integer'; readonly value: bigint }
  | { readonly type: 'big-number'; readonly text: string }
  | { readonly type: 'double'; readonly text: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'null' }
  | { readonly type: 'bulk'; readonly bytes: Buffer }
  | { readonly type: 'verbatim'; readonly bytes: Buffer }
  | { readonly type: 'array'; readonly items: readonly ReceivedReply[] }
  | { readonly type: 'set'; readonly items: readonly ReceivedReply[] }
  /** Sent unasked: it answers no command. */
  | { readonly type: 'push'; readonly items: readonly ReceivedReply[] }
  | { readonly type: 'map'; readonly entries: readonly (readonly [ReceivedReply, ReceivedReply])[] };

export const REPLY_LIMITS = {
  bulkBytesMax: 512 * 1024 * 1024,
  itemsMax: 64 * 1024 * 1024,
  lineBytesMax: 64 * 1024,
  depthMax: 32,
} as const;

type Kind = 'array' | 'set' | 'push' | 'map';

interface Frame {
  readonly kind: Kind | 'attribute';
  /** Parts that are still to come: two for each entry of a map. */
  missing: number;
  readonly items: ReceivedReply[];
}

type Part = { readonly frame: Frame } | { readonly reply: ReceivedReply };

const kinds: Readonly<Partial<Record<string, Frame['kind']>>> = {
  '*': 'array',
  '~': 'set',
  '>': 'push',
  '%': 'map',
  '|': 'attribute',
};

/** After a refusal the stream has no meaning any more: the connection is to be closed. */
export class RespReplyParser {
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** At least so many bytes are needed before looking again is of any use. */
  #needed = 1;
  #stack: Frame[] = [];
  #refusal: string | null = null;

  push(chunk: Buffer): void {
    if (this.#refusal !== null) return;
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /** The next whole reply; null when more bytes are needed; the reason when the bytes are no reply. */
  next(): Result<ReceivedReply | null, string> {
    if (this.#refusal === null && this.#bytes >= this.#needed) {
      const bytes = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks);
      const { reply, at } = this.#advance(bytes);
      this.#chunks = [bytes.subarray(at)];
      this.#bytes = bytes.length - at;
      if (reply !== null) {
        this.#needed = 1;
        return succeed(reply);
      }
    }
    return this.#refusal === null ? succeed(null) : refuse(this.#refusal);
  }

  #advance(bytes: Buffer): { readonly reply: ReceivedReply | null; readonly at: number } {
    let at = 0;
    for (;;) {
      const part = this.#part(bytes, at);
      if (part === null) return { reply: null, at };
      at = part.end;
      let whole = this.#open(part.value);
      // A part may end the frame that it is in, and that one the next.
      while (whole !== null) {
        const frame = this.#stack.at(-1);
        if (frame === undefined) return { reply: whole, at };
        frame.items.push(whole);
        frame.missing -= 1;
        whole = frame.missing === 0 ? this.#close() : null;
      }
      if (this.#refusal !== null) return { reply: null, at };
    }
  }

  /** Null when the part begins a frame that is not whole yet. */
  #open(part: Part): ReceivedReply | null {
    if ('reply' in part) return part.reply;
    if (this.#stack.length >= REPLY_LIMITS.depthMax) {
      this.#refuse('the reply is nested too deeply');
      return null;
    }
    this.#stack.push(part.frame);
    return part.frame.missing === 0 ? this.#close() : null;
  }

  /** Attributes say something about the reply that follows, and nothing that a client must know. */
  #close(): ReceivedReply | null {
    const frame = this.#stack.pop();
    if (frame === undefined || frame.kind === 'attribute') return null;
    if (frame.kind !== 'map') return { type: frame.kind, items: frame.items };
    const entries: (readonly [ReceivedReply, ReceivedReply])[] = [];
    for (let at = 0; at + 1 < frame.items.length; at += 2) {
      const [key, value] = [frame.items[at], frame.items[at + 1]];
      if (key !== undefined && value !== undefined) entries.push([key, value]);
    }
    return { type: 'map', entries };
  }

  #part(bytes: Buffer, start: number): { readonly value: Part; readonly end: number } | null {
    const lineEnd = bytes.indexOf('\r\n', start, 'latin1');
    if (lineEnd < 0) {
      if (bytes.length - start > REPLY_LIMITS.lineBytesMax) return this.#refuse('a line is too long');
      this.#needed = bytes.length - start + 1;
      return null;
    }
    const mark = bytes.toString('latin1', start, start + 1);
    const line = bytes.toString('utf8', start + 1, lineEnd);
    const end = lineEnd + 2;
    if (mark === '$' || mark === '=' || mark === '!') return this.#bulk(bytes, start, mark, line, end);
    const kind = kinds[mark];
    if (kind !== undefined) return this.#aggregate(kind, line, end);
    const reply = simpleReply(mark, line);
    return reply === null ? this.#refuse(`"${(mark + line).slice(0, 40)}" is no reply`) : { value: { reply }, end };
  }

  #aggregate(kind: Frame['kind'], line: string, end: number): { readonly value: Part; readonly end: number } | null {
    if (line === '-1') return { value: { reply: { type: 'null' } }, end };
    const count = countOf(line, REPLY_LIMITS.itemsMax);
    if (count === null) return this.#refuse(`${kind} of ${line.slice(0, 40)} parts`);
    const missing = kind === 'map' || kind === 'attribute' ? count * 2 : count;
    return { value: { frame: { kind, missing, items: [] } }, end };
  }

  #bulk(
    bytes: Buffer,
    start: number,
    mark: '$' | '=' | '!',
    line: string,
    end: number,
  ): { readonly value: Part; readonly end: number } | null {
    if (line === '-1') return { value: { reply: { type: 'null' } }, end };
    const length = countOf(line, REPLY_LIMITS.bulkBytesMax);
    if (length === null) return this.#refuse(`a string of ${line.slice(0, 40)} bytes`);
    const after = end + length + 2;
    if (bytes.length < after) {
      this.#needed = after - start;
      return null;
    }
    const content = bytes.subarray(end, end + length);
    if (mark === '!') return { value: { reply: { type: 'error', message: content.toString('utf8') } }, end: after };
    // `txt:` or `mkd:` says how verbatim text may be shown.
    if (mark === '=') return { value: { reply: { type: 'verbatim', bytes: content.subarray(4) } }, end: after };
    return { value: { reply: { type: 'bulk', bytes: content } }, end: after };
  }

  #refuse(reason: string): null {
    this.#refusal = `Protocol error: ${reason}`;
    this.#chunks = [];
    this.#bytes = 0;
    this.#stack = [];
    return null;
  }
}

function simpleReply(mark: string, line: string): ReceivedReply | null {
  switch (mark) {
    case '+':
      return { type: 'simple', text: line };
    case '-':
      return { type: 'error', message: line };
    case ':':
      return /^[+-]?\d{1,20}$/.test(line) ? { type: 'integer', value: BigInt(line.replace(/^\+/, '')) } : null;
    case '(':
      return { type: 'big-number', text: line };
    case ',':
      return { type: 'double', text: line };
    case '#':
      return line === 't' || line === 'f' ? { type: 'boolean', value: line === 't' } : null;
    case '_':
      return line === '' ? { type: 'null' } : null;
    default:
      return null;
  }
}

function countOf(line: string, max: number): number | null {
  if (!/^\d{1,10}$/.test(line)) return null;
  const count = Number(line);
  return count <= max ? count : null;
}

/** A command as an array of bulk strings. */
export function encodeCommand(words: readonly (string | Uint8Array)[]): Buffer {
  const parts: Buffer[] = [Buffer.from(`*${words.length}\r\n`)];
  for (const word of words) {
    const bytes = typeof word === 'string' ? Buffer.from(word, 'utf8') : Buffer.from(word);
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, LINE_END);
  }
  return Buffer.concat(parts);
}

const LINE_END = Buffer.from('\r\n');
