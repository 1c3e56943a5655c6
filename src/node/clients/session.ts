/**
 * One client's conversation, free of sockets and clocks: bytes in, bytes out. What it promises (rule S14): commands take effect in the
 * order in which they came, and replies leave in that order. Consecutive writes are submitted together without waiting for one another, and
 * so are consecutive reads; at a switch between the two, and before a command that tells of effects, it waits for what is outstanding.
 */
import { commandBytes, commandTable, prepareCommand } from '../../keyspace/command-table.ts';
import { assert, assertNever } from '../../shared/assert.ts';
import { OK, errorReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { RespParser } from '../../wire/resp/parser.ts';
import type { NodeFacts, Outcome } from '../command-service.ts';
import { NOT_AUTHENTICATED } from './authentication.ts';
import type { ClientState } from './client-state.ts';
import { fitsArity, wrongArity } from './local-command.ts';
import type { LocalContext, SessionEnvironment } from './local-command.ts';
import { COMMAND_NAME_BYTES_MAX, sessionCommands } from './local-commands.ts';
import type { Control, SessionCommand } from './local-commands.ts';
import { notServing, outcomeReply } from './outcome-reply.ts';
import { PipelineWindow } from './pipeline-window.ts';
import type { Phase } from './pipeline-window.ts';
import { ReplyQueue } from './reply-queue.ts';
import { RESET_DONE } from './session-replies.ts';
import { SessionTransactions } from './session-transactions.ts';

export type DisconnectReason = 'slow-reader' | 'not-redis';

/** What a session asks of the connection that carries it. */
export interface SessionCarrier {
  /** There is output to take, or the session is over. Called once until `takeOutput`. */
  ready(): void;
  /** Bytes that were taken and that the client has not read yet. */
  unreadBytes(): number;
  /** The connection is to be cut off now; nothing that was not taken yet will be delivered. */
  disconnect(reason: DisconnectReason): void;
}

type Words = Buffer[];
type Held = { readonly phase: Phase; readonly bytes: number; readonly begin: () => void };

/** While this much is unread, no further command is begun. */
const UNREAD_BYTES_SOFT_MAX = 1024 * 1024;
/** Received and not yet begun; beyond it reading pauses. */
const HELD_BYTES_MAX = 256 * 1024;

/** What web pages make browsers send to open ports: Redis hangs up at these two, so that no body is taken for commands. */
const notRedis = new Set(['post', 'host:']);

export class ClientSession {
  readonly client: ClientState;
  readonly #environment: SessionEnvironment;
  readonly #carrier: SessionCarrier;
  readonly #context: LocalContext;
  readonly #parser = new RespParser();
  readonly #replies: ReplyQueue;
  readonly #window: PipelineWindow;
  readonly #transactions: SessionTransactions;
  /** A command that was cut and must wait for what is outstanding. */
  #held: Held | null = null;
  /** No further command is begun; what was begun is answered, then the session is over. */
  #ending = false;
  #inputFinished = false;
  #disconnected = false;
  #signalled = false;
  #advancing = false;
  /** As of this turn; undefined until a command asks. */
  #facts: NodeFacts | null | undefined;
  readonly #unreadBytesSoftMax: number;
  #writesBegun = 0;
  #newestAcknowledged = 0;
  #newestUnknown = 0;

  constructor(client: ClientState, environment: SessionEnvironment, carrier: SessionCarrier) {
    this.client = client;
    this.#environment = environment;
    this.#carrier = carrier;
    this.#context = { client, environment };
    this.#replies = new ReplyQueue(environment.limits.unreadBytesMax);
    this.#window = new PipelineWindow(environment.limits);
    this.#unreadBytesSoftMax = Math.min(UNREAD_BYTES_SOFT_MAX, environment.limits.unreadBytesMax / 4);
    this.#transactions = new SessionTransactions(client, environment.service, {
      answer: (reply) => this.#answer(reply),
      inOrder: (phase, bytes, begin) => this.#inOrder(phase, bytes, begin),
      begin: (phase, bytes, reply) => this.#begin(phase, bytes, reply),
    });
    this.#parser.authenticated = client.authenticated;
    client.heldBytes = () => this.#parser.heldBytes;
    client.unreadBytes = () => this.#unreadBytes;
  }

  /** False: the bytes that came are not used up, and no more should be read for now. */
  get wantsInput(): boolean {
    const isWaiting = this.#held !== null || this.#unreadBytes >= this.#unreadBytesSoftMax;
    return !this.#ending && !(isWaiting && this.#parser.heldBytes >= HELD_BYTES_MAX);
  }

  /** All that was begun is answered and taken, and nothing more will come: the connection can be closed. */
  get isOver(): boolean {
    return this.#ending && this.#replies.waiting === 0 && this.#replies.encodedBytes === 0;
  }

  receive(bytes: Buffer): void {
    if (this.#ending || this.#disconnected) return;
    this.#parser.push(bytes);
    this.resume();
  }

  /** No bytes will follow: what came is still answered, as for `printf … | nc`. */
  finishInput(): void {
    this.#inputFinished = true;
    this.resume();
  }

  /** What is to be sent now; empty when there is nothing. */
  takeOutput(): Buffer {
    this.#signalled = false;
    return this.#replies.take();
  }

  /** Goes on with what was received, after the client has read some of its replies. */
  resume(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    this.#facts = undefined;
    this.#advance();
    this.#advancing = false;
    this.#signal();
  }

  /** Begins nothing more, answers what was begun, then is over. */
  drain(): void {
    this.#ending = true;
    this.#held = null;
    this.#signal();
  }

  /** The connection is gone: outcomes that still come are heard by nobody. */
  disconnect(): void {
    this.#disconnected = true;
    this.#ending = true;
    this.#held = null;
    this.#transactions.leave();
  }

  get #unreadBytes(): number {
    return this.#replies.encodedBytes + this.#carrier.unreadBytes();
  }

  #advance(): void {
    while (!this.#ending && this.#unreadBytes < this.#unreadBytesSoftMax) {
      if (this.#held !== null) {
        const { phase, bytes, begin } = this.#held;
        if (!this.#window.admits(phase, bytes)) return;
        this.#held = null;
        begin();
        continue;
      }
      const cut = this.#parser.next();
      if (!cut.ok) {
        this.#environment.registry.protocolErrors += 1;
        this.#replies.append(errorReply(`ERR ${cut.reason}`), this.client.protocol);
        this.#ending = true;
      } else if (cut.value === null) {
        this.#ending = this.#inputFinished;
        return;
      } else this.#execute(cut.value);
    }
  }

  /** Begins `begin` now, or once what is outstanding allows it; until then nothing after it is cut. */
  #inOrder(phase: Phase, bytes: number, begin: () => void): void {
    if (this.#window.admits(phase, bytes)) begin();
    else this.#held = { phase, bytes, begin };
  }

  #answer(reply: Reply): void {
    this.#replies.append(reply, this.client.protocol);
  }

  /** An answer that keeps a transaction being queued from being carried out. */
  #reject(reply: Reply): void {
    this.#transactions.abort();
    this.#answer(reply);
  }

  #execute(words: Words): void {
    const { client } = this;
    const { registry } = this.#environment;
    const [first] = words;
    assert(first !== undefined, 'a command has a name');
    const name = first.length <= COMMAND_NAME_BYTES_MAX ? first.toString('latin1').toLowerCase() : '';
    client.lastCommand = name;
    client.lastCommandAtMs = registry.nowMs();
    registry.commandsBegun += 1;
    const command = sessionCommands.get(name);
    if (command) this.#executeOwn(command, words);
    else if (notRedis.has(name)) this.#cutOff('not-redis');
    else this.#executeData(words, name);
  }

  #cutOff(reason: DisconnectReason): void {
    this.disconnect();
    this.#carrier.disconnect(reason);
  }

  #executeOwn(command: SessionCommand, words: Words): void {
    const { name, arity, flags } = command.information;
    if (!fitsArity(arity, words.length)) this.#rejectArity(command, name);
    else if (!this.client.authenticated && !flags.includes('no_auth')) this.#reject(NOT_AUTHENTICATED);
    else if (command.type === 'control') this.#control(command.control, words);
    else if (this.#transactions.isOpen) this.#transactions.queueLocal(() => command.run(this.#context, words), words);
    else if (command.waits) this.#inOrder('alone', 0, () => this.#runLocal(command, words));
    else this.#runLocal(command, words);
  }

  #rejectArity(command: SessionCommand, name: string): void {
    if (command.type === 'control' && command.control === 'exec') {
      this.#transactions.leave();
      this.#answer(errorReply(`EXECABORT Transaction discarded because of: wrong number of arguments for '${name}' command`));
    } else this.#reject(wrongArity(name));
  }

  #runLocal(command: SessionCommand & { readonly type: 'local' }, words: Words): void {
    const reply = command.run(this.#context, words);
    this.#parser.authenticated = this.client.authenticated;
    this.#answer(reply);
  }

  /** Asked at most once a turn: a pipeline has thousands of commands. */
  #factsNow(): NodeFacts | null {
    this.#facts ??= this.#environment.service.facts();
    return this.#facts;
  }

  #executeData(words: Words, name: string): void {
    const facts = this.#factsNow();
    const prepared = prepareCommand(words, facts?.featureLevel ?? 1);
    if (prepared.type === 'unknown') this.#reject(prepared.reply);
    else if (!this.client.authenticated) this.#reject(NOT_AUTHENTICATED);
    else if (facts === null) this.#reject(notServing(this.#environment.service.halt()));
    else if (prepared.type === 'invalid') this.#executeInvalid(words, name, prepared.reply);
    else if (this.#transactions.isOpen) this.#transactions.queueData(words);
    else {
      const phase = prepared.type;
      const bytes = commandBytes(words);
      this.#inOrder(phase, bytes, () => this.#submit(phase, bytes, words));
    }
  }

  /** What is wrong beyond the number of arguments is told by EXEC, in its place, and stops nothing else: as in Redis. */
  #executeInvalid(words: Words, name: string, reply: Reply): void {
    const isQueueable = this.#transactions.isOpen && fitsArity(commandTable.get(name)?.arity ?? 0, words.length);
    if (isQueueable) this.#transactions.queueLocal(() => reply, words);
    else this.#reject(reply);
  }

  #submit(phase: 'read' | 'write', bytes: number, words: Words): void {
    const { service } = this.#environment;
    const done = this.#begin(phase, bytes, outcomeReply);
    if (phase === 'read') service.read(words, done);
    else service.write({ type: 'command', arguments: words }, done);
  }

  /** Takes a place for the reply; the returned callback fills it, and goes on with what waited for this outcome. */
  #begin(phase: 'read' | 'write', bytes: number, reply: (outcome: Outcome) => Reply): (outcome: Outcome) => void {
    const slot = this.#replies.reserve(this.client.protocol);
    this.#window.begun(phase, bytes);
    const write = phase === 'write' ? this.#nextWrite() : 0;
    return (outcome) => {
      this.#window.finished(bytes, outcome);
      if (write > 0) this.#noteWrite(write, outcome);
      if (this.#disconnected) return;
      this.#replies.fill(slot, reply(outcome));
      if (this.#unreadBytes > this.#environment.limits.unreadBytesMax) this.#cutOff('slow-reader');
      else this.resume();
    };
  }

  #nextWrite(): number {
    this.#writesBegun += 1;
    return this.#writesBegun;
  }

  #noteWrite(write: number, outcome: Outcome): void {
    if (outcome.type === 'replied') this.#newestAcknowledged = Math.max(this.#newestAcknowledged, write);
    else if (outcome.type === 'unknown') this.#newestUnknown = Math.max(this.#newestUnknown, write);
    this.client.newestWriteUnknown = this.#newestUnknown > this.#newestAcknowledged;
  }

  #signal(): void {
    if (this.#signalled || this.#disconnected) return;
    if (this.#replies.encodedBytes === 0 && !this.isOver) return;
    this.#signalled = true;
    this.#carrier.ready();
  }

  #control(control: Control, words: Words): void {
    switch (control) {
      case 'multi':
        this.#transactions.multi();
        return;
      case 'exec':
        this.#transactions.exec();
        return;
      case 'discard':
        this.#transactions.discard();
        return;
      case 'watch':
        this.#transactions.watch(words.slice(1), this.#factsNow() !== null);
        return;
      case 'unwatch':
        this.#transactions.unwatch(words);
        return;
      case 'reset':
        this.#reset();
        return;
      case 'quit':
        this.#answer(OK);
        this.#ending = true;
        return;
      default:
        assertNever(control);
    }
  }

  /** As a connection that has just been opened. */
  #reset(): void {
    this.#transactions.leave();
    const { client } = this;
    client.name = '';
    client.protocol = 2;
    client.noEvict = false;
    client.noTouch = false;
    client.authenticated = this.#environment.password() === null;
    this.#parser.authenticated = client.authenticated;
    this.#answer(RESET_DONE);
  }
}
