/**
 * The words of an inline command, as one types them through telnet: separated by white space, in double quotes with backslash escapes, or
 * in single quotes. The rules are those of Redis, down to what counts as white space.
 */
const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const BACKSLASH = 0x5c;

const escapes = new Map<number, number>([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x61, 0x07],
]);

/** Null when a quote is left open, or is followed by something that is no white space. */
export function splitInline(line: Buffer): Buffer[] | null {
  const words: Buffer[] = [];
  // All words lie in one buffer: unescaped they are never longer than the line.
  const unescaped = Buffer.allocUnsafe(line.length);
  let at = 0;
  let length = 0;
  for (;;) {
    while (at < line.length && isSpace(line[at])) at += 1;
    if (at >= line.length || line[at] === 0) return words;
    const end = readWord(line, at, unescaped, length);
    if (end === null) return null;
    words.push(unescaped.subarray(length, end.length));
    ({ at, length } = end);
  }
}

interface WordEnd {
  /** Where the line goes on. */
  readonly at: number;
  /** Where the unescaped bytes end now. */
  readonly length: number;
}

function readWord(line: Buffer, start: number, unescaped: Buffer, lengthBefore: number): WordEnd | null {
  let at = start;
  let length = lengthBefore;
  while (at < line.length) {
    const byte = line[at] ?? 0;
    if (isSpace(byte) || byte === 0) break;
    if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) {
      const read = byte === DOUBLE_QUOTE ? readDoubleQuoted : readSingleQuoted;
      const quoted = read(line, at + 1, unescaped, length);
      // A closing quote ends the word: nothing may follow it but white space.
      if (quoted === null || (quoted.at < line.length && !isSpace(line[quoted.at]))) return null;
      return quoted;
    }
    unescaped[length] = byte;
    length += 1;
    at += 1;
  }
  return { at, length };
}

function readDoubleQuoted(line: Buffer, start: number, unescaped: Buffer, lengthBefore: number): WordEnd | null {
  let at = start;
  let length = lengthBefore;
  while (at < line.length) {
    const byte = line[at] ?? 0;
    if (byte === DOUBLE_QUOTE) return { at: at + 1, length };
    const escaped = byte === BACKSLASH ? line[at + 1] : undefined;
    const hex = escaped === 0x78 ? hexByte(line[at + 2], line[at + 3]) : null;
    if (hex !== null) {
      unescaped[length] = hex;
      at += 4;
    } else if (escaped !== undefined) {
      unescaped[length] = escapes.get(escaped) ?? escaped;
      at += 2;
    } else {
      unescaped[length] = byte;
      at += 1;
    }
    length += 1;
  }
  return null;
}

function readSingleQuoted(line: Buffer, start: number, unescaped: Buffer, lengthBefore: number): WordEnd | null {
  let at = start;
  let length = lengthBefore;
  while (at < line.length) {
    const byte = line[at] ?? 0;
    if (byte === SINGLE_QUOTE) return { at: at + 1, length };
    const isEscapedQuote = byte === BACKSLASH && line[at + 1] === SINGLE_QUOTE;
    unescaped[length] = isEscapedQuote ? SINGLE_QUOTE : byte;
    at += isEscapedQuote ? 2 : 1;
    length += 1;
  }
  return null;
}

function hexByte(high: number | undefined, low: number | undefined): number | null {
  if (high === undefined || low === undefined) return null;
  const text = String.fromCharCode(high, low);
  return /^[0-9a-fA-F]{2}$/.test(text) ? Number.parseInt(text, 16) : null;
}

function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}
