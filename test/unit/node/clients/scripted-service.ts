/** A command service whose outcomes the test gives, in any order, and a session that talks to it. */
import type { Halt } from '../../../../src/api/node-status.ts';
import type { CommandArguments, Operation } from '../../../../src/keyspace/operation.ts';
import { ClientRegistry } from '../../../../src/node/clients/client-state.ts';
import type { SessionLimits } from '../../../../src/node/clients/local-command.ts';
import { ClientSession } from '../../../../src/node/clients/session.ts';
import type { DisconnectReason } from '../../../../src/node/clients/session.ts';
import type { CommandService, NodeFacts, Outcome, OutcomeCallback } from '../../../../src/node/command-service.ts';
import { OK, arrayReply, integerReply } from '../../../../src/shared/reply.ts';
import type { Reply } from '../../../../src/shared/reply.ts';
import type { Clock } from '../../../../src/shared/clock.ts';

type Write = Operation & { readonly type: 'command' | 'transaction' };

export interface ScriptedCall {
  /** `write SET a 1`, `read GET a`, `touches a b`, `transaction [a@3] SET a 1; GET a`. */
  readonly text: string;
  /** Ends the call; an `outcome` of OK when none is given. */
  end(outcome?: Outcome): void;
}

const textOf = (words: CommandArguments): string => words.map((word) => Buffer.from(word).toString('latin1')).join(' ');

export function replied(reply: Reply): Outcome {
  return { type: 'replied', reply };
}

export function touches(...indexes: number[]): Outcome {
  return replied(arrayReply(indexes.map(integerReply)));
}

export class ScriptedService implements CommandService {
  isOpen = true;
  halted: Halt | null = null;
  voters = 3;
  /** Everything that was ever submitted, in order. */
  readonly submitted: string[] = [];
  /** What was submitted and has not ended. */
  readonly open: ScriptedCall[] = [];

  write(operation: Write, done: OutcomeCallback): void {
    if (operation.type === 'command') this.#submit(`write ${textOf(operation.arguments)}`, done);
    else {
      const watches = operation.watches.map(({ key, lastTouch }) => `${Buffer.from(key).toString()}@${lastTouch}`).join(' ');
      this.#submit(`transaction [${watches}] ${operation.commands.map(textOf).join('; ')}`.trimEnd(), done);
    }
  }

  read(command: CommandArguments, done: OutcomeCallback): void {
    this.#submit(`read ${textOf(command)}`, done);
  }

  lastTouches(keys: readonly Uint8Array[], done: OutcomeCallback): void {
    this.#submit(`touches ${textOf(keys)}`, done);
  }

  /** Ends the call of that text. */
  end(text: string, outcome?: Outcome): void {
    const call = this.open.find((candidate) => candidate.text === text);
    if (!call) throw new Error(`${text} is not open; open are: ${this.open.map((candidate) => candidate.text).join(', ')}`);
    call.end(outcome);
  }

  halt(): Halt | null {
    return this.halted;
  }

  facts(): NodeFacts | null {
    if (!this.isOpen) return null;
    return {
      version: '1.2.3',
      memberId: '0123456789abcdef',
      memberName: 'orders-0',
      clusterId: 'orders',
      role: 'follower',
      leaderName: 'orders-1',
      term: 4,
      commitIndex: 90,
      appliedIndex: 89,
      voters: this.voters,
      learners: 0,
      keys: 7,
      keysWithDeadline: 2,
      dataBytes: 1000,
      dataBytesMax: 2000,
      uptimeSeconds: 100_000,
      tcpPort: 6379,
      processId: 1,
      timeMs: 1_700_000_000_123,
      featureLevel: 1,
    };
  }

  #submit(text: string, done: OutcomeCallback): void {
    this.submitted.push(text);
    const call: ScriptedCall = {
      text,
      end: (outcome = replied(OK)) => {
        this.open.splice(this.open.indexOf(call), 1);
        done(outcome);
      },
    };
    this.open.push(call);
  }
}

const stillClock: Clock = { monotonicMs: () => 0, wallMs: () => 0, schedule: () => () => undefined };

export const LIMITS: SessionLimits = {
  clientsMax: 10,
  unreadBytesMax: 64 * 1024 * 1024,
  commandsInFlightMax: 1024,
  pipelineBytesMax: 1024 * 1024,
};

export class Conversation {
  readonly service = new ScriptedService();
  readonly session: ClientSession;
  readonly registry: ClientRegistry;
  /** What the client has not read of what was sent. */
  unreadBytes = 0;
  disconnected: DisconnectReason | null = null;
  wakes = 0;

  constructor(
    options: { readonly password?: string; readonly limits?: Partial<SessionLimits>; readonly registry?: ClientRegistry } = {},
  ) {
    const { password = null } = options;
    this.registry = options.registry ?? new ClientRegistry(stillClock);
    const client = this.registry.open('10.0.0.1:1234', '10.0.0.2:6379', password === null);
    this.session = new ClientSession(
      client,
      { service: this.service, registry: this.registry, password: () => password, limits: { ...LIMITS, ...options.limits } },
      {
        ready: () => {
          this.wakes += 1;
        },
        unreadBytes: () => this.unreadBytes,
        disconnect: (reason) => {
          this.disconnected = reason;
        },
      },
    );
  }

  /** Inline commands, one a line. */
  say(...lines: string[]): this {
    this.session.receive(Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1'));
    return this;
  }

  /** What was sent since the last call, one line each; `\r\n` stand as they are within. */
  heard(): string[] {
    const lines = this.session.takeOutput().toString('latin1').split('\r\n');
    lines.pop();
    return lines;
  }

  /** Ends short reads until the window has opened. */
  warmUp(): this {
    for (let round = 0; round < 30; round += 1) {
      this.say('GET warm');
      this.service.end('read GET warm');
    }
    this.heard();
    this.service.submitted.length = 0;
    return this;
  }
}
