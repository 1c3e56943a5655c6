import type { Scenario } from '../scenario.ts';

export const scaleInWithoutQuorum: Scenario = {
  name: 'scale-in without a quorum',
  about: 'nobody can confirm that it leads: nothing is lowered until somebody can',
  callsMost: 2_000,
  async run(world) {
    await world.founded();
    const mend = [0, 1, 2].map((ordinal) => world.cutOff(ordinal));
    await world.pass(1_500);
    world.change({ replicas: 1 });
    await world.pass(8_000);
    for (const each of mend) each();
    await world.untilReady(1);
  },
};
