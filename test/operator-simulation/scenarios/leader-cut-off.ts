import type { Scenario } from '../scenario.ts';

export const leaderCutOff: Scenario = {
  name: 'roll while the leader is cut off',
  about: 'it still believes that it leads, and the operator reaches it: its word alone counts for nothing',
  callsMost: 2_000,
  async run(world) {
    await world.founded();
    const mend = world.cutOff(world.leaderOrdinal());
    world.change({ version: '0.1.1' });
    await world.pass(6_000);
    mend();
    await world.untilReady(3);
  },
};
