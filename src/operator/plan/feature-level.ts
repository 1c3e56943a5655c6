/** Rule S16: the level in force rises by one, by a log entry, when every member says that it can read it, and no pod is left to be updated. */
import { isOf } from './facts.ts';
import type { Facts } from './facts.ts';
import { answerOf, memberNamed } from './observation.ts';
import { NOTHING, proposal } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import { isOfFullSize, outdatedMembers } from './outdated.ts';

export function planFeatureLevel(facts: Facts): Proposal {
  const { leader, identity, settled } = facts;
  if (leader === null || identity === null || !settled || !isOfFullSize(facts)) return NOTHING;
  if (outdatedMembers(facts)?.length !== 0) return NOTHING;
  const level = leader.status.featureLevel + 1;
  const canAll = leader.replication.committedConfiguration.members.every(({ id, name }) => {
    const member = memberNamed(facts.observation, name);
    const status = member === null || member.pod?.terminating !== false ? null : answerOf(member);
    return status !== null && status.memberId === id && isOf(identity, status) && status.featureLevelMax >= level;
  });
  if (!canAll) return NOTHING;
  const because = `S16: every member can read feature level ${level}, and every pod is updated`;
  return proposal({
    steps: [{ type: 'raise-feature-level', leader: leader.member.name, level, because }],
    events: [
      {
        type: 'Normal',
        reason: 'FeatureLevelRaised',
        action: 'RaiseFeatureLevel',
        note: `${because}; versions below it are refused from now on.`,
      },
    ],
  });
}
