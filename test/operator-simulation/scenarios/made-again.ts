import type { Scenario } from '../scenario.ts';
import { PATHS } from '../paths.ts';

export const madeAgain: Scenario = {
  name: 'deleted and made again on kept volumes',
  about: 'nothing is opened before spec.adoptClusterId says so; then all is there',
  callsMost: 2_500,
  async run(world) {
    await world.founded();
    const clusterId = String(world.status('clusterId'));
    world.person.call('DELETE', PATHS.orders);
    await world.until('all pods are gone', () => world.pods().length === 0 && !world.person.exists(PATHS.set));
    world.create({ replicas: 3 });
    await world.until('the volumes are foreign', () => world.gates().includes('ForeignVolumes'));
    await world.pass(5_000);
    world.change({ adoptClusterId: clusterId });
    await world.untilReady(3);
  },
};
