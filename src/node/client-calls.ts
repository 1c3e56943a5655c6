/** Where the calls of this member's own clients come in: each is admitted, or told at once why not (rule S14: then nothing was done). */
import type { Operation } from '../keyspace/operation.ts';
import type { Clock } from '../shared/clock.ts';
import type { Admission } from './admission.ts';
import { operationBytes, partsBytes } from './batching.ts';
import type { CommandPart } from './command-part.ts';
import type { Outcome, OutcomeCallback } from './command-service.ts';
import type { ReadCall, ReadPart } from './read-part.ts';
import type { Replica } from './replica.ts';

export class ClientCalls {
  readonly #replica: Replica;
  readonly #commands: CommandPart;
  readonly #reads: ReadPart;
  readonly #admission: Admission;
  readonly #clock: Clock;
  #draining = false;

  constructor(replica: Replica, commands: CommandPart, reads: ReadPart, admission: Admission, clock: Clock) {
    this.#replica = replica;
    this.#commands = commands;
    this.#reads = reads;
    this.#admission = admission;
    this.#clock = clock;
  }

  /** What was taken in and not yet answered. */
  get open(): number {
    return this.#admission.requests;
  }

  /** From now on nothing new is taken in. */
  drain(): void {
    this.#draining = true;
  }

  write(operation: Operation, done: OutcomeCallback): void {
    const admitted = this.#admit(operationBytes(operation), done);
    if (admitted) this.#commands.write(operation, admitted);
  }

  read(call: ReadCall, done: OutcomeCallback): void {
    const admitted = this.#admit(partsBytes(call.type === 'read' ? call.command : call.keys), done);
    if (admitted) this.#reads.read(call, admitted);
  }

  #admit(bytes: number, done: OutcomeCallback): OutcomeCallback | null {
    if (this.#draining || this.#replica.isStopped) {
      this.#later(done, { type: 'refused', code: 'NOLEADER', message: 'this member is stopping' });
      return null;
    }
    const admitted = this.#admission.admit(bytes, done);
    if (!admitted) this.#later(done, { type: 'refused', code: 'BUSY', message: 'too many commands are waiting' });
    return admitted;
  }

  /** A callback never runs within the call that it answers. */
  #later(done: OutcomeCallback, outcome: Outcome): void {
    this.#clock.schedule(0, () => done(outcome));
  }
}
