/** What the API server says no to, in the words in which `kubectl` says it. */
import { CommandError, EXIT_FAILED } from '../command.ts';
import type { PlainAnswer } from '../kubernetes/api-server.ts';

/** Printed as it is. */
export class KubectlError extends CommandError {
  override readonly name = 'KubectlError';

  constructor(message: string) {
    super(EXIT_FAILED, message);
  }
}

interface StatusDocument {
  readonly reason?: string;
  readonly message?: string;
  readonly details?: {
    readonly kind?: string;
    readonly name?: string;
    readonly causes?: readonly { readonly field?: string; readonly message?: string }[];
  };
}

/** @param during what was being done, such as `error when creating "orders.yaml"` */
export function refusalOf({ status, body }: PlainAnswer, during = ''): KubectlError {
  const document: StatusDocument = typeof body === 'object' && body !== null ? body : { message: String(body) };
  const { reason = '', message = `HTTP ${status}`, details } = document;
  if (reason === 'Invalid' && details !== undefined) return new KubectlError(invalidText(details));
  const prefix = during === '' ? '' : `${during}: `;
  return new KubectlError(`Error from server${reason === '' ? '' : ` (${reason})`}: ${prefix}${message}`);
}

function invalidText({ kind = '', name = '', causes = [] }: NonNullable<StatusDocument['details']>): string {
  const head = kind === '' && name === '' ? 'The request is invalid' : `The ${kind} "${name}" is invalid`;
  const lines = new Set(causes.map(({ field = '', message = '' }) => (field === '' ? message : `${field}: ${message}`)));
  const [first, ...more] = lines;
  if (first === undefined) return head;
  return more.length === 0 ? `${head}: ${first}` : [`${head}: `, ...[first, ...more].map((line) => `* ${line}`)].join('\n');
}
