/**
 * A disk in memory that does at a crash what `src/wal/disk.ts` says a crash may do. It keeps, beside what a process sees, what is durable:
 * files by their synced bytes, folders by their synced names. `afterCrash` gives the disk that a power cut leaves (unsynced writes there,
 * missing or torn in units of 512 bytes, unsynced names there or not); `fork` gives the one that a killed process leaves (all that it saw).
 * Either is a new disk; the old one can go on, or is frozen by `crashAt`. Deterministic: the same calls and the same random, the same disk.
 */
import { crc32 } from 'node:zlib';
import { assert, present } from '../../src/shared/assert.ts';
import type { Random } from '../../src/shared/random.ts';
import { DiskError } from '../../src/wal/disk.ts';
import type { Disk, DiskFile } from '../../src/wal/disk.ts';

export const TEAR_UNIT_BYTES = 512;

export type OperationKind =
  'create' | 'write' | 'datasync' | 'makeFolder' | 'rename' | 'remove' | 'syncFolder' | 'read' | 'space';

export interface Operation {
  /** Counts what changes or syncs: 1, 2, 3 …; 0 for `read` and `space`. */
  readonly number: number;
  readonly kind: OperationKind;
  /** The target of a rename. */
  readonly path: string;
  /** For syncs, with `trackSites`: the function and line that called. */
  readonly site: string;
}

/** `random` decides for each unit and name; `tear` keeps every other one, the first among them; the other two are the extremes. */
export type CrashMode = 'random' | 'tear' | 'lose-all' | 'keep-all';

/** True: it survives. */
export type Choice = readonly boolean[];

export interface CrashOutcome {
  readonly names: Choice;
  readonly units: Choice;
  readonly disk: SimulatedDisk;
}

export interface SimulatedDiskOptions {
  readonly capacityBytes?: number;
  /** One turn of the event loop by default; a simulation passes its virtual time. */
  readonly hop?: (operation: Operation) => Promise<void>;
  /** The DiskError of the build that uses the disk: two builds in one process have one each. */
  readonly error?: (code: string, message: string) => Error;
  /** Misdirected: where a write lands, or a read comes from, instead; null leaves it where it belongs. */
  readonly misdirect?: (operation: Operation, offset: number, length: number) => { path: string; offset: number } | null;
  readonly trackSites?: boolean;
  /** Called before an operation takes effect. */
  readonly beforeOperation?: (operation: Operation) => void;
  /** An errno name to fail with, or null. A failed `datasync` leaves its bytes readable and marked clean, never to reach the disk. */
  readonly fault?: (operation: Operation) => string | null;
  /** Syncs that say that they are done and did nothing: to show that a test would notice. */
  readonly ignoreSync?: (operation: Operation) => boolean;
}

interface UnsyncedWrite {
  readonly offset: number;
  readonly bytes: Buffer;
}

class FileNode {
  readonly type = 'file';
  /** Rises whenever what is durable changes. */
  version = 0;
  durable: Buffer;
  current: Buffer;
  unsynced: UnsyncedWrite[] = [];

  constructor(durable: Buffer, current = durable) {
    this.durable = Buffer.from(durable);
    this.current = Buffer.from(current);
  }
}

class FolderNode {
  readonly type = 'folder';
  readonly durable = new Map<string, Node>();
  readonly current = new Map<string, Node>();
}

type Node = FileNode | FolderNode;

/** A change of names that a crash may still take back: removals, then additions, as one. */
interface NameChange {
  readonly removals: readonly (readonly [FolderNode, string])[];
  readonly additions: readonly (readonly [FolderNode, string, Node])[];
}

interface State {
  readonly root: FolderNode;
  readonly changes: NameChange[];
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One for each caller: what waits on a shared one would never be collected. */
const never = (): Promise<never> => new Promise(() => undefined);

export interface DurableFile {
  readonly name: string;
  /** The same object as long as it is the same file, whatever its name. */
  readonly file: object;
  /** Rises whenever its durable bytes change. */
  readonly version: number;
  /** Live: not to be changed or kept. */
  readonly bytes: Buffer;
}

export class SimulatedDisk implements Disk {
  readonly #state: State;
  readonly #options: SimulatedDiskOptions;
  #operations = 0;
  #crashAt = Number.POSITIVE_INFINITY;
  #frozen = false;
  #onFrozen: () => void = () => undefined;
  /** Resolves when the operation given to `crashAt` was reached. */
  readonly crashed: Promise<void>;

  constructor(options: SimulatedDiskOptions = {}, state: State = { root: new FolderNode(), changes: [] }) {
    this.#options = options;
    this.#state = state;
    this.crashed = new Promise((resolve) => (this.#onFrozen = resolve));
  }

  #error(code: string, message: string): Error {
    return this.#options.error?.(code, message) ?? new DiskError(code, message);
  }

  get operations(): number {
    return this.#operations;
  }

  /** From this operation on nothing takes effect, and no call returns. */
  crashAt(operationNumber: number): void {
    this.#crashAt = operationNumber;
  }

  freeze(): void {
    this.#frozen = true;
    this.#onFrozen();
  }

  afterCrash(random: Random, mode: CrashMode = 'random', options: SimulatedDiskOptions = {}): SimulatedDisk {
    return new SimulatedDisk(options, crash(this.#state, drawn(random, mode), drawn(random, mode)));
  }

  /**
   * The disks that a power cut may leave, one for each choice of what survives: first of the unsynced names, then, for each of these, of
   * the units of 512 bytes that were written to the files whose names are there. `choices` gives the choices among so many.
   */
  *crashOutcomes(choices: (count: number) => Iterable<Choice>, options: SimulatedDiskOptions = {}): Iterable<CrashOutcome> {
    for (const names of choices(this.#state.changes.length)) {
      let count = 0;
      crash(this.#state, scripted(names), () => {
        count += 1;
        return false;
      });
      for (const units of choices(count)) {
        const disk = new SimulatedDisk(options, crash(this.#state, scripted(names), scripted(units)));
        yield { names, units, disk };
      }
    }
  }

  fork(options: SimulatedDiskOptions = {}): SimulatedDisk {
    return new SimulatedDisk(options, cloneState(this.#state));
  }

  /** Files of a folder that a crash would leave whatever its luck, by name, with the bytes that it would leave. */
  durableFiles(folder: string): DurableFile[] {
    let node: Node | undefined = this.#state.root;
    for (const name of folder.split('/').filter((part) => part !== '')) {
      node = node?.type === 'folder' ? node.durable.get(name) : undefined;
    }
    if (node?.type !== 'folder') return [];
    const files: DurableFile[] = [];
    for (const [name, child] of node.durable) {
      if (child.type === 'file') files.push({ name, file: child, version: child.version, bytes: child.durable });
    }
    return files.sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** As a process sees it. */
  isThere(path: string): boolean {
    return this.#find(path) !== null;
  }

  /** The most units that one unsynced write to a file below `folder` lies in: with two or more, a crash may tear it. */
  unsyncedUnits(folder: string, suffix: string): number {
    let most = 0;
    for (const { path, file } of listFolder(this.#state.root, '')) {
      if (!path.startsWith(`${folder}/`) || !path.endsWith(suffix)) continue;
      for (const { offset, bytes } of file.unsynced) {
        const last = Math.floor((offset + Math.max(1, bytes.length) - 1) / TEAR_UNIT_BYTES);
        most = Math.max(most, last - Math.floor(offset / TEAR_UNIT_BYTES) + 1);
      }
    }
    return most;
  }

  get usedBytes(): number {
    return this.#usedBytes();
  }

  /** Rot: flips one bit, on the disk and as read. */
  flipBit(path: string, byte: number, bit: number): void {
    const file = this.#file(path);
    file.version += 1;
    for (const bytes of new Set([file.current, file.durable])) bytes.writeUInt8(bytes.readUInt8(byte) ^ (1 << bit), byte);
  }

  /** Rot: other bytes, on the disk and as read. False when they are what was there. */
  overwrite(path: string, offset: number, bytes: Buffer): boolean {
    const file = this.#file(path);
    const isOther = !file.current.subarray(offset, offset + bytes.length).equals(bytes);
    file.current = overwrite(file.current, offset, bytes);
    file.durable = overwrite(file.durable, offset, bytes);
    return isOther;
  }

  /** Other bytes in place of a file's, on the disk and as read. */
  replace(path: string, bytes: Buffer): void {
    const file = this.#file(path);
    file.current = Buffer.from(bytes);
    file.durable = Buffer.from(bytes);
  }

  /** Rot that takes the end of a file. */
  shorten(path: string, length: number): void {
    const file = this.#file(path);
    file.current = Buffer.from(file.current.subarray(0, length));
    file.durable = Buffer.from(file.durable.subarray(0, length));
  }

  contents(path: string): Buffer {
    return Buffer.from(this.#file(path).current);
  }

  /** Bytes that the next datasync of this file has to bring to the disk. */
  unsyncedBytes(path: string): number {
    return this.#file(path).unsynced.reduce((total, { bytes }) => total + bytes.length, 0);
  }

  /** Every file with its length and checksum, as a process sees it: to show that nothing was changed. */
  listing(): string[] {
    return listFolder(this.#state.root, '').map(({ path, file }) => `${path} ${file.current.length} ${crc32(file.current)}`);
  }

  async list(folder: string): Promise<string[]> {
    await this.#begin('read', folder);
    const node = this.#find(folder);
    return node?.type === 'folder' ? [...node.current.keys()].sort() : [];
  }

  async exists(path: string): Promise<boolean> {
    await this.#begin('read', path);
    return this.#find(path) !== null;
  }

  async open(path: string, { create = false }: { readonly create?: boolean } = {}): Promise<DiskFile> {
    await this.#begin(create ? 'create' : 'read', path);
    const existing = this.#find(path);
    if (!create) {
      if (existing?.type !== 'file') throw this.#error('ENOENT', `open ${path}: there is no such file`);
      return this.#handle(path, existing);
    }
    if (existing) throw this.#error('EEXIST', `open ${path}: it exists`);
    const { folder, name } = this.#parent(path);
    const node = new FileNode(Buffer.alloc(0));
    this.#change({ removals: [], additions: [[folder, name, node]] });
    return this.#handle(path, node);
  }

  async makeFolder(path: string): Promise<void> {
    await this.#begin('makeFolder', path);
    let folder = this.#state.root;
    for (const name of path.split('/').filter((part) => part !== '')) {
      const existing = folder.current.get(name);
      assert(existing?.type !== 'file', 'a folder is not made where a file is');
      const child = existing ?? new FolderNode();
      if (!existing) this.#change({ removals: [], additions: [[folder, name, child]] });
      folder = child;
    }
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#begin('rename', to);
    const node = this.#find(from);
    if (!node) throw this.#error('ENOENT', `rename ${from}: there is no such file`);
    const target = this.#find(to);
    if (target?.type === 'folder' && target.current.size > 0) throw this.#error('ENOTEMPTY', `rename to ${to}: it is not empty`);
    const source = this.#parent(from);
    const destination = this.#parent(to);
    this.#change({ removals: [[source.folder, source.name]], additions: [[destination.folder, destination.name, node]] });
  }

  async remove(path: string): Promise<void> {
    await this.#begin('remove', path);
    const node = this.#find(path);
    if (!node) return;
    const { folder, name } = this.#parent(path);
    this.#removeTree(folder, name, node);
  }

  /** What is in a folder goes first, each name by itself, as a recursive removal does. */
  #removeTree(folder: FolderNode, name: string, node: Node): void {
    if (node.type === 'folder') for (const [childName, child] of [...node.current]) this.#removeTree(node, childName, child);
    this.#change({ removals: [[folder, name]], additions: [] });
  }

  async syncFolder(path: string): Promise<void> {
    const operation = await this.#begin('syncFolder', path);
    const folder = this.#find(path);
    if (folder?.type !== 'folder') throw this.#error('ENOENT', `sync folder ${path}: there is no such folder`);
    if (this.#options.ignoreSync?.(operation)) return;
    const { changes } = this.#state;
    const synced = changes.filter((change) => touches(change, folder));
    for (const change of synced) {
      applyChange(change);
      changes.splice(changes.indexOf(change), 1);
    }
  }

  async space(): Promise<{ readonly freeBytes: number; readonly totalBytes: number }> {
    await this.#begin('space', '');
    const totalBytes = this.#options.capacityBytes ?? 2 ** 40;
    return { freeBytes: Math.max(0, totalBytes - this.#usedBytes()), totalBytes };
  }

  #usedBytes(): number {
    return listFolder(this.#state.root, '').reduce((total, { file }) => total + file.current.length, 0);
  }

  #handle(path: string, node: FileNode): DiskFile {
    return {
      size: async () => {
        await this.#begin('read', path);
        return node.current.length;
      },
      read: async (offset, length) => {
        const operation = await this.#begin('read', path);
        const elsewhere = this.#options.misdirect?.(operation, offset, length);
        if (elsewhere) return this.#stray(elsewhere.path, elsewhere.offset, length);
        return Buffer.from(node.current.subarray(offset, offset + length));
      },
      write: async (offset, chunks) => {
        const operation = await this.#begin('write', path);
        const bytes = Buffer.concat(chunks);
        const elsewhere = this.#options.misdirect?.(operation, offset, bytes.length);
        if (elsewhere === null || elsewhere === undefined) this.#write(path, node, offset, bytes);
        else this.#writeElsewhere(elsewhere.path, elsewhere.offset, bytes);
      },
      datasync: async () => {
        const operation = await this.#begin('datasync', path, () => (node.unsynced = []));
        if (this.#options.ignoreSync?.(operation)) return;
        for (const write of node.unsynced) node.durable = overwrite(node.durable, write.offset, write.bytes);
        if (node.unsynced.length > 0) node.version += 1;
        node.unsynced = [];
      },
      close: async () => {
        if (this.#frozen) await never();
      },
    };
  }

  #stray(path: string, offset: number, length: number): Buffer {
    return Buffer.from(this.#file(path).current.subarray(offset, offset + length));
  }

  /** The file that it hits may have been removed meanwhile: then it is lost altogether. */
  #writeElsewhere(path: string, offset: number, bytes: Buffer): void {
    const node = this.#find(path);
    if (node?.type === 'file') this.#write(path, node, offset, bytes);
  }

  #write(path: string, node: FileNode, offset: number, bytes: Buffer): void {
    const growth = Math.max(0, offset + bytes.length - node.current.length);
    const { capacityBytes } = this.#options;
    if (growth > 0 && capacityBytes !== undefined && this.#usedBytes() + growth > capacityBytes) {
      throw this.#error('ENOSPC', `write ${path}: no space left`);
    }
    node.current = overwrite(node.current, offset, bytes);
    node.unsynced.push({ offset, bytes });
  }

  /** An operation takes effect after a turn of the event loop: a caller that does not wait for it gets ahead of it. */
  async #begin(kind: OperationKind, path: string, onFault: () => void = () => undefined): Promise<Operation> {
    const isCounted = kind !== 'read' && kind !== 'space';
    const isSync = kind === 'datasync' || kind === 'syncFolder';
    const site = this.#options.trackSites === true && isSync ? callSite() : '';
    if (this.#frozen) await never();
    if (isCounted) this.#operations += 1;
    const operation: Operation = { number: isCounted ? this.#operations : 0, kind, path, site };
    if (isCounted && this.#operations >= this.#crashAt) this.freeze();
    else this.#options.beforeOperation?.(operation);
    await (this.#options.hop ?? nextTurn)(operation);
    if (this.#isFrozen()) await never();
    const code = this.#options.fault?.(operation) ?? null;
    if (code === null) return operation;
    onFault();
    throw this.#error(code, `${kind} ${path}: injected`);
  }

  #isFrozen(): boolean {
    return this.#frozen;
  }

  #change(change: NameChange): void {
    for (const [folder, name] of change.removals) folder.current.delete(name);
    for (const [folder, name, node] of change.additions) folder.current.set(name, node);
    this.#state.changes.push(change);
  }

  #find(path: string): Node | null {
    let node: Node = this.#state.root;
    for (const name of path.split('/').filter((part) => part !== '')) {
      const child: Node | undefined = node.type === 'folder' ? node.current.get(name) : undefined;
      if (!child) return null;
      node = child;
    }
    return node;
  }

  #file(path: string): FileNode {
    const node = this.#find(path);
    assert(node?.type === 'file', `there is a file ${path}`);
    return node;
  }

  #parent(path: string): { readonly folder: FolderNode; readonly name: string } {
    const slash = path.lastIndexOf('/');
    const folder = this.#find(slash < 0 ? '' : path.slice(0, slash));
    if (folder?.type !== 'folder') throw this.#error('ENOENT', `${path}: there is no such folder`);
    return { folder, name: path.slice(slash + 1) };
  }
}

function overwrite(target: Buffer, offset: number, bytes: Buffer): Buffer {
  const end = offset + bytes.length;
  const result = end > target.length ? Buffer.concat([target, Buffer.alloc(end - target.length)]) : target;
  bytes.copy(result, offset);
  return result;
}

/** Asked for each thing that may survive, in an order that depends on the state alone. */
type Survival = () => boolean;

function drawn(random: Random, mode: CrashMode): Survival {
  let kept = false;
  return () => {
    kept = !kept;
    if (mode === 'tear') return kept;
    return mode === 'random' ? random.below(2) === 1 : mode === 'keep-all';
  };
}

function scripted(choice: Choice): Survival {
  let position = 0;
  return () => {
    position += 1;
    return present(choice[position - 1], 'a choice says of everything whether it survives');
  };
}

/** A copy of the state after a power cut: what is durable, and what survives of the rest, is all that there is. */
function crash(state: State, nameSurvives: Survival, unitSurvives: Survival): State {
  const { root, changes } = cloneState(state);
  for (const change of changes) if (nameSurvives()) applyChange(change);
  settle(root, unitSurvives);
  return { root, changes: [] };
}

function touches(change: NameChange, folder: FolderNode): boolean {
  return change.removals.some(([each]) => each === folder) || change.additions.some(([each]) => each === folder);
}

function applyChange(change: NameChange): void {
  for (const [folder, name] of change.removals) folder.durable.delete(name);
  for (const [folder, name, node] of change.additions) folder.durable.set(name, node);
}

function settle(folder: FolderNode, survives: Survival): void {
  folder.current.clear();
  for (const [name, node] of folder.durable) {
    folder.current.set(name, node);
    if (node.type === 'folder') settle(node, survives);
    else settleFile(node, survives);
  }
}

function settleFile(file: FileNode, survives: Survival): void {
  let bytes = file.durable;
  for (const write of file.unsynced) {
    for (let at = write.offset; at < write.offset + write.bytes.length;) {
      const unitEnd = Math.min((Math.floor(at / TEAR_UNIT_BYTES) + 1) * TEAR_UNIT_BYTES, write.offset + write.bytes.length);
      if (survives()) bytes = overwrite(bytes, at, write.bytes.subarray(at - write.offset, unitEnd - write.offset));
      at = unitEnd;
    }
  }
  file.durable = bytes;
  file.version += 1;
  file.current = Buffer.from(bytes);
  file.unsynced = [];
}

function cloneState({ root, changes }: State): State {
  const copies = new Map<Node, Node>();
  const copyNode = (node: Node): Node => {
    const known = copies.get(node);
    if (known) return known;
    if (node.type === 'file') {
      const copy = new FileNode(node.durable, node.current);
      copy.unsynced = [...node.unsynced];
      copies.set(node, copy);
      return copy;
    }
    return copyFolder(node);
  };
  const copyFolder = (folder: FolderNode): FolderNode => {
    const known = copies.get(folder);
    if (known?.type === 'folder') return known;
    const copy = new FolderNode();
    copies.set(folder, copy);
    for (const [name, child] of folder.durable) copy.durable.set(name, copyNode(child));
    for (const [name, child] of folder.current) copy.current.set(name, copyNode(child));
    return copy;
  };
  const copied = changes.map(({ removals, additions }) => ({
    removals: removals.map(([folder, name]) => [copyFolder(folder), name] as const),
    additions: additions.map(([folder, name, node]) => [copyFolder(folder), name, copyNode(node)] as const),
  }));
  return { root: copyFolder(root), changes: copied };
}

function listFolder(folder: FolderNode, prefix: string): { readonly path: string; readonly file: FileNode }[] {
  return [...folder.current.keys()].sort().flatMap((name) => {
    const node = present(folder.current.get(name), 'a listed name is there');
    const path = prefix + name;
    return node.type === 'file' ? [{ path, file: node }] : listFolder(node, `${path}/`);
  });
}

/** The innermost frame in src/wal: `file function:line`. */
function callSite(): string {
  for (const line of (new Error('site').stack ?? '').split('\n')) {
    const match = /at (?:async )?(?:(\S+) )?.*\/src\/wal\/([a-z-]+)\.ts:(\d+):(\d+)/.exec(line);
    if (match) return `${match[2] ?? ''} ${match[1] ?? ''} ${match[3] ?? ''}:${match[4] ?? ''}`;
  }
  return 'elsewhere';
}
