import type { Scenario } from '../scenario.ts';

export const hibernate: Scenario = {
  name: 'hibernate at 3, wake at 5',
  about: 'all pods go, all members come back, and two more',
  callsMost: 2_000,
  async run(world) {
    await world.founded();
    world.change({ hibernate: true });
    await world.until('asleep', () => world.pods().length === 0 && world.status('phase') === 'Hibernated');
    world.change({ hibernate: false, replicas: 5 });
    await world.untilReady(5);
  },
};
