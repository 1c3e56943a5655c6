/** One command of `quorate kubectl` that is answered here: the server, the namespace, and where the answer goes. */
import type { Writable } from 'node:stream';
import type { ApiServer, PlainAnswer, PlainCall } from '../kubernetes/api-server.ts';
import { pathOf, shownName, unreachable } from './api-types.ts';
import type { ApiType, Place, ApiTypes } from './api-types.ts';
import { KubectlError, refusalOf } from './refusal.ts';
import type { Clock } from '../../shared/clock.ts';

const CALL_MS = 30_000;

export interface StoredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

export interface KubectlSession {
  readonly server: ApiServer;
  readonly types: ApiTypes;
  /** Of the command: `-n`, else the context's. */
  readonly namespace: string;
  readonly clock: Clock;
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly signal: AbortSignal;
}

/** What a command is about: one object, or all of a type that the selector chooses. */
export interface Target {
  readonly type: ApiType;
  readonly name: string | null;
}

/** `TYPE`, `TYPE,TYPE`, `TYPE NAME …`, `TYPE/NAME …`. @throws KubectlError */
export function targetsOf(types: ApiTypes, words: readonly string[]): readonly Target[] {
  const [first, ...rest] = words;
  if (first === undefined) throw new KubectlError('error: Required resource not specified.');
  if (words.some((word) => word.includes('/'))) {
    return words.map((word) => {
      const [typeWord = '', name = ''] = word.split('/');
      const [type] = types.named(typeWord);
      if (!word.includes('/') || type === undefined || name === '') {
        throw new KubectlError(
          'error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form',
        );
      }
      return { type, name };
    });
  }
  const named = first.split(',').flatMap((word) => types.named(word));
  return rest.length === 0
    ? named.map((type) => ({ type, name: null }))
    : named.flatMap((type) => rest.map((name) => ({ type, name })));
}

type Call = Omit<PlainCall, 'path' | 'deadlineMs'>;

/** Any answer, whatever its status. @throws KubectlError when the server cannot be reached */
export async function ask({ server }: Pick<KubectlSession, 'server'>, place: Place, call: Call): Promise<PlainAnswer> {
  const answer = await server.ask({ ...call, path: pathOf(place), deadlineMs: CALL_MS });
  if (!answer.ok) throw unreachable(answer.reason.message);
  return answer.value;
}

/** The body of a good answer. @throws KubectlError for any other */
export async function call(session: Pick<KubectlSession, 'server'>, place: Place, request: Call, during = ''): Promise<unknown> {
  const answer = await ask(session, place, request);
  if (answer.status >= 300) throw refusalOf(answer, during);
  return answer.body;
}

export function say(
  { stdout }: KubectlSession,
  { type, name }: { readonly type: ApiType; readonly name: string },
  word: string,
): void {
  stdout.write(`${shownName(type, name)} ${word}\n`);
}
