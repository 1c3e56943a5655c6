import type { Scenario } from '../scenario.ts';

export const scaleAllSizes: Scenario = {
  name: 'scale 1 → 3 → 5 → 7 → 3 → 1',
  about: 'every size, out and in',
  callsMost: 4_000,
  async run(world) {
    await world.founded({ replicas: 1 }, 1);
    for (const replicas of [3, 5, 7, 3, 1]) {
      world.change({ replicas });
      await world.untilReady(replicas);
    }
  },
};
