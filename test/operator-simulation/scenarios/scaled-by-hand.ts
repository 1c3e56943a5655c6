import type { Scenario } from '../scenario.ts';
import { PATHS } from '../paths.ts';

export const scaledByHand: Scenario = {
  name: 'StatefulSet scaled by hand',
  about: 'to one pod, so that the quorum is gone: raised at once, all together',
  callsMost: 1_200,
  async run(world) {
    await world.founded();
    world.person.merge(`${PATHS.set}/scale`, { spec: { replicas: 1 } });
    world.trace('scaled by hand');
    await world.moment('two pods go', () => world.goingPods().length === 2 || world.pods().length < 3);
    await world.untilReady(3);
  },
};
