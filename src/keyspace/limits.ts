/** Every bound of the keyspace, and what happens at it. */
const KIB = 1024;
const MIB = 1024 * KIB;

/** A longer key is refused before anything is proposed. */
export const KEY_BYTES_MAX = 64 * KIB;

/** A longer value is refused: before it is proposed where its length is known, else (APPEND, SETRANGE) when it is applied. */
export const VALUE_BYTES_MAX = 8 * MIB;

/** All arguments of one command, or of all commands of a transaction, with ARGUMENT_BYTES_OVERHEAD each. More is refused. */
export const TRANSACTION_BYTES_MAX = 16 * MIB;

/** What an argument counts for beside its bytes, so that a million empty ones are not free. */
export const ARGUMENT_BYTES_OVERHEAD = 8;

/** Keys past their deadline that an entry removes beside those that it meets by name; the rest wait for the next entry. */
export const EXPIRIES_PER_ENTRY_MAX = 200;

/** As above, for an entry with a tick: nobody's write waits behind it but those of one turn. */
export const EXPIRIES_PER_TICK_MAX = 10_000;

/** Keys that are gone and whose last touch is still known by name. At twice as many the older half becomes one floor (rule S14). */
export const TOMBSTONES_PER_GENERATION_MAX = 32_768;

/**
 * Bytes that the commands of one entry may add without having sent them: the zeros of SETRANGE, the value of COPY, and a value that is changed
 * after the same entry answered it. Beyond it they answer -OOM: a log entry of one MiB could otherwise name a hundred GiB, and every member would die of it at the same index (rule S17).
 */
export const UNSENT_BYTES_PER_ENTRY_MAX = 64 * MIB;

/** Replies of one transaction. Once there are more, its further reads answer an error instead. */
export const TRANSACTION_REPLY_BYTES_MAX = 64 * MIB;

/** The values up to this length live as strings, the others each as bytes of their own. */
export const COMPACT_VALUE_BYTES_MAX = KIB;

/** Bytes of a snapshot that are given out at a time, nearly: a chunk is closed by the first item that makes it longer. */
export const SNAPSHOT_CHUNK_BYTES = 64 * KIB;
