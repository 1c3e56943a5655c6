import type { Scenario } from '../scenario.ts';
import { PATHS } from '../paths.ts';

export const statusErased: Scenario = {
  name: 'status erased',
  about: 'after a scale, while members run: rebuilt from them, nothing is founded',
  callsMost: 1_200,
  async run(world) {
    await world.founded();
    world.change({ replicas: 5 });
    await world.untilReady(5);
    world.person.call('PUT', `${PATHS.orders}/status`, { ...world.find(PATHS.orders), status: {} });
    world.trace('status erased');
    await world.untilReady(5);
    if (world.truth.generationCount !== 1) world.failed('S6: another cluster was founded');
  },
};
