/** Text cut into lines, whatever pieces it comes in. */

/** A longer line is passed on in pieces. */
export const LINE_BYTES_MAX = 1024 * 1024;

export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      yield rest.toString('utf8', 0, end);
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LINE_BYTES_MAX) {
      yield rest.toString('utf8');
      rest = Buffer.alloc(0);
    }
  }
  if (rest.length > 0) yield rest.toString('utf8');
}
