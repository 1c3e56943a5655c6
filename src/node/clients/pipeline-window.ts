/**
 * How many commands of one connection may wait for their outcome at the same time. Reads and writes are never outstanding together (rule
 * S14). The window opens by itself: it starts small and grows as replies turn out to be short, so that a pipeline of reads of big values
 * can't call up more bytes than the connection may leave unread.
 */
import type { Reply } from '../../shared/reply.ts';
import { replyBytes } from '../../wire/resp/encoder.ts';
import type { Outcome } from '../command-service.ts';
import type { SessionLimits } from './local-command.ts';

/** `alone`: nothing else may be outstanding. */
export type Phase = 'read' | 'write' | 'alone';

/** As long as a value may be. */
const EXPECTED_BYTES_FIRST = 8 * 1024 * 1024;
const EXPECTED_BYTES_MIN = 64;
/** Of what may be unread, the share that outstanding replies are expected to take at most. */
const UNREAD_SHARE = 0.5;

export class PipelineWindow {
  readonly #limits: SessionLimits;
  #phase: Phase = 'alone';
  #outstanding = 0;
  #outstandingBytes = 0;
  /** The longest recent reply, forgotten by half with each shorter one. */
  #expectedBytes = EXPECTED_BYTES_FIRST;

  constructor(limits: SessionLimits) {
    this.#limits = limits;
  }

  /** @param bytes of the command's arguments */
  admits(phase: Phase, bytes: number): boolean {
    if (this.#outstanding === 0) return true;
    if (phase === 'alone' || phase !== this.#phase) return false;
    const { commandsInFlightMax, pipelineBytesMax, unreadBytesMax } = this.#limits;
    if (this.#outstanding >= commandsInFlightMax) return false;
    if (this.#outstandingBytes + bytes > pipelineBytesMax) return false;
    return (this.#outstanding + 1) * this.#expectedBytes <= unreadBytesMax * UNREAD_SHARE;
  }

  begun(phase: Phase, bytes: number): void {
    this.#phase = phase;
    this.#outstanding += 1;
    this.#outstandingBytes += bytes;
  }

  finished(bytes: number, outcome: Outcome): void {
    this.#outstanding -= 1;
    this.#outstandingBytes -= bytes;
    const replied = outcome.type === 'replied' ? lengthOf(outcome.reply) : 0;
    this.#expectedBytes = Math.max(replied, this.#expectedBytes / 2, EXPECTED_BYTES_MIN);
  }
}

function lengthOf(reply: Reply): number {
  return reply.type === 'integer' || reply.type === 'null' || reply.type === 'simple' ? EXPECTED_BYTES_MIN : replyBytes(reply);
}
