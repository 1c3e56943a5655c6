import type { Scenario } from '../scenario.ts';

export const keptVolumesAmongStrangers: Scenario = {
  name: '3 → 5 on kept volumes, after all three were replaced',
  about: 'who comes back knows none of those who are members: the operator says whom to ask about the removal',
  callsMost: 1_500,
  meets: { what: 'a removed member that is told whom to ask', count: ({ bench }) => bench.introductions },
  async run(world) {
    await world.founded({ replicas: 5 }, 5, async () => {
      world.change({ replicas: 3 });
      await world.untilReady(3);
      const staying = [0, 1, 2].map((ordinal) => ({ ordinal, id: world.memberOf(ordinal).id }));
      world.annotate({ 'quorate.io/replace': staying.map(({ ordinal }) => world.member(ordinal)).join(',') });
      const areReplaced = (): boolean => staying.every(({ ordinal, id }) => world.isReplaced(ordinal, id));
      await world.until('all three are members under other ids', areReplaced);
      await world.untilReady(3);
    });
    world.change({ replicas: 5 });
    await world.untilReady(5);
  },
};
