import type { Scenario } from '../scenario.ts';

export const found: Scenario = {
  name: 'found',
  about: 'a new cluster of three',
  callsMost: 400,
  async run(world) {
    await world.pass(1_000);
    world.begin();
    world.startOperator();
    world.create({ replicas: 3 });
    await world.untilReady(3);
  },
};
