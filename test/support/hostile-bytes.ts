/**
 * Bytes that no one would send, and what is asked of whoever reads them: a value, or the typed error of its room; no other error, no memory
 * beyond a small multiple of what came, and an end. The seed is fixed, so that a build that passed passes again; `QUORATE_FUZZ_SEED` and
 * `QUORATE_FUZZ_RUNS` choose others, and a failure names the ones that show it again.
 */
import vm from 'node:vm';
import fc from 'fast-check';

const SEED_DEFAULT = 20_240_817;
const RUNS_DEFAULT = 1000;
export const FUZZ_SEED = Number(process.env['QUORATE_FUZZ_SEED'] ?? SEED_DEFAULT);
export const FUZZ_RUNS = Number(process.env['QUORATE_FUZZ_RUNS'] ?? RUNS_DEFAULT);

/** For all runs of one property together; many times what they take on a busy machine. */
const MILLISECONDS_MAX = 60_000 + 60 * FUZZ_RUNS;

/** What a decoder may ask for at once: a few times what it was given, and a first buffer or two. */
const ALLOCATED_PER_BYTE_MAX = 8;
const ALLOCATED_BYTES_MIN = 64 * 1024;
/** Not even asked of the machine. */
const REFUSED_BYTES = 1024 * 1024 * 1024;

/** Lengths and counts that have made readers ask for memory, loop, or count below zero. */
const TELLING_NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];

const KINDS = ['cut', 'flip', 'set', 'number', 'long-number', 'insert', 'remove', 'repeat', 'splice'] as const;

const damage = fc.record({
  kind: fc.constantFrom(...KINDS),
  place: fc.nat(),
  amount: fc.nat(60),
  number: fc.constantFrom(...TELLING_NUMBERS),
  more: fc.uint8Array({ minLength: 1, maxLength: 20 }),
});
type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never;

/** `other` is well formed too, of the same kind. */
function harm(bytes: Buffer, other: Buffer, { kind, place, amount, number, more }: Damage): Buffer {
  if (bytes.length < 8) return Buffer.concat([bytes, more]);
  const at = place % bytes.length;
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (kind) {
    case 'cut':
      return Buffer.from(before);
    case 'flip':
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (amount % 8)), at);
      return bytes;
    case 'set':
      return bytes.fill(number & 0xff, at, at + 1);
    case 'number':
      bytes.writeUInt32LE(number, Math.min(at, bytes.length - 4));
      return bytes;
    case 'long-number':
      bytes.writeUInt32LE(number, Math.min(at, bytes.length - 8));
      bytes.writeUInt32LE(number, Math.min(at + 4, bytes.length - 4));
      return bytes;
    case 'insert':
      return Buffer.concat([before, more, after]);
    case 'remove':
      return Buffer.concat([before, after.subarray(amount)]);
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, amount), after]);
    case 'splice':
      return Buffer.concat([before, other.subarray(place % (other.length + 1))]);
  }
}

/** What is well formed, once in a while; what was, before one to four kinds of damage; and bytes that mean nothing, alone or behind it. */
export function hostile(valid: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Buffer> {
  const whole = valid.map((bytes) => Buffer.from(bytes));
  const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
  const damages = fc.array(damage, { minLength: 1, maxLength: 4 });
  return fc.oneof(
    { weight: 1, arbitrary: whole },
    {
      weight: 16,
      arbitrary: fc
        .tuple(whole, whole, damages)
        .map(([bytes, other, list]) => list.reduce<Buffer>((so, each) => harm(so, other, each), Buffer.from(bytes))),
    },
    { weight: 1, arbitrary: fc.tuple(whole, noise).map(([bytes, more]) => Buffer.concat([bytes, more])) },
    { weight: 2, arbitrary: noise },
  );
}

export type ErrorClass = abstract new (...args: never[]) => Error;

/** What came of reading: the value, or null for the typed error. Anything else is thrown on, with the bytes. */
export function readHostile<Value>(
  read: (bytes: Buffer) => Value,
  bytes: Buffer,
  mayThrow: readonly ErrorClass[],
): { readonly value: Value } | null {
  const before = Buffer.from(bytes);
  const { result, bytes: allocated } = countAllocations(() => {
    try {
      return { value: read(bytes) };
    } catch (error) {
      if (mayThrow.some((each) => error instanceof each)) return null;
      throw new Error(`${describeBytes(before)}: ${String(error)}`, { cause: error });
    }
  });
  const most = ALLOCATED_BYTES_MIN + ALLOCATED_PER_BYTE_MAX * bytes.length;
  if (allocated > most) throw new Error(`${describeBytes(before)}: ${allocated} bytes were allocated, and ${most} are enough`);
  if (!bytes.equals(before)) throw new Error(`${describeBytes(before)}: a reader changed what it read`);
  return result;
}

export function describeBytes(bytes: Buffer): string {
  return `${bytes.length} bytes ${bytes.subarray(0, 400).toString('hex')}${bytes.length > 400 ? '…' : ''}`;
}

type Allocate = (size: number, ...rest: unknown[]) => Buffer;

const ALLOCATORS = ['alloc', 'allocUnsafe', 'allocUnsafeSlow'] as const;

/** Bytes asked of Buffer while `run` runs. */
function countAllocations<Result>(run: () => Result): { readonly result: Result; readonly bytes: number } {
  const originals = ALLOCATORS.map((name) => [name, Reflect.get(Buffer, name) as Allocate] as const);
  let bytes = 0;
  for (const [name, allocate] of originals) {
    Reflect.set(Buffer, name, (size: number, ...rest: unknown[]) => {
      bytes += size;
      if (bytes > REFUSED_BYTES) throw new Error(`${bytes} bytes were asked for`);
      return allocate(size, ...rest);
    });
  }
  try {
    return { result: run(), bytes };
  } finally {
    for (const [name, allocate] of originals) Reflect.set(Buffer, name, allocate);
  }
}

/** Holds a property for hostile bytes, within a time: a reader that loops is stopped, and the bytes that it loops on are named. */
export function assertForHostile(valid: fc.Arbitrary<Uint8Array>, check: (bytes: Buffer) => void): void {
  let last = Buffer.alloc(0);
  const property = fc.property(hostile(valid), (bytes) => {
    last = Buffer.from(bytes);
    check(bytes);
  });
  within(
    () => fc.assert(property, { seed: FUZZ_SEED, numRuns: FUZZ_RUNS }),
    () => describeBytes(last),
  );
}

/** The same for what is read piece by piece, with awaits in between. */
export async function assertForHostileAsync(
  valid: fc.Arbitrary<Uint8Array>,
  check: (bytes: Buffer) => Promise<void>,
  numRuns = FUZZ_RUNS,
): Promise<void> {
  try {
    await fc.assert(fc.asyncProperty(hostile(valid), check), { seed: FUZZ_SEED, numRuns });
  } catch (error) {
    throw again(error, String(error));
  }
}

function within(run: () => void, reading: () => string): void {
  try {
    new vm.Script('run()').runInContext(vm.createContext({ run }), { timeout: MILLISECONDS_MAX });
  } catch (error) {
    const isTimeout = error instanceof Object && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw again(error, isTimeout ? `no end after ${MILLISECONDS_MAX} ms, while reading ${reading()}` : String(error));
  }
}

function again(error: unknown, message: string): Error {
  return new Error(`QUORATE_FUZZ_SEED=${FUZZ_SEED} QUORATE_FUZZ_RUNS=${FUZZ_RUNS} make unit shows it again. ${message}`, {
    cause: error,
  });
}
