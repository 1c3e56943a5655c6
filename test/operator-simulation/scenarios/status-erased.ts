import type { Scenario } from '../scenario.ts';
import { PATHS } from '../simulation.ts';

export const statusErased: Scenario = {
  name: 'status erased',
  about: 'while members run: rebuilt from them, nothing is founded',
  callsMost: 900,
  async run(world) {
    await world.founded();
    world.person.call('PUT', `${PATHS.orders}/status`, { ...world.find(PATHS.orders), status: {} });
    world.trace('status erased');
    await world.untilReady(3);
    if (world.truth.generationCount !== 1) world.failed('S6: another cluster was founded');
  },
};
