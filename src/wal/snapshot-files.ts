/**
 * Snapshots in a folder. Promises: a file under its final name was whole and durable when it got it; what is read back is verified, chunk
 * by chunk and as a whole; a damaged file is reported, skipped, and never deleted for being damaged. All work is cut into pieces between
 * which the event loop runs.
 */
import { assert } from '../shared/assert.ts';
import { MalformedBytesError } from '../shared/bytes.ts';
import { DiskError } from './disk.ts';
import type { Disk, DiskFile } from './disk.ts';
import { pathIn, publish, removeTemporaries, TEMPORARY_SUFFIX } from './durable-file.ts';
import { ChecksummedReader, encodeSnapshot, readChunks, readHeader, UnknownSnapshotFormatError } from './snapshot-codec.ts';
import type { Pace } from './scrub.ts';
import type { SnapshotHeader } from './types.ts';

const SUFFIX = '.snapshot';
/** Small chunks are gathered into writes of about this size. */
const WRITE_BYTES = 256 * 1024;

export interface StoredSnapshot {
  readonly header: SnapshotHeader;
  /** Of the whole file, as it goes to a peer. */
  readonly fileBytes: number;
  /** Name in the folder. */
  readonly file: string;
}

/** The raw bytes of a snapshot file; stays readable when the file is dropped meanwhile. */
export interface SnapshotSource {
  /** Shorter than `length` only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Takes the raw bytes of a snapshot file from a peer, in order. */
export interface SnapshotSink {
  readonly receivedBytes: number;
  /** @throws SnapshotDamagedError when `offset` is not where the last write ended, or the file grows longer than announced */
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** Verifies every byte and makes the file durable. @throws SnapshotDamagedError */
  complete(): Promise<StoredSnapshot>;
  /** Removes what was received; fine after a failure, and after `complete`, when it does nothing. */
  abandon(): Promise<void>;
}

export class SnapshotDamagedError extends Error {
  override readonly name = 'SnapshotDamagedError';
  readonly code = 'SNAPSHOT_DAMAGED';
}

export interface SnapshotFilesOptions {
  readonly disk: Disk;
  readonly folder: string;
  /** Told once of each damaged file that was skipped. */
  readonly damaged?: (file: string, message: string) => void;
}

/** Removes the temporary files that a crash left. The folder must be there: `openDataFolder` made it. */
export async function openSnapshotFiles(options: SnapshotFilesOptions): Promise<SnapshotFiles> {
  const { disk, folder } = options;
  // A process killed between a rename and its sync left a name in memory only, and the log is compacted on the word of a name.
  await disk.syncFolder(folder);
  await removeTemporaries(disk, folder);
  return new SnapshotFiles(options);
}

export class SnapshotFiles {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #damaged: (file: string, message: string) => void;
  /** Verified by this process, by name. Bounded by the files in the folder: `retainOnly` and `newest` drop those that are gone. */
  readonly #verified = new Map<string, StoredSnapshot>();
  readonly #reported = new Set<string>();
  #temporaries = 0;

  /** Use `openSnapshotFiles`. */
  constructor(options: SnapshotFilesOptions) {
    this.#disk = options.disk;
    this.#folder = options.folder;
    this.#damaged = options.damaged ?? ((): void => undefined);
  }

  /** Empty chunks are left out. @throws DiskError */
  async write(header: SnapshotHeader, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<StoredSnapshot> {
    const temporaryName = this.#temporaryName();
    const file = await this.#create(temporaryName);
    try {
      const fileBytes = await writeAll(file, header, chunks);
      await file.datasync();
      return await this.#publish(temporaryName, header, fileBytes);
    } catch (error) {
      await this.#disk.remove(pathIn(this.#folder, temporaryName));
      throw error;
    } finally {
      await file.close();
    }
  }

  /** The newest whole one. Every byte of it is verified once in the life of this process. @throws DiskError */
  async newest(): Promise<StoredSnapshot | null> {
    const names = (await this.#disk.list(this.#folder)).filter((name) => name.endsWith(SUFFIX));
    for (const name of [...this.#verified.keys()]) if (!names.includes(name)) this.#verified.delete(name);
    // Names are padded, so that their order is the order of index, then term.
    for (const name of names.reverse()) {
      const snapshot = this.#verified.get(name) ?? (await this.#verifyOrReport(name));
      if (snapshot) return snapshot;
    }
    return null;
  }

  /** @throws DiskError */
  async open(snapshot: StoredSnapshot): Promise<SnapshotSource> {
    const file = await this.#disk.open(pathIn(this.#folder, snapshot.file));
    return { read: (offset, length) => file.read(offset, length), close: () => file.close() };
  }

  /** The chunks as they were written, each verified before it is given. @throws SnapshotDamagedError, DiskError */
  async *chunks(snapshot: StoredSnapshot): AsyncGenerator<Buffer, void, undefined> {
    const file = await this.#disk.open(pathIn(this.#folder, snapshot.file));
    try {
      const reader = await checksummed(file);
      await readHeader(reader);
      yield* readChunks(reader);
    } catch (error) {
      if (error instanceof MalformedBytesError) throw new SnapshotDamagedError(error.message, { cause: error });
      throw error;
    } finally {
      await file.close();
    }
  }

  /** Reads the newest one again, at that pace: null when it is whole, or there is none; otherwise what is wrong. @throws DiskError */
  async scrubNewest(pace: Pace): Promise<{ readonly file: string; readonly message: string } | null> {
    const snapshot = await this.newest();
    if (!snapshot) return null;
    const damaged = (error: Error): { file: string; message: string } => {
      this.#verified.delete(snapshot.file);
      return { file: pathIn(this.#folder, snapshot.file), message: error.message };
    };
    const file = await this.#disk.open(pathIn(this.#folder, snapshot.file));
    try {
      await verifyFile(file, pace);
      return null;
    } catch (error) {
      if (error instanceof MalformedBytesError || (error instanceof DiskError && error.code === 'EIO')) return damaged(error);
      throw error;
    } finally {
      await file.close();
    }
  }

  /** @param totalBytes length of the file that will arrive. @throws DiskError with ENOSPC when there is no room for it */
  async receive(totalBytes: number): Promise<SnapshotSink> {
    const { freeBytes } = await this.#disk.space();
    if (totalBytes > freeBytes) throw new DiskError('ENOSPC', `a snapshot of ${totalBytes} bytes has no room in ${freeBytes}`);
    const temporaryName = this.#temporaryName();
    const file = await this.#create(temporaryName);
    return new ReceivingFile(file, totalBytes, {
      publish: (header) => this.#publish(temporaryName, header, totalBytes),
      remove: () => this.#disk.remove(pathIn(this.#folder, temporaryName)),
    });
  }

  /** Drops every other snapshot, damaged ones too. `snapshot` must be durable, as all are that this class gave. */
  async retainOnly(snapshot: StoredSnapshot): Promise<void> {
    const others = (await this.#disk.list(this.#folder)).filter((name) => name.endsWith(SUFFIX) && name !== snapshot.file);
    for (const name of others) {
      this.#verified.delete(name);
      this.#reported.delete(name);
      await this.#disk.remove(pathIn(this.#folder, name));
    }
  }

  #temporaryName(): string {
    this.#temporaries += 1;
    return `${this.#temporaries}${SUFFIX}${TEMPORARY_SUFFIX}`;
  }

  #create(name: string): Promise<DiskFile> {
    return this.#disk.open(pathIn(this.#folder, name), { create: true });
  }

  async #publish(temporaryName: string, header: SnapshotHeader, fileBytes: number): Promise<StoredSnapshot> {
    const { index, term } = header.base;
    const file = `${String(index).padStart(16, '0')}-${String(term).padStart(16, '0')}${SUFFIX}`;
    await publish(this.#disk, this.#folder, temporaryName, file);
    const stored: StoredSnapshot = { header, fileBytes, file };
    this.#verified.set(file, stored);
    this.#reported.delete(file);
    return stored;
  }

  async #verifyOrReport(name: string): Promise<StoredSnapshot | null> {
    const file = await this.#disk.open(pathIn(this.#folder, name));
    try {
      const header = await verifyFile(file);
      const stored: StoredSnapshot = { header, fileBytes: await file.size(), file: name };
      this.#verified.set(name, stored);
      return stored;
    } catch (error) {
      if (!(error instanceof MalformedBytesError || error instanceof UnknownSnapshotFormatError)) throw error;
      if (!this.#reported.has(name)) this.#damaged(name, error.message);
      this.#reported.add(name);
      return null;
    } finally {
      await file.close();
    }
  }
}

const atOnce: Pace = async () => undefined;

async function checksummed(file: DiskFile, pace: Pace = atOnce): Promise<ChecksummedReader> {
  let offset = 0;
  const read = async (length: number): Promise<Buffer> => {
    await pace(length);
    const bytes = await file.read(offset, length);
    offset += bytes.length;
    return bytes;
  };
  return new ChecksummedReader(read, await file.size());
}

/** @throws MalformedBytesError, UnknownSnapshotFormatError */
async function verifyFile(file: DiskFile, pace: Pace = atOnce): Promise<SnapshotHeader> {
  const reader = await checksummed(file, pace);
  const header = await readHeader(reader);
  for await (const chunk of readChunks(reader)) assert(chunk.length > 0, 'a chunk is not empty');
  return header;
}

/** Gathers small chunks, so that there are not more writes, and turns of the event loop, than the bytes deserve. */
async function writeAll(
  file: DiskFile,
  header: SnapshotHeader,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<number> {
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  let offset = 0;
  const flush = async (): Promise<void> => {
    await file.write(offset, gathered);
    offset += gatheredBytes;
    gathered = [];
    gatheredBytes = 0;
  };
  for await (const piece of encodeSnapshot(header, chunks)) {
    gathered.push(piece);
    gatheredBytes += piece.length;
    if (gatheredBytes >= WRITE_BYTES) await flush();
  }
  await flush();
  return offset;
}

interface ReceivingEnd {
  readonly publish: (header: SnapshotHeader) => Promise<StoredSnapshot>;
  readonly remove: () => Promise<void>;
}

class ReceivingFile implements SnapshotSink {
  readonly #file: DiskFile;
  readonly #totalBytes: number;
  readonly #end: ReceivingEnd;
  #receivedBytes = 0;
  #closed = false;

  constructor(file: DiskFile, totalBytes: number, end: ReceivingEnd) {
    this.#file = file;
    this.#totalBytes = totalBytes;
    this.#end = end;
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  async write(offset: number, bytes: Uint8Array): Promise<void> {
    if (this.#closed) throw new SnapshotDamagedError('the transfer has ended');
    if (offset !== this.#receivedBytes) {
      throw new SnapshotDamagedError(`bytes for offset ${offset} came when those for ${this.#receivedBytes} were due`);
    }
    if (offset + bytes.length > this.#totalBytes) throw new SnapshotDamagedError('more bytes came than were announced');
    this.#receivedBytes += bytes.length;
    await this.#file.write(offset, [bytes]);
  }

  async complete(): Promise<StoredSnapshot> {
    if (this.#receivedBytes !== this.#totalBytes) {
      throw new SnapshotDamagedError(`${this.#receivedBytes} bytes came of ${this.#totalBytes}`);
    }
    const header = await this.#verify();
    await this.#file.datasync();
    const stored = await this.#end.publish(header);
    this.#closed = true;
    await this.#file.close();
    return stored;
  }

  async #verify(): Promise<SnapshotHeader> {
    try {
      return await verifyFile(this.#file);
    } catch (error) {
      if (error instanceof MalformedBytesError || error instanceof UnknownSnapshotFormatError) {
        throw new SnapshotDamagedError(error.message, { cause: error });
      }
      throw error;
    }
  }

  async abandon(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#file.close();
    await this.#end.remove();
  }
}
