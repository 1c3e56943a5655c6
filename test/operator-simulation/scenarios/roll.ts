import type { Scenario } from '../scenario.ts';

export const roll: Scenario = {
  name: 'roll',
  about: 'every member to the next version, the leader last',
  callsMost: 1_000,
  async run(world) {
    await world.founded();
    world.change({ version: '0.1.1' });
    await world.untilReady(3);
  },
};
