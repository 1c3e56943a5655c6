import type { Scenario } from '../scenario.ts';

export const operatorUpgraded: Scenario = {
  name: 'operator upgraded half-way',
  about: 'another version takes over in the middle of a scale: it goes on, and no pod restarts',
  callsMost: 1_500,
  async run(world) {
    await world.founded();
    const pods = world.podUids();
    world.change({ replicas: 5 });
    await world.moment('the first is on its way', () => world.pods().length === 4);
    await world.upgradeOperator('0.2.0');
    await world.untilReady(5);
    if (!pods.every((uid) => world.podUids().includes(uid))) world.failed('an operator upgrade restarted a pod');
  },
};
