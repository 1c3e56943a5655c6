/** The steps that the script is written in. */
import { encodeCommand } from './resp-connection.ts';

export type Step =
  /** One command. `on` names the connection; each is opened at its first use. */
  | { readonly type: 'call'; readonly on: string; readonly words: readonly (string | Buffer)[] }
  /** Bytes as they are, for inline commands and pipelines, with the number of replies that they call for. */
  | { readonly type: 'raw'; readonly on: string; readonly bytes: Buffer; readonly commands: readonly string[] }
  /** Bytes that end their connection; the reply before the end counts. */
  | { readonly type: 'last'; readonly bytes: Buffer; readonly command: string }
  /** Repeats a command until its reply is `wanted`: for what takes time. */
  | { readonly type: 'until'; readonly on: string; readonly words: readonly string[]; readonly wanted: string }
  /** SCAN from cursor 0 around to 0; the keys seen are told as one set. */
  | { readonly type: 'scan'; readonly on: string; readonly options: readonly string[] };

/** Lower case. */
export function nameOf(words: readonly (string | Buffer)[]): string {
  return words[0]?.toString('latin1').toLowerCase() ?? '';
}

/** `SET key "two words"`: double quotes as in JSON; `other: SET …` speaks on the connection named `other`. */
export function calls(text: string, connection = 'first'): Step[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^([a-z]+): (.*)$/.exec(line);
      const [on, rest] = match ? [match[1] ?? '', match[2] ?? ''] : [connection, line];
      const words = rest.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
      return { type: 'call', on, words: words.map((word) => (word.startsWith('"') ? String(JSON.parse(word)) : word)) };
    });
}

export function pipeline(on: string, commands: readonly (readonly string[])[]): Step {
  return { type: 'raw', on, bytes: Buffer.concat(commands.map(encodeCommand)), commands: commands.map(nameOf) };
}

export function inline(on: string, text: string, commands: readonly string[]): Step {
  return { type: 'raw', on, bytes: Buffer.from(text, 'latin1'), commands };
}
