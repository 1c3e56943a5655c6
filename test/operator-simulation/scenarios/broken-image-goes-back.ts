import type { Scenario } from '../scenario.ts';

export const brokenImageGoesBack: Scenario = {
  name: 'roll to a broken image, taken back',
  about: 'the first pod never comes up: it goes back to the template before, spec stays',
  callsMost: 2_000,
  async run(world) {
    await world.founded();
    world.change({ version: '9.9.9' });
    await world.untilWanted(
      'taken back',
      () => world.condition('Updated') === 'False RolledBack' && world.status('ready') === '3/3' && world.isWhole(3),
    );
  },
};
