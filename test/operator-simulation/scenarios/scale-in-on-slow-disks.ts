import type { Scenario } from '../scenario.ts';

export const scaleInOnSlowDisks: Scenario = {
  name: 'scale-in on slow disks',
  about: 'a removal is appended long before it is committed: nothing follows from it meanwhile, whoever asks anew',
  callsMost: 2_500,
  async run(world) {
    await world.founded();
    world.slowDisks([0, 1, 2], [500, 600]);
    await world.pass(1_000);
    world.change({ replicas: 1 });
    await world.moment('a removal is appended', () => world.truth.isChanging());
    const operator = await world.untilOperatorLeads();
    world.endOperator(operator);
    await world.until('both have left', () => world.truth.committed?.members.length === 1);
    world.slowDisks([0], [0.2, 2]);
    await world.untilReady(1);
  },
};
