/**
 * From the folders of the survivors to the one that a new configuration starts from, and what is lost by it. Pure.
 *
 * The best log is the one that could win an election among the survivors (Raft paper §5.4.1: last term, then last index): of all of them it
 * holds every entry that any of them knows to be committed. All that it holds is kept, entries that were never acknowledged included; what
 * it does not hold is lost, and nobody can say how much that was unless somebody remembers.
 */
import { findMember } from '../consensus/configuration.ts';
import { comparePositions } from '../consensus/core.ts';
import type { Configuration, LogPosition, Member } from '../consensus/core.ts';
import { isQuorum, quorumSize, voterIds } from '../consensus/quorum.ts';
import { sameGeneration } from '../shared/ids.ts';
import type { MemberId } from '../shared/ids.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { FolderReport, LogFacts, MemberFolder } from './folder-report.ts';

/** A folder that may be gone on from. */
export interface Candidate {
  readonly folder: MemberFolder;
  readonly facts: LogFacts;
  /** As its configuration calls it: it keeps its name, and gets a new id. */
  readonly self: Member;
  /** Why it may lack entries that it acknowledged; null when it holds them all. */
  readonly gap: string | null;
}

export interface JudgeOptions {
  /** A person accepts that of a damaged log only what stands before the damage is used (rule S11). */
  readonly acceptsDamage: boolean;
}

/** Why a folder is not gone on from. */
export interface Exclusion {
  readonly path: string;
  readonly reason: string;
}

/** Entries that a member acknowledged once, and that are in none of the folders. */
export interface RememberedBeyond {
  readonly id: MemberId;
  readonly name: string | null;
  readonly position: LogPosition;
}

export type Loss =
  /** The voters that are missing are too few to have committed anything alone, while the configuration in the log was in force. */
  | { readonly type: 'none-under-this-configuration' }
  /** The missing voters were a quorum: they may have acknowledged any number of entries after the last one of the best log. */
  | { readonly type: 'unknown' };

export interface Verdict {
  readonly best: Candidate;
  /** The best first. */
  readonly ranking: readonly Candidate[];
  readonly excluded: readonly Exclusion[];
  readonly missingVoters: readonly Member[];
  readonly loss: Loss;
  /** Known to be lost, whether it was ever committed or not. */
  readonly beyond: readonly RememberedBeyond[];
  /** Entries of the best log that may never have been acknowledged, and are kept: from the first to the last index; null when there are none. */
  readonly keptUncertain: { readonly from: number; readonly to: number } | null;
  /** Ids that the new configuration records as removed (rule S5). */
  readonly dropped: readonly MemberId[];
}

export interface JudgeRefusal {
  readonly message: string;
  readonly excluded: readonly Exclusion[];
}

/** @param reports of all folders that were named, one at least */
export function judge(reports: readonly FolderReport[], { acceptsDamage }: JudgeOptions): Result<Verdict, JudgeRefusal> {
  const members = reports.filter((report) => report.type === 'member');
  const unusable = reports.filter((report) => report.type === 'unusable').map(({ path, message }) => ({ path, reason: message }));
  const mixed = describeMixture(members);
  if (mixed !== null) return refuse({ message: mixed, excluded: unusable });
  const newest = members.reduce((number, { generation }) => Math.max(number, generation.number), 0);
  const candidates: Candidate[] = [];
  const excluded: Exclusion[] = [...unusable];
  for (const folder of members) {
    const candidate = candidateOf(folder, newest, acceptsDamage);
    if (candidate.ok) candidates.push(candidate.value);
    else excluded.push({ path: folder.path, reason: candidate.reason });
  }
  const ranking = [...candidates].sort((left, right) => comparePositions(right.facts.last, left.facts.last));
  const [best] = ranking;
  if (!best) return refuse({ message: 'none of these folders can be gone on from', excluded });
  const standing = quorumStanding(best.facts.configuration, ranking);
  if (standing !== null) return refuse({ message: standing, excluded });
  return succeed(verdictOf(best, ranking, excluded, members));
}

/** Folders that do not belong together are never chosen among: a hand mixed them up. */
function describeMixture(members: readonly MemberFolder[]): string | null {
  const [first] = members;
  for (const [position, folder] of members.entries()) {
    if (first && folder.clusterId !== first.clusterId) {
      return `the folders are of different clusters: ${first.path} of ${first.clusterId}, ${folder.path} of ${folder.clusterId}`;
    }
    const twin = members.slice(0, position).find(({ memberId }) => memberId === folder.memberId);
    if (twin) return `${twin.path} and ${folder.path} are both of member ${folder.memberId}: name one of the copies`;
    const rival = members.find(
      ({ generation }) => generation.number === folder.generation.number && !sameGeneration(generation, folder.generation),
    );
    if (rival) {
      return `${folder.path} and ${rival.path} are of two recoveries that both made generation ${folder.generation.number}: name the folders of one of them`;
    }
  }
  return null;
}

function candidateOf(folder: MemberFolder, newestGeneration: number, acceptsDamage: boolean): Result<Candidate, string> {
  if (folder.generation.number < newestGeneration) {
    return refuse(`it is of generation ${folder.generation.number}, and another folder of generation ${newestGeneration}`);
  }
  const { log } = folder;
  const facts = log.type === 'whole' ? log.facts : log.salvaged;
  if (log.type === 'damaged') {
    if (!facts) return refuse(`its log is damaged: ${log.message}`);
    if (!acceptsDamage) {
      const whole = `what stands before the damage, through index ${facts.last.index}, counts with --accept-damage`;
      return refuse(`its log is damaged: ${log.message}; ${whole}`);
    }
  }
  const self = facts && findMember(facts.configuration, folder.memberId);
  if (!facts || !self) return refuse('the configuration in its log does not name it: it never caught up, or was removed');
  return succeed({ folder, facts, self, gap: gapOf(folder) });
}

function gapOf({ fenced, log, lostThroughTerm }: MemberFolder): string | null {
  if (log.type === 'damaged') return `its log is damaged: ${log.message}`;
  if (lostThroughTerm !== null) return `entries of terms up to ${lostThroughTerm} were lost with a damaged log before`;
  return fenced === null ? null : `it was fenced: ${fenced}`;
}

/** Not lost at all: whoever can be started needs no new configuration, and a new one would give up what a start gives back. */
function quorumStanding(configuration: Configuration, candidates: readonly Candidate[]): string | null {
  const able = candidates.filter(({ gap }) => gap === null);
  if (!isQuorum(configuration, (id) => able.some(({ folder }) => folder.memberId === id))) return null;
  const names = able.map(({ self }) => self.name).join(', ');
  const voters = voterIds(configuration).length;
  return `quorum is not lost: ${names} ${able.length === 1 ? 'is' : 'are'} a quorum of the ${voters} voters. Start ${able.length === 1 ? 'it' : 'them'}: nothing is lost then`;
}

function verdictOf(
  best: Candidate,
  ranking: readonly Candidate[],
  excluded: readonly Exclusion[],
  members: readonly MemberFolder[],
): Verdict {
  const { configuration } = best.facts;
  const isHere = (id: MemberId): boolean => ranking.some(({ folder, gap }) => folder.memberId === id && gap === null);
  const missingVoters = configuration.members.filter(
    ({ id, role }) => role === 'voter' && !isHere(id) && id !== best.folder.memberId,
  );
  // One that lacks what it acknowledged counts among the missing for what may be lost.
  const missing = missingVoters.length + (best.gap === null || best.self.role === 'learner' ? 0 : 1);
  const canCommitAlone = missing >= quorumSize(voterIds(configuration).length);
  const { committedAtLeast, last } = best.facts;
  return {
    best,
    ranking,
    excluded,
    missingVoters,
    loss: canCommitAlone ? { type: 'unknown' } : { type: 'none-under-this-configuration' },
    beyond: rememberedBeyond(best, members),
    keptUncertain: last.index > committedAtLeast ? { from: committedAtLeast + 1, to: last.index } : null,
    dropped: droppedIds(members),
  };
}

function rememberedBeyond(best: Candidate, members: readonly MemberFolder[]): readonly RememberedBeyond[] {
  const highest = new Map<MemberId, LogPosition>();
  for (const { log } of members) {
    const facts = log.type === 'whole' ? log.facts : log.salvaged;
    for (const { id, position } of facts?.peerMemory ?? []) {
      const known = highest.get(id);
      if (!known || comparePositions(position, known) > 0) highest.set(id, position);
    }
  }
  return [...highest]
    .filter(([, position]) => comparePositions(position, best.facts.last) > 0)
    .map(([id, position]) => ({ id, position, name: findMember(best.facts.configuration, id)?.name ?? null }));
}

/** Everybody of the generation that ends, the best itself included: it goes on under a new id. */
function droppedIds(members: readonly MemberFolder[]): readonly MemberId[] {
  const ids = new Set<MemberId>();
  for (const { memberId, log } of members) {
    ids.add(memberId);
    const facts = log.type === 'whole' ? log.facts : log.salvaged;
    for (const id of facts?.knownIds ?? []) ids.add(id);
  }
  return [...ids];
}
