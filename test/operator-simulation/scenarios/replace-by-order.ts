import type { Scenario } from '../scenario.ts';

export const replaceByOrder: Scenario = {
  name: 'a member replaced by order',
  about: 'the annotation quorate.io/replace, naming the leader',
  callsMost: 1_500,
  async run(world) {
    await world.founded({ replicas: 3 });
    const ordinal = world.leaderOrdinal();
    const { id } = world.memberOf(ordinal);
    world.annotate({ 'quorate.io/replace': world.member(ordinal) });
    await world.until('it is a member under another id', () => world.isReplaced(ordinal, id));
    await world.untilReady(3);
    await world.until('its old volume is released', () => world.status('keptVolumes') === undefined);
  },
};
