import type { Scenario } from '../scenario.ts';

export const diskLost: Scenario = {
  name: 'member lost with its disk',
  about: 'an empty disk under its claim: removed, added under its new id',
  callsMost: 1_200,
  async run(world) {
    await world.founded();
    const ordinal = (world.leaderOrdinal() + 1) % 3;
    const { id } = world.memberOf(ordinal);
    world.members.wipe(world.volumeOf(ordinal));
    await world.until('it is a member under another id', () => world.isReplaced(ordinal, id));
    await world.untilReady(3);
  },
};
