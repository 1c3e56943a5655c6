import type { Scenario } from '../scenario.ts';

export const scaleOnKeptVolumes: Scenario = {
  name: '3 → 5 → 3 → 5 on kept volumes',
  about: 'members come back to their volumes under new ids',
  callsMost: 2_500,
  meets: { what: 'a removed member that is told whom to ask', count: ({ bench }) => bench.introductions },
  async run(world) {
    await world.founded();
    for (const replicas of [5, 3, 5]) {
      world.change({ replicas });
      await world.untilReady(replicas);
    }
  },
};
