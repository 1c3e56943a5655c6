import type { Scenario } from '../scenario.ts';

export const rollDuringScaleIn: Scenario = {
  name: 'roll during scale-in',
  about: 'a new version while members leave',
  callsMost: 2_500,
  async run(world) {
    await world.founded({ replicas: 5 }, 5);
    world.change({ replicas: 3 });
    await world.moment('the first has left', () => world.truth.committed?.members.length === 4);
    world.change({ version: '0.1.1' });
    await world.untilReady(3);
  },
};
