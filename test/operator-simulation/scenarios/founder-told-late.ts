import type { Scenario } from '../scenario.ts';

export const founderToldLate: Scenario = {
  name: 'a founder that is told late',
  about: 'the operator cannot reach it until the other two have formed the cluster: it is told all the same',
  callsMost: 800,
  async run(world) {
    await world.pass(1_000);
    world.begin();
    world.startOperator();
    world.create({ replicas: 3 });
    await world.moment('the founding is written', () => world.status('founding') !== undefined);
    world.silence(world.member(2), true);
    const isFormed = (): boolean => world.truth.scene().members?.some(({ leadsSinceMs }) => leadsSinceMs !== null) === true;
    await world.until('the others formed the cluster', isFormed);
    world.silence(world.member(2), false);
    await world.untilReady(3);
  },
};
