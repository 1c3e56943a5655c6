/**
 * The patterns of KEYS and SCAN: `*`, `?`, `[abc]`, `[^a-c]` and `\` before a character that stands for itself. A pattern that ends within
 * a class or after a backslash matches as in Redis: the class ends with the pattern, and the backslash stands for itself.
 */

/** Both as strings with one character a byte. */
export function matchesGlob(pattern: string, text: string): boolean {
  let patternAt = 0;
  let textAt = 0;
  // Only the last star needs to be taken back: what an earlier one matched can stay as short as it was.
  let starPattern = -1;
  let starText = 0;
  while (textAt < text.length) {
    if (pattern[patternAt] === '*') {
      while (pattern[patternAt] === '*') patternAt += 1;
      if (patternAt === pattern.length) return true;
      starPattern = patternAt;
      starText = textAt;
      continue;
    }
    const length = patternAt < pattern.length ? matchOne(pattern, patternAt, text.charCodeAt(textAt)) : 0;
    if (length > 0) {
      patternAt += length;
      textAt += 1;
    } else if (starPattern >= 0) {
      starText += 1;
      textAt = starText;
      patternAt = starPattern;
    } else return false;
  }
  while (pattern[patternAt] === '*') patternAt += 1;
  return patternAt === pattern.length;
}

/** How many characters of the pattern matched `code`; 0 when they did not. */
function matchOne(pattern: string, at: number, code: number): number {
  switch (pattern[at]) {
    case '?':
      return 1;
    case '[':
      return matchClass(pattern, at, code);
    case '\\':
      if (at + 1 < pattern.length) return pattern.charCodeAt(at + 1) === code ? 2 : 0;
      return code === 0x5c ? 1 : 0;
    default:
      return pattern.charCodeAt(at) === code ? 1 : 0;
  }
}

function matchClass(pattern: string, start: number, code: number): number {
  let at = start + 1;
  const negated = pattern[at] === '^';
  if (negated) at += 1;
  let matched = false;
  while (at < pattern.length && pattern[at] !== ']') {
    if (pattern[at] === '\\' && at + 1 < pattern.length) {
      matched ||= pattern.charCodeAt(at + 1) === code;
      at += 2;
    } else if (pattern[at + 1] === '-' && at + 2 < pattern.length) {
      const low = Math.min(pattern.charCodeAt(at), pattern.charCodeAt(at + 2));
      const high = Math.max(pattern.charCodeAt(at), pattern.charCodeAt(at + 2));
      matched ||= low <= code && code <= high;
      at += 3;
    } else {
      matched ||= pattern.charCodeAt(at) === code;
      at += 1;
    }
  }
  if (matched === negated) return 0;
  return Math.min(at + 1, pattern.length) - start;
}
