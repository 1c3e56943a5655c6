/**
 * The disk as a port: production gives it node:fs (`node-disk.ts`), tests and the simulator a disk that loses, tears and reorders what
 * was not synced (`test/support/simulated-disk.ts`). Paths are relative to the data folder and use `/`.
 *
 * What a crash may do, and so what every caller must expect: bytes written since the last completed `datasync` of the file may be there,
 * missing, or partly there in units of 512 bytes, in any order; a name created, renamed or removed since the last completed
 * `syncDirectory` of its folder may be there or not.
 */
export interface Disk {
  /** Names in a folder, sorted; empty when the folder does not exist. */
  list(folder: string): Promise<string[]>;
  exists(path: string): Promise<boolean>;
  /** Opens for reading and writing. `create: true` makes an empty file, and fails with EEXIST when there is one. */
  open(path: string, options?: { readonly create?: boolean }): Promise<DiskFile>;
  /** Creates the folder and its parents. */
  makeFolder(path: string): Promise<void>;
  /** Atomic within the data folder; replaces a file of that name. */
  rename(from: string, to: string): Promise<void>;
  /** A file, or a folder with all that is in it; nothing when absent. */
  remove(path: string): Promise<void>;
  /** Makes creations, renames and removals in this folder durable. '' is the data folder itself. */
  syncFolder(path: string): Promise<void>;
  /** Free and total bytes of the volume. */
  space(): Promise<{ readonly freeBytes: number; readonly totalBytes: number }>;
}

export interface DiskFile {
  size(): Promise<number>;
  /** Shorter than `length` only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
  /** Writes all chunks one after the other from `offset`. */
  write(offset: number, chunks: readonly Uint8Array[]): Promise<void>;
  /** fdatasync: when it resolves, every write that resolved before the call is durable. A rejection means that nothing is known (S10). */
  datasync(): Promise<void>;
  close(): Promise<void>;
}

/** `code` is the errno name (EIO, ENOSPC, ENOENT, EEXIST …) where there is one. */
export class DiskError extends Error {
  override readonly name = 'DiskError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
