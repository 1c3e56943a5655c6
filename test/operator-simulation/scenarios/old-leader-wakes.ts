import type { Scenario } from '../scenario.ts';

export const oldLeaderWakes: Scenario = {
  name: 'an old leader of the operators wakes up late',
  about: 'suspended in the middle of a roll until the other has taken over',
  callsMost: 2_500,
  async run(world) {
    await world.founded();
    world.startOperator();
    await world.pass(3_000);
    const pods = world.podUids();
    world.change({ version: '0.1.1' });
    await world.until('a pod is replaced', () => world.newPods(pods) >= 1);
    const first = await world.untilOperatorLeads();
    await world.moment('it is in the middle of a pass', () => first.passBeganAtMs !== null || !first.isAlive);
    first.suspend();
    await world.until('the other has taken over', () => !world.isHolder(first) || !first.isSuspended, 120_000);
    await world.until('it goes on with the roll', () => world.newPods(pods) > 1, 120_000);
    first.wake();
    await world.untilReady(3);
  },
};
