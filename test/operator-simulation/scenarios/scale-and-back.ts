import type { Scenario } from '../scenario.ts';

export const scaleAndBack: Scenario = {
  name: 'scale 3 → 5 → 3',
  about: 'out and in again, volumes kept',
  callsMost: 1_500,
  async run(world) {
    await world.founded();
    world.change({ replicas: 5 });
    await world.untilReady(5);
    world.change({ replicas: 3 });
    await world.untilReady(3);
  },
};
