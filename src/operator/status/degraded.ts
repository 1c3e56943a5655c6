/** Less than what was asked for, though it may serve: the worst that was seen, in words. */
import { votersOf } from '../plan/facts.ts';
import { answerOf } from '../plan/observation.ts';
import type { MemberObservation } from '../plan/observation.ts';
import { isReadyMember, isSilent } from './conditions.ts';
import type { Finding, Snapshot } from './conditions.ts';
import { listOf } from './text.ts';

/** A clock further away from the cluster's log time than this is named (S13). */
export const CLOCK_OFFSET_MAX_MS = 5000;

export function degraded({ facts, outcome }: Snapshot, quorum: Finding<'QuorumAvailable'>): Finding<'Degraded'> {
  const worst = (reason: Finding<'Degraded'>['reason'], message: string): Finding<'Degraded'> => ({
    status: 'True',
    reason,
    message,
  });
  if (quorum.reason === 'QuorumLost') return worst('NoQuorum', quorum.message);
  const { members } = facts.observation;
  const said = (select: (member: MemberObservation) => string | null): string =>
    members.flatMap((member) => select(member) ?? []).join('; ');
  const diverged = said((member) => haltOf(member, (reason) => reason === 'StateDiverged') ?? divergenceOf(member));
  if (diverged !== '') return worst('StateDiverged', diverged);
  const halted = said((member) => haltOf(member, () => true));
  if (halted !== '') return worst('MembersHalted', halted);
  const full = said((member) => fullOf(member));
  if (full !== '') return worst('Full', full);
  const skewed = said((member) => skewOf(member));
  if (skewed !== '') return worst('ClockSkew', skewed);
  if (outcome.failure !== null) return worst('ReconcileFailed', outcome.failure);
  if (facts.cluster.spec.hibernate) return { status: 'False', reason: 'AsExpected', message: 'Hibernated as asked for.' };
  if (quorum.reason === 'NotFounded' || quorum.status === 'Unknown') {
    return { status: 'Unknown', reason: 'NotObserved', message: 'No leader was heard yet.' };
  }
  const voters = votersOf(facts.configuration ?? { index: 0, members: [] }).map(({ name }) => name);
  const lacking = voters.filter((name) => !isReadyMember(facts, name));
  if (lacking.length === 0) return { status: 'False', reason: 'AsExpected', message: 'Every voter is ready.' };
  const silent = members.filter((member) => lacking.includes(member.name) && isSilent(member)).map(({ name }) => name);
  if (silent.length > 0) return worst('MembersSilent', `${listOf(silent)} not heard.`);
  return worst('MembersNotReady', `${listOf(lacking)} not ready.`);
}

function haltOf(member: MemberObservation, selects: (reason: string) => boolean): string | null {
  const halt = answerOf(member)?.halt ?? null;
  return halt !== null && selects(halt.reason) ? `${member.name} halted (${halt.reason}): ${halt.message}` : null;
}

function divergenceOf(member: MemberObservation): string | null {
  const divergence = answerOf(member)?.divergence ?? null;
  return divergence === null ? null : `${member.name} says that states differ: ${divergence}`;
}

function fullOf(member: MemberObservation): string | null {
  const full = answerOf(member)?.full ?? 'no';
  return full === 'no' ? null : `${member.name} is out of ${full}: growing writes are refused`;
}

/** In whole minutes: the exact offset would be a new message in every pass. */
function skewOf(member: MemberObservation): string | null {
  const offset = answerOf(member)?.clockOffsetMs ?? null;
  if (offset === null || Math.abs(offset) <= CLOCK_OFFSET_MAX_MS) return null;
  const minutes = Math.floor(Math.abs(offset) / 60_000);
  const away = minutes === 0 ? 'more than 5 s' : `more than ${minutes} min`;
  return `the clock of ${member.name} is ${away} ${offset > 0 ? 'ahead of' : 'behind'} the others`;
}
