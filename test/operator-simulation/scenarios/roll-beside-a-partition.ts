import type { Scenario } from '../scenario.ts';

export const rollBesideAPartition: Scenario = {
  name: 'roll while a member is cut off from its peers',
  about: 'its pod is still ready: it counts for nothing until it has caught up',
  callsMost: 2_000,
  async run(world) {
    await world.founded();
    // Followers go by descending ordinal: this one's turn comes last.
    const mend = world.cutOff(world.leaderOrdinal() === 0 ? 1 : 0);
    await world.pass(1_500);
    world.change({ version: '0.1.1' });
    await world.pass(6_000);
    mend();
    await world.untilReady(3);
  },
};
