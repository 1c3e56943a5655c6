/** Judges of a whole run, and of what is stored by whomever. */

export interface RestWrite {
  readonly type: string;
  /** Of a write to status: the fields that it sets. */
  readonly fields: readonly string[];
}

/** `observedAt` may be as old as five minutes, and is written a little sooner. */
const LOOK_MS = 240_000;

/** S20: at rest nothing is written but the Lease, and `observedAt` once in five minutes. */
export function judgeRest(writes: readonly RestWrite[], durationMs: number): string | null {
  const others = writes.filter((write) => write.type !== 'lease' && !isLook(write));
  const [first] = others;
  if (first !== undefined)
    return `S20: at rest the operator writes ${others.length} times, first ${first.type} ${first.fields.join(', ')}`;
  const looks = writes.filter(isLook).length;
  if (looks > Math.ceil(durationMs / LOOK_MS))
    return `S20: observedAt is written ${looks} times in ${durationMs / 1000} s at rest`;
  return null;
}

function isLook({ type, fields }: RestWrite): boolean {
  return type === 'status' && fields.length === 1 && fields[0] === 'observedAt';
}

export interface LeaseSight {
  readonly writer: string;
  readonly holder: string;
  /** How long ago the writer was suspended last; infinite: never. */
  readonly awakeForMs: number;
}

/** Timers of the meantime come first when a process wakes up: by then it knows. What leaves in that very moment is on its way. */
const WAKING_MS = 3;

/** Two operators: who does not hold the Lease writes nothing else. */
export function judgeLease({ writer, holder, awakeForMs }: LeaseSight): string | null {
  return writer === holder || awakeForMs < WAKING_MS ? null : `${writer} writes, and ${holder} holds the lease`;
}

/** Between the moment in which a pod is needed and the one in which the StatefulSet asks for it nothing is waited for, but the pass that is under way. */
export const RAISE_MS_MAX = 5_000;

/** S7: raised at once. @param lacking who needs a pod that the StatefulSet has not asked for in all this time */
export function judgeRaise(lacking: readonly string[], durationMs: number): string | null {
  if (lacking.length === 0 || durationMs < RAISE_MS_MAX) return null;
  return `S7: for ${durationMs / 1000} s the StatefulSet has not been raised, and ${lacking.join(', ')} is a member`;
}

/** S4, S9: no volume goes that a member counts on, whoever deletes it. */
export function judgeVolumeDeletion(volume: string, memberId: string | null, isMember: boolean): string | null {
  return memberId !== null && isMember ? `S4: volume ${volume} is deleted, and ${memberId} on it is a member` : null;
}

export function judgeWrites(acknowledged: number, there: number): string | null {
  return there === acknowledged ? null : `an acknowledged write is lost: ${acknowledged} were acknowledged, ${there} are there`;
}

export const PACE_MS = 10_000;
const PACE_CALLS_MOST = 5_000;

/** No hot loop, whatever happens: the calls of one operator in `PACE_MS`, to the API server and to members. */
export function judgePace(calls: number): string | null {
  return calls > PACE_CALLS_MOST ? `a hot loop: ${calls} calls in ${PACE_MS / 1000} s, ${PACE_CALLS_MOST} at most` : null;
}

export function judgeCalls(calls: number, callsMost: number): string | null {
  return calls > callsMost ? `a hot loop: ${calls} calls, ${callsMost} at most` : null;
}
