import type { Scenario } from '../scenario.ts';
import { PATHS } from '../paths.ts';

export const deletedByHand: Scenario = {
  name: 'StatefulSet deleted by hand',
  about: 'with all its pods: made anew with as many, on the same volumes',
  callsMost: 1_200,
  async run(world) {
    await world.founded();
    world.person.call('DELETE', PATHS.set);
    world.trace('deleted by hand');
    await world.moment('it is gone', () => world.goingPods().length > 0 || world.pods().length < 3);
    await world.untilReady(3);
  },
};
