import type { Scenario } from '../scenario.ts';
import { PATHS } from '../paths.ts';

export const allDisksLost: Scenario = {
  name: 'all disks lost',
  about: 'nothing is founded by itself; a person deletes the resource and makes it anew',
  callsMost: 3_500,
  async run(world) {
    await world.founded();
    for (const ordinal of [0, 1, 2]) world.members.wipe(world.volumeOf(ordinal));
    world.writer.forgetAll();
    await world.until(
      'said',
      () => world.condition('QuorumAvailable').startsWith('False') && world.gates().includes('ConfirmedLeader'),
    );
    await world.pass(10_000);
    if (world.truth.generationCount !== 1) world.failed('S6: another cluster was founded');
    world.person.call('DELETE', PATHS.orders);
    await world.until('all pods are gone', () => world.pods().length === 0 && !world.person.exists(PATHS.set));
    for (const claim of world.person.names(PATHS.claims)) world.person.call('DELETE', `${PATHS.claims}/${claim}`);
    world.create({ replicas: 3 });
    await world.untilReady(3);
  },
};
