import type { Scenario } from '../scenario.ts';

export const scaleInBesideAPartition: Scenario = {
  name: 'scale-in while two of five are cut off',
  about: 'one more would be one too many: it waits until they are back',
  callsMost: 3_000,
  async run(world) {
    await world.founded({ replicas: 5 }, 5);
    const cut = [0, 1, 2, 3].filter((ordinal) => ordinal !== world.leaderOrdinal()).slice(0, 2);
    const mend = cut.map((ordinal) => world.cutOff(ordinal));
    await world.pass(1_500);
    world.change({ replicas: 3 });
    await world.pass(6_000);
    for (const each of mend) each();
    await world.untilReady(3);
  },
};
