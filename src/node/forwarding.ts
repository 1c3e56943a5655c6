/**
 * Writes that a follower passes on to the leader (rule S14: one hop). Requests name the term of the leader that they are meant for: a
 * leader of another term refuses them, so that a frame that lay in a buffer through an election can't take effect after its successors.
 */
import { decodeBatch, encodeBatch } from '../keyspace/batch-codec.ts';
import type { Operation } from '../keyspace/operation.ts';
import { ByteReader, ByteWriter, MalformedBytesError } from '../shared/bytes.ts';
import { errorReply } from '../shared/reply.ts';
import type { Reply } from '../shared/reply.ts';
import { readReply, writeReply } from '../wire/reply-codec.ts';
import type { Outcome } from './command-service.ts';

export interface ForwardedRequest {
  /** Unique at the sender since its start. */
  readonly request: number;
  readonly operation: Operation;
}

export interface ForwardedAnswer {
  readonly request: number;
  readonly outcome: Outcome;
}

/** By their position on the wire. The last two never pass: who answers so serves nobody, other members least of all. */
const refusalCodes = ['NOLEADER', 'BUSY', 'OOM', 'LOADING', 'HALTED'] as const;

export function encodeForwardRequests(term: number, requests: readonly ForwardedRequest[]): Buffer {
  const writer = new ByteWriter(1024).uint53(term).uint32(requests.length);
  for (const { request, operation } of requests) {
    writer.uint53(request).bytes(encodeBatch({ timeMs: 0, operations: [operation] }));
  }
  return writer.view();
}

/** @throws MalformedBytesError */
export function decodeForwardRequests(bytes: Uint8Array): {
  readonly term: number;
  readonly requests: readonly ForwardedRequest[];
} {
  const reader = new ByteReader(bytes);
  const term = reader.uint53();
  const count = reader.uint32();
  const requests: ForwardedRequest[] = [];
  for (let position = 0; position < count; position += 1) {
    const request = reader.uint53();
    const [operation] = decodeBatch(reader.bytes()).operations;
    if (!operation) throw new MalformedBytesError('a forwarded request carries no operation');
    requests.push({ request, operation });
  }
  reader.end();
  return { term, requests };
}

export function encodeForwardAnswers(answers: readonly ForwardedAnswer[]): Buffer {
  const writer = new ByteWriter(1024).uint32(answers.length);
  for (const { request, outcome } of answers) {
    writer.uint53(request);
    switch (outcome.type) {
      case 'replied':
        writer.uint8(0);
        writeReply(writer, outcome.reply);
        break;
      case 'refused':
        writer.uint8(1).uint8(refusalCodes.indexOf(outcome.code)).text(outcome.message);
        break;
      case 'unknown':
        writer.uint8(2).text(outcome.message);
        break;
    }
  }
  return writer.view();
}

/** A frame of answers is closed once it is about this long. */
const ANSWER_FRAME_BYTES = 1024 * 1024;

/** A reply longer than this does not fit a frame between members; the client is told to ask the leader itself. */
export const FORWARDED_REPLY_BYTES_MAX = 24 * 1024 * 1024;

/** Groups answers into frames; a reply too long for any frame becomes an error, never a broken connection. */
export function cutAnswers(answers: readonly ForwardedAnswer[]): ForwardedAnswer[][] {
  const groups: ForwardedAnswer[][] = [];
  let group: ForwardedAnswer[] = [];
  let bytes = 0;
  for (const answer of answers) {
    const size = outcomeBytes(answer.outcome);
    const fits = size <= FORWARDED_REPLY_BYTES_MAX;
    if (group.length > 0 && bytes + size > ANSWER_FRAME_BYTES) {
      groups.push(group);
      group = [];
      bytes = 0;
    }
    group.push(fits ? answer : { request: answer.request, outcome: { type: 'replied', reply: TOO_LONG } });
    bytes += fits ? size : 64;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

const TOO_LONG = errorReply(
  `ERR the reply is longer than ${FORWARDED_REPLY_BYTES_MAX} bytes and does not pass between members: ask the leader, or ask for less`,
);

function outcomeBytes(outcome: Outcome): number {
  return outcome.type === 'replied' ? replyBytes(outcome.reply) : outcome.message.length + 16;
}

function replyBytes(reply: Reply): number {
  switch (reply.type) {
    case 'bulk':
      return reply.bytes.length + 5;
    case 'array':
    case 'set':
      return reply.items.reduce((sum, item) => sum + replyBytes(item), 5);
    case 'map':
      return reply.entries.reduce((sum, [key, value]) => sum + replyBytes(key) + replyBytes(value), 5);
    case 'simple':
    case 'verbatim':
      return reply.text.length * 3 + 5;
    case 'error':
      return reply.message.length * 3 + 5;
    case 'integer':
    case 'double':
    case 'boolean':
    case 'null':
    case 'null-array':
      return 24;
  }
}

/** @throws MalformedBytesError */
export function decodeForwardAnswers(bytes: Uint8Array): ForwardedAnswer[] {
  const reader = new ByteReader(bytes);
  const count = reader.uint32();
  const answers: ForwardedAnswer[] = [];
  for (let position = 0; position < count; position += 1) {
    answers.push({ request: reader.uint53(), outcome: readOutcome(reader) });
  }
  reader.end();
  return answers;
}

function readOutcome(reader: ByteReader): Outcome {
  const type = reader.uint8();
  if (type === 0) return { type: 'replied', reply: readReply(reader) };
  if (type === 2) return { type: 'unknown', message: reader.text() };
  const code = refusalCodes[reader.uint8()];
  if (type !== 1 || !code) throw new MalformedBytesError('a forwarded outcome is of an unknown kind');
  return { type: 'refused', code, message: reader.text() };
}
