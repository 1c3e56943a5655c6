import type { Scenario } from '../scenario.ts';

export const rollToNextLevel: Scenario = {
  name: 'roll to the next feature level',
  about: '0.1.0 to 0.2.0; the level rises when all speak it',
  callsMost: 1_200,
  async run(world) {
    await world.founded();
    world.change({ version: '0.2.0' });
    await world.untilReady(3);
    await world.until('level 2', () => world.status('featureLevel') === 2);
  },
};
