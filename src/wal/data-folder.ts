/**
 * The data folder of one member: who it is, and where its log and snapshots lie.
 *
 *     current/identity   current/wal/…   current/snapshots/…   aside-<member id>/   next/ (only while `current` is being replaced)
 *
 * Promises: a member id is durable before anyone sees it, and drawn only for a folder that never had one (rule S2); a damaged identity is
 * an error, never formatted over; a founding or joining is accepted once (rules S5, S6); a folder set aside keeps its bytes while there is
 * room, and its ids are remembered either way (rule S3). `current` always comes into being by the rename of a finished `next`, so a crash
 * at any step leaves either the old folder or the new one.
 */
import { encodeConfiguration } from '../consensus/configuration.ts';
import { assert, present } from '../shared/assert.ts';
import { parseMemberId, sameGeneration } from '../shared/ids.ts';
import type { ClusterId, Generation, MemberId } from '../shared/ids.ts';
import type { Random } from '../shared/random.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Disk } from './disk.ts';
import { pathIn, readWhole, removeTemporaries, writeDurably } from './durable-file.ts';
import { decodeIdentity, encodeIdentity, FORMER_IDS_MAX } from './identity-file.ts';
import { removeDamagedSegments } from './salvage.ts';
import type { FolderDamage, FoundingRecord, Identity, Membership } from './types.ts';

export const CURRENT_FOLDER = 'current';
export const WAL_FOLDER = 'current/wal';
export const SNAPSHOTS_FOLDER = 'current/snapshots';
export const NEXT_FOLDER = 'next';
const IDENTITY_FILE = 'identity';
const ASIDE_PREFIX = 'aside-';

/** Kept free beside a folder set aside and a full copy of its data (rule S17: a snapshot and two segments), unless the caller knows better. */
export const RESERVE_BYTES_DEFAULT = 64 * 1024 * 1024;

export interface MembershipRefusal {
  readonly reason: 'fenced' | 'other-cluster' | 'other-generation' | 'other-founding' | 'not-listed';
  readonly message: string;
}

export interface SetAsideOutcome {
  /** The fresh folder, under a new id. The object that it was called on is spent. */
  readonly fresh: DataFolder;
  /** Name of the folder that keeps the old data; null when there was no room for it and it was deleted. */
  readonly asideFolder: string | null;
  readonly oldBytes: number;
}

/** Formats an empty folder; finishes or undoes what a crash interrupted. */
export async function openDataFolder(disk: Disk, random: Random): Promise<Result<DataFolder, FolderDamage>> {
  await disk.makeFolder('');
  const names = await disk.list('');
  if (!names.includes(CURRENT_FOLDER)) {
    const made = await makeCurrent(disk, random, names);
    if (!made.ok) return made;
  }
  // A process killed between the rename and the sync of a new identity left it in memory only: nobody may act on it before it is durable.
  await disk.syncFolder(CURRENT_FOLDER);
  await removeTemporaries(disk, CURRENT_FOLDER);
  const identity = await readIdentityIn(disk, CURRENT_FOLDER);
  if (!identity.ok) return identity;
  await removeLeftovers(disk, identity.value);
  return succeed(new DataFolder(disk, random, identity.value, await findAside(disk)));
}

async function makeCurrent(disk: Disk, random: Random, names: readonly string[]): Promise<Result<null, FolderDamage>> {
  const next = names.includes(NEXT_FOLDER) ? await readIdentityIn(disk, NEXT_FOLDER) : null;
  if (!next?.ok) {
    const aside = names.find((name) => name.startsWith(ASIDE_PREFIX));
    // `next` is durable before `current` moves aside: without both, a hand took `current` away, and it is not ours to begin anew.
    if (aside !== undefined) {
      return refuse({ type: 'damaged', file: CURRENT_FOLDER, message: `there is no folder "current" beside "${aside}"` });
    }
    await disk.remove(NEXT_FOLDER);
    await prepareNext(disk, {
      memberId: drawMemberId(random),
      membership: null,
      formerIds: [],
      fenced: null,
      lostThroughTerm: null,
    });
  }
  // A `next` that a killed process left may be in memory only: first what is in it, then its name.
  await disk.syncFolder(NEXT_FOLDER);
  await disk.rename(NEXT_FOLDER, CURRENT_FOLDER);
  await disk.syncFolder('');
  return succeed(null);
}

async function prepareNext(disk: Disk, identity: Identity, fill: FillFolder = async () => undefined): Promise<void> {
  const folders = { wal: pathIn(NEXT_FOLDER, 'wal'), snapshots: pathIn(NEXT_FOLDER, 'snapshots') };
  await disk.makeFolder(folders.wal);
  await disk.makeFolder(folders.snapshots);
  await fill(folders);
  // Before the identity, which says that all is there: else a crash could leave it alone, without the folders beside it.
  await disk.syncFolder(NEXT_FOLDER);
  // Last: a `next` with an identity is whole, and a start that finds no `current` takes it.
  await writeDurably(disk, NEXT_FOLDER, IDENTITY_FILE, encodeIdentity(identity));
  await disk.syncFolder('');
}

/** Puts `next`, which is whole and durable, in the place of `current`, which stays under the name given back. */
async function replaceCurrent(disk: Disk, memberId: MemberId): Promise<string> {
  const aside = `${ASIDE_PREFIX}${memberId}`;
  await disk.rename(CURRENT_FOLDER, aside);
  // Synced before the second rename: were only that one to survive a crash, the new folder would have landed on the old one.
  await disk.syncFolder('');
  await disk.rename(NEXT_FOLDER, CURRENT_FOLDER);
  // Else the `next` of a later setting aside could take the place of this one, while a crash gives it its old name back.
  await disk.syncFolder('');
  return aside;
}

/** Writes a log and a snapshot into the folders given, durably. */
export type FillFolder = (folders: { readonly wal: string; readonly snapshots: string }) => Promise<void>;

/** Whose folder this is, without changing anything: for looking at a folder that no node has open. */
export async function readIdentity(disk: Disk): Promise<Result<Identity, FolderDamage>> {
  const names = await disk.list('');
  if (names.includes(CURRENT_FOLDER)) return readIdentityIn(disk, CURRENT_FOLDER);
  const message = names.includes(NEXT_FOLDER)
    ? 'a change of the folder was interrupted: start its node once, which finishes or undoes it'
    : 'there is no folder "current": this is not the data folder of a member';
  return refuse({ type: 'damaged', file: CURRENT_FOLDER, message });
}

/**
 * Founds a member on what `fill` writes, under the identity given (rule S5: recovery and restore). What lay in `current` before is kept aside
 * and named in the answer, null when there was nothing; when anything fails before the two change places, nothing has changed. The folder
 * must be locked by the caller. @throws DiskError, and whatever `fill` throws
 */
export async function installFolder(disk: Disk, identity: Identity, fill: FillFolder): Promise<string | null> {
  await disk.remove(NEXT_FOLDER);
  const before = (await disk.exists(CURRENT_FOLDER)) ? await readIdentityIn(disk, CURRENT_FOLDER) : null;
  assert(before?.ok !== false, 'a folder that cannot be read is not replaced');
  try {
    await prepareNext(disk, identity, fill);
  } catch (error) {
    await disk.remove(NEXT_FOLDER);
    throw error;
  }
  if (before !== null) {
    assert(identity.formerIds[0] === before.value.memberId, 'the folder set aside is that of the newest former id');
    for (const name of await disk.list('')) if (name.startsWith(ASIDE_PREFIX)) await disk.remove(name);
    return replaceCurrent(disk, before.value.memberId);
  }
  await disk.rename(NEXT_FOLDER, CURRENT_FOLDER);
  await disk.syncFolder('');
  return null;
}

async function readIdentityIn(disk: Disk, folder: string): Promise<Result<Identity, FolderDamage>> {
  const file = pathIn(folder, IDENTITY_FILE);
  if (!(await disk.exists(file))) return refuse({ type: 'damaged', file, message: 'the identity file is missing' });
  return decodeIdentity(await readWhole(disk, file), file);
}

/** A `next` beside a `current` was never shown to anyone; an older aside gives way to the newest. */
async function removeLeftovers(disk: Disk, identity: Identity): Promise<void> {
  const newest = identity.formerIds[0];
  const leftovers = (await disk.list('')).filter(
    (name) => name === NEXT_FOLDER || (name.startsWith(ASIDE_PREFIX) && name !== `${ASIDE_PREFIX}${newest ?? ''}`),
  );
  for (const name of leftovers) await disk.remove(name);
}

async function findAside(disk: Disk): Promise<string | null> {
  return (await disk.list('')).find((name) => name.startsWith(ASIDE_PREFIX)) ?? null;
}

/** Rule S2: drawn at random, never reused. */
export function drawMemberId(random: Random): MemberId {
  return present(parseMemberId(random.hex(16)), 'sixteen hex digits are a member id');
}

/** One folder of files, and its `wal` and `snapshots`: all that we ever put there. */
async function measureCurrent(disk: Disk): Promise<number> {
  let total = 0;
  for (const folder of [CURRENT_FOLDER, WAL_FOLDER, SNAPSHOTS_FOLDER]) {
    for (const name of await disk.list(folder)) {
      if (folder === CURRENT_FOLDER && name !== IDENTITY_FILE) continue;
      const file = await disk.open(pathIn(folder, name));
      total += await file.size();
      await file.close();
    }
  }
  return total;
}

export class DataFolder {
  readonly walFolder = WAL_FOLDER;
  readonly snapshotsFolder = SNAPSHOTS_FOLDER;
  readonly #disk: Disk;
  readonly #random: Random;
  #identity: Identity;
  #asideFolder: string | null;
  #spent = false;
  /** Changes run one after the other: two admin calls may come at once. */
  #last: Promise<unknown> = Promise.resolve();

  /** Use `openDataFolder`. */
  constructor(disk: Disk, random: Random, identity: Identity, asideFolder: string | null) {
    this.#disk = disk;
    this.#random = random;
    this.#identity = identity;
    this.#asideFolder = asideFolder;
  }

  get identity(): Identity {
    return this.#identity;
  }

  /** Name of the folder set aside on this volume; null when there is none (rule S3). */
  get asideFolder(): string | null {
    return this.#asideFolder;
  }

  /** Accepts one founding, durably; the same again is fine, a different one is refused (rule S6). */
  found(clusterId: ClusterId, generation: Generation, founding: FoundingRecord): Promise<Result<Identity, MembershipRefusal>> {
    return this.#inTurn(() => this.#accept({ clusterId, generation, founding }));
  }

  /** Learns, durably, which cluster may adopt this member. */
  join(clusterId: ClusterId, generation: Generation): Promise<Result<Identity, MembershipRefusal>> {
    return this.#inTurn(() => this.#accept({ clusterId, generation, founding: null }));
  }

  /** From now on, durably, this id does not serve again (rules S5, S11, S12). The first reason stays. */
  fence(reason: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#identity.fenced === null) await this.#write({ ...this.#identity, fenced: reason });
    });
  }

  /** Notes, durably, that entries of terms up to `term` are lost here, before anything is written over the damage (rule S11). */
  noteLost(term: number): Promise<void> {
    return this.#inTurn(async () => {
      const known = this.#identity.lostThroughTerm;
      if (known === null || known < term) await this.#write({ ...this.#identity, lostThroughTerm: term });
    });
  }

  /** The log is whole again, on disk, and what was kept of the damaged one can go. */
  noteHealed(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#identity.lostThroughTerm === null) return;
      await this.#write({ ...this.#identity, lostThroughTerm: null });
      await removeDamagedSegments(this.#disk, WAL_FOLDER);
    });
  }

  /**
   * Sets the folder aside and formats a fresh one under a new id (rule S3). The log and the snapshots must be closed. The old data is kept
   * while the volume has room for as much again beside it and `reserveBytes` more, else it is deleted.
   */
  setAside(reserveBytes = RESERVE_BYTES_DEFAULT): Promise<SetAsideOutcome> {
    return this.#inTurn(() => this.#setAside(reserveBytes));
  }

  /** Deletes the folder set aside, when the volume needs its room. */
  deleteAside(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#asideFolder === null) return;
      await this.#disk.remove(this.#asideFolder);
      this.#asideFolder = null;
    });
  }

  #inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(() => {
      assert(!this.#spent, 'a folder that was set aside is not used again');
      return act();
    });
    // Who asked hears of a failure; the next in turn only waits for the end of it.
    this.#last = turn.catch(() => null);
    return turn;
  }

  async #accept(wanted: Membership): Promise<Result<Identity, MembershipRefusal>> {
    const refusal = whyNot(this.#identity, wanted);
    if (refusal) return refuse(refusal);
    if (!this.#identity.membership) await this.#write({ ...this.#identity, membership: wanted });
    return succeed(this.#identity);
  }

  async #write(identity: Identity): Promise<void> {
    await writeDurably(this.#disk, CURRENT_FOLDER, IDENTITY_FILE, encodeIdentity(identity));
    this.#identity = identity;
  }

  async #setAside(reserveBytes: number): Promise<SetAsideOutcome> {
    this.#spent = true;
    const { memberId, formerIds } = this.#identity;
    const oldBytes = await measureCurrent(this.#disk);
    if (this.#asideFolder !== null) await this.#disk.remove(this.#asideFolder);
    const { freeBytes } = await this.#disk.space();
    const identity: Identity = {
      memberId: drawMemberId(this.#random),
      membership: null,
      formerIds: [memberId, ...formerIds].slice(0, FORMER_IDS_MAX),
      fenced: null,
      lostThroughTerm: null,
    };
    await this.#disk.remove(NEXT_FOLDER);
    await prepareNext(this.#disk, identity);
    const aside = await replaceCurrent(this.#disk, memberId);
    const kept = freeBytes >= oldBytes + reserveBytes ? aside : null;
    if (kept === null) await this.#disk.remove(aside);
    return { fresh: new DataFolder(this.#disk, this.#random, identity, kept), asideFolder: kept, oldBytes };
  }
}

function whyNot(identity: Identity, wanted: Membership): MembershipRefusal | null {
  const { fenced, membership: current, memberId } = identity;
  if (fenced !== null) return { reason: 'fenced', message: `this member does not serve again: ${fenced}` };
  if (!current) return whyNotListed(memberId, wanted.founding);
  if (current.clusterId !== wanted.clusterId) {
    return { reason: 'other-cluster', message: `this member belongs to cluster ${current.clusterId}, not ${wanted.clusterId}` };
  }
  if (!sameGeneration(current.generation, wanted.generation)) {
    const message = `this member belongs to generation ${current.generation.number} of its cluster, not ${wanted.generation.number}`;
    return { reason: 'other-generation', message };
  }
  // Told to join the cluster that it helped to found: nothing changes, and that is what was asked for.
  if (!wanted.founding || sameFounding(current.founding, wanted.founding)) return null;
  return {
    reason: 'other-founding',
    message: `this member accepted another founding (epoch ${current.founding?.epoch ?? 'none'})`,
  };
}

function whyNotListed(memberId: MemberId, founding: FoundingRecord | null): MembershipRefusal | null {
  if (!founding || founding.configuration.members.some(({ id }) => id === memberId)) return null;
  return { reason: 'not-listed', message: `the founding does not list this member, ${memberId}` };
}

function sameFounding(left: FoundingRecord | null, right: FoundingRecord): boolean {
  if (left?.epoch !== right.epoch) return false;
  return encodeConfiguration(left.configuration).equals(encodeConfiguration(right.configuration));
}
