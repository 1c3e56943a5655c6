/**
 * What the API server answered instead of what was asked for, sorted by what a caller can do about it. The API server's `Status` documents
 * carry the reason; a load balancer's page or a cut connection does not, so the kind falls back to the HTTP status and then to the cause.
 */
export const KUBERNETES_API_ERROR_KINDS = [
  'not-found',
  'conflict',
  'already-exists',
  'invalid',
  'forbidden',
  'throttled',
  'gone',
  'timeout',
  'unreachable',
  'other',
] as const;
export type KubernetesApiErrorKind = (typeof KUBERNETES_API_ERROR_KINDS)[number];

export interface KubernetesApiErrorFields {
  readonly kind: KubernetesApiErrorKind;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** The `reason` of the API server's Status document, such as `AlreadyExists`; empty when there was none. */
  readonly reason: string;
  readonly message: string;
  /** How long the server asked us to stay away; null when it did not say. */
  readonly retryAfterMs?: number | null | undefined;
  readonly cause?: unknown;
}

export class KubernetesApiError extends Error {
  override readonly name = 'KubernetesApiError';
  readonly code: `KUBERNETES_${string}`;
  readonly kind: KubernetesApiErrorKind;
  readonly status: number;
  readonly reason: string;
  readonly retryAfterMs: number | null;

  constructor(fields: KubernetesApiErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = `KUBERNETES_${fields.kind.toUpperCase().replaceAll('-', '_')}`;
    this.kind = fields.kind;
    this.status = fields.status;
    this.reason = fields.reason;
    this.retryAfterMs = fields.retryAfterMs ?? null;
  }
}

export function isKubernetesApiError(error: unknown, kind?: KubernetesApiErrorKind): error is KubernetesApiError {
  return error instanceof KubernetesApiError && (kind === undefined || error.kind === kind);
}

/** Sorts an answer by the `reason` of its Status document, then by its HTTP status. */
export function kindOfAnswer(status: number, reason: string): KubernetesApiErrorKind {
  return kindByReason[reason] ?? kindByStatus[status] ?? 'other';
}

const kindByReason: Readonly<Partial<Record<string, KubernetesApiErrorKind>>> = {
  NotFound: 'not-found',
  Conflict: 'conflict',
  AlreadyExists: 'already-exists',
  Invalid: 'invalid',
  BadRequest: 'invalid',
  Forbidden: 'forbidden',
  Unauthorized: 'forbidden',
  TooManyRequests: 'throttled',
  Gone: 'gone',
  Expired: 'gone',
  Timeout: 'timeout',
  ServerTimeout: 'timeout',
};

const kindByStatus: Readonly<Partial<Record<number, KubernetesApiErrorKind>>> = {
  400: 'invalid',
  401: 'forbidden',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'conflict',
  410: 'gone',
  415: 'invalid',
  422: 'invalid',
  429: 'throttled',
  504: 'timeout',
};

/** The error for an answer other than 2xx. `body` is the parsed JSON, or the text when it was none. */
export function errorOfAnswer(what: string, status: number, body: unknown, retryAfterMs: number | null): KubernetesApiError {
  const document = statusDocumentOf(body);
  const kind = isOfAnotherLife(document) ? 'conflict' : kindOfAnswer(status, document.reason);
  const detail = document.message === '' ? `HTTP ${status}` : document.message;
  return new KubernetesApiError({ kind, status, reason: document.reason, message: `${what}: ${detail}`, retryAfterMs });
}

const statusMessageCharactersMax = 2_000;

interface StatusDocument {
  readonly reason: string;
  readonly message: string;
  /** Paths of what was wrong in the object. */
  readonly fields: readonly string[];
}

/**
 * A patch or an apply that names the UID of an object that was here before: the API server (1.34) refuses it as a change of a field that must not
 * change, 422, where a deletion with the same precondition is told of a conflict. It is one: whoever read the object has to read again, and
 * what else was wrong was meant for the object before.
 */
function isOfAnotherLife({ reason, fields }: StatusDocument): boolean {
  return reason === 'Invalid' && fields.includes('metadata.uid');
}

function statusDocumentOf(body: unknown): StatusDocument {
  if (typeof body === 'string') return { reason: '', message: body.slice(0, statusMessageCharactersMax), fields: [] };
  if (typeof body !== 'object' || body === null) return { reason: '', message: '', fields: [] };
  const reason = 'reason' in body && typeof body.reason === 'string' ? body.reason : '';
  const message = 'message' in body && typeof body.message === 'string' ? body.message : '';
  return { reason, message: message.slice(0, statusMessageCharactersMax), fields: fieldsOf(body) };
}

function fieldsOf(body: object): readonly string[] {
  const details = 'details' in body ? body.details : null;
  const causes: unknown = typeof details === 'object' && details !== null && 'causes' in details ? details.causes : [];
  return (Array.isArray(causes) ? causes : []).map((cause: unknown) =>
    typeof cause === 'object' && cause !== null && 'field' in cause ? String(cause.field) : '',
  );
}
