import type { Scenario } from '../scenario.ts';

export const brokenFromTheStart: Scenario = {
  name: 'a typo in the first image and its fix',
  about: 'no pod ever ran: no margin, no leader, and the fix must come through',
  callsMost: 900,
  async run(world) {
    await world.pass(1_000);
    world.begin();
    world.startOperator();
    world.create({ replicas: 3, version: '9.9.9' });
    await world.until('pods wait for their image', () => world.hasBrokenPod());
    await world.pass(2_000);
    world.change({ version: '0.1.0' });
    await world.untilReady(3);
  },
};
