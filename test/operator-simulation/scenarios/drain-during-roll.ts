import type { Scenario } from '../scenario.ts';

export const drainDuringRoll: Scenario = {
  name: 'a drain during a roll',
  about: 'a node is drained while members are replaced one by one',
  callsMost: 2_000,
  async run(world) {
    await world.founded();
    const pods = world.podUids();
    world.change({ version: '0.1.1' });
    await world.until('a pod is replaced', () => world.newPods(pods) > 0);
    const drained = world.member(0);
    await world.until('the drain gets its turn', () => world.evict(drained), 120_000);
    await world.untilReady(3);
  },
};
