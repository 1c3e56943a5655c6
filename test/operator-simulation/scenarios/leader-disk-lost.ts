import type { Scenario } from '../scenario.ts';

export const leaderDiskLost: Scenario = {
  name: 'leader lost with its disk',
  about: 'the same with the member that leads',
  callsMost: 1_200,
  async run(world) {
    await world.founded();
    const ordinal = world.leaderOrdinal();
    const { id } = world.memberOf(ordinal);
    world.members.wipe(world.volumeOf(ordinal));
    await world.until('it is a member under another id', () => world.isReplaced(ordinal, id));
    await world.untilReady(3);
  },
};
