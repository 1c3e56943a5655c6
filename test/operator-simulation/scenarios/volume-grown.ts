import type { Scenario } from '../scenario.ts';
import { PATHS } from '../paths.ts';

export const volumeGrown: Scenario = {
  name: 'volume grown',
  about: 'claims, and the template by a StatefulSet made anew around its pods',
  callsMost: 1_200,
  async run(world) {
    await world.founded({ storage: { size: '1Gi' } });
    const pods = world.podUids();
    world.change({ storage: { size: '2Gi' } });
    await world.until('every volume has grown', () => world.volumeSizes().every((size) => size === '2Gi'));
    await world.until(
      'the template follows',
      () => world.at(PATHS.set, 'spec.volumeClaimTemplates.0.spec.resources.requests.storage') === '2Gi',
    );
    await world.untilReady(3);
    if (world.podUids().join() !== pods.join()) world.failed('a pod was replaced, and only volumes were to grow');
  },
};
