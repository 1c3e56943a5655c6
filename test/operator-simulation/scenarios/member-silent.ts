import type { Scenario } from '../scenario.ts';

export const memberSilent: Scenario = {
  name: 'a member that the operator cannot hear',
  about: 'its answers are lost for a while: unknown, neither ready nor dead',
  callsMost: 1_500,
  async run(world) {
    await world.founded();
    const ordinal = (world.leaderOrdinal() + 1) % 3;
    world.silence(world.member(ordinal), true);
    await world.until('it is not counted', () => world.status('ready') === '2/3');
    await world.pass(12_000);
    world.silence(world.member(ordinal), false);
    await world.untilReady(3);
  },
};
