/** What a client types: one command, or one after the other with line editing. */
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { SYSTEM_CLOCK } from '../../operator/system.ts';
import { splitInline } from '../../wire/resp/inline.ts';
import type { ReceivedReply } from '../../wire/resp/reply-parser.ts';
import { CommandError, EXIT_DONE, EXIT_FAILED } from '../command.ts';
import type { CommandContext, ExitCode } from '../command.ts';
import type { Paint } from '../view/paint.ts';
import { paintFor } from '../view/paint.ts';
import { errorHint, rawReply, replyText } from '../view/reply-text.ts';
import { ConnectionLostError } from './connection.ts';
import type { RespConnection } from './connection.ts';
import { introduced } from './server.ts';
import type { Introduction, RedisServer } from './server.ts';

export interface SessionOptions extends Introduction {
  readonly server: RedisServer;
  /** Null: formatted for a terminal, raw for everything else. */
  readonly format: 'formatted' | 'raw' | null;
}

const HISTORY_LINES_MAX = 1000;
/** Slower commands are told how long they took, as `redis-cli` does it. */
const SLOW_MS = 500;

const HELP = `A line is a command of Redis: words between spaces, with "double" or 'single' quotes around those that hold spaces.
  help          this text
  clear         an empty screen
  exit, quit    back to the shell, as Ctrl-D
COMMAND LIST names the commands that the members know.
`;

/** One command; its reply is printed. An error reply is exit code 1. */
export async function oneShot(
  options: SessionOptions,
  words: readonly (string | Uint8Array)[],
  context: CommandContext,
): Promise<ExitCode> {
  const connection = await introduced(options.server, options);
  try {
    const reply = await connection.ask(words);
    print(reply, options, context);
    return reply.type === 'error' ? EXIT_FAILED : EXIT_DONE;
  } finally {
    connection.close();
  }
}

function print(reply: ReceivedReply, { format }: SessionOptions, { stdout, stderr, env }: CommandContext): void {
  const isTerminal = stdout.isTTY === true;
  const isFormatted = format === null ? isTerminal : format === 'formatted';
  if (!isFormatted) {
    stdout.write(rawReply(reply));
    return;
  }
  const paint = paintFor(isTerminal, env);
  const text = replyText(reply);
  stdout.write(reply.type === 'error' ? `${paint('bad', text.trimEnd())}\n` : text);
  const hint = reply.type === 'error' ? errorHint(reply.message) : null;
  if (hint !== null) stderr.write(`${paint('faint', `(${hint})`)}\n`);
}

/** Lines until the end of the input, `exit` or `quit`. */
export async function interactive(options: SessionOptions, context: CommandContext): Promise<ExitCode> {
  return new Conversation(options, context).run();
}

class Conversation {
  readonly #options: SessionOptions;
  readonly #context: CommandContext;
  readonly #isTerminal: boolean;
  readonly #lines: Interface;
  readonly #paint: Paint;
  #connection: RespConnection | null = null;
  #commandNames: readonly string[] = [];
  #isInTransaction = false;
  #exitCode: ExitCode = EXIT_DONE;

  constructor(options: SessionOptions, context: CommandContext) {
    this.#options = options;
    this.#context = context;
    this.#isTerminal = context.stdin.isTTY === true && context.stdout.isTTY === true;
    this.#paint = paintFor(this.#isTerminal, context.env);
    this.#lines = createInterface({
      input: context.stdin,
      output: this.#isTerminal ? context.stdout : undefined,
      terminal: this.#isTerminal,
      historySize: HISTORY_LINES_MAX,
      removeHistoryDuplicates: true,
      completer: (line: string): [string[], string] => this.#complete(line),
    });
    // A password that was typed is not to be found by the next one who presses the arrow key.
    this.#lines.on('history', (history: string[]) => {
      const kept = history.filter((line) => !/^\s*(auth|hello)\b/i.test(line));
      history.splice(0, history.length, ...kept);
    });
    this.#lines.on('SIGINT', () => this.#lines.close());
  }

  async run(): Promise<ExitCode> {
    const lines = this.#lines[Symbol.asyncIterator]();
    try {
      await this.#connect();
      this.#prompt();
      for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
        if ((await this.#take(next.value)) === 'end') break;
        this.#prompt();
      }
      return this.#exitCode;
    } finally {
      this.#lines.close();
      this.#connection?.close();
    }
  }

  #prompt(): void {
    if (!this.#isTerminal) return;
    const where = this.#connection?.isOpen === true ? this.#options.server.label : 'not connected';
    this.#lines.setPrompt(`${where}${this.#isInTransaction ? '(TX)' : ''}> `);
    this.#lines.prompt();
  }

  /** On a terminal a server that is not there is told and tried again with the next command; a script ends. */
  async #connect(): Promise<void> {
    this.#isInTransaction = false;
    try {
      this.#connection = await introduced(this.#options.server, this.#options, (push) => {
        this.#context.stdout.write(`\n${replyText(push)}`);
      });
    } catch (error) {
      if (!this.#isTerminal || !(error instanceof CommandError)) throw error;
      this.#connection = null;
      this.#say(error.message);
      return;
    }
    if (this.#isTerminal) this.#commandNames = namesIn(await this.#connection.ask(['COMMAND', 'LIST']));
  }

  async #take(line: string): Promise<'end' | 'on'> {
    const words = splitInline(Buffer.from(line, 'utf8'));
    if (words === null) {
      this.#say('a quote is left open, or followed by something that is no space');
      return 'on';
    }
    const [first] = words;
    if (first === undefined) return 'on';
    switch (first.toString('latin1').toLowerCase()) {
      case 'exit':
      case 'quit':
        return 'end';
      case 'help':
      case '?':
        this.#context.stdout.write(HELP);
        return 'on';
      case 'clear':
        if (this.#isTerminal) this.#context.stdout.write('\u001b[H\u001b[2J');
        return 'on';
      default:
        await this.#send(words);
        return 'on';
    }
  }

  async #send(words: readonly Buffer[]): Promise<void> {
    if (this.#connection?.isOpen !== true) await this.#connect();
    const connection = this.#connection;
    if (connection === null) return;
    const { clock = SYSTEM_CLOCK } = this.#context;
    const startedMs = clock.monotonicMs();
    try {
      const reply = await connection.ask(words);
      print(reply, this.#options, this.#context);
      const tookMs = clock.monotonicMs() - startedMs;
      if (this.#isTerminal && tookMs >= SLOW_MS) this.#context.stdout.write(`(${(tookMs / 1000).toFixed(2)}s)\n`);
      this.#follow(words, reply);
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) throw error;
      this.#isInTransaction = false;
      this.#exitCode = EXIT_FAILED;
      this.#say(error.message);
    }
  }

  #follow([first = Buffer.alloc(0)]: readonly Buffer[], reply: ReceivedReply): void {
    const isError = reply.type === 'error';
    if (!this.#isTerminal && isError) this.#exitCode = EXIT_FAILED;
    const name = first.toString('latin1').toUpperCase();
    if (name === 'MULTI' && !isError) this.#isInTransaction = true;
    if (name === 'EXEC' || name === 'DISCARD') this.#isInTransaction = false;
  }

  #say(text: string): void {
    this.#context.stderr.write(`${this.#paint('bad', text)}\n`);
  }

  #complete(line: string): [string[], string] {
    if (line.includes(' ')) return [[], line];
    const typed = line.toUpperCase();
    return [this.#commandNames.filter((name) => name.startsWith(typed)), line];
  }
}

function namesIn(reply: ReceivedReply): readonly string[] {
  if (reply.type !== 'array' && reply.type !== 'set') return [];
  const names = reply.items.flatMap((item) => (item.type === 'bulk' ? [item.bytes.toString('latin1').toUpperCase()] : []));
  return [...names, 'EXIT', 'HELP'].sort();
}
