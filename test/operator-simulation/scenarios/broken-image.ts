import type { Scenario } from '../scenario.ts';

export const brokenImage: Scenario = {
  name: 'roll to a broken image and its fix',
  about: 'the first pod waits for an image that is not there; a corrected spec reaches it',
  callsMost: 1_500,
  async run(world) {
    await world.founded();
    world.change({ version: '9.9.9' });
    await world.until('one pod waits for its image', () => world.gates().includes('Canary') && world.hasBrokenPod());
    await world.pass(2_000);
    world.change({ version: '0.1.1' });
    await world.untilReady(3);
  },
};
