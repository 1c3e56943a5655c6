import type { Scenario } from '../scenario.ts';
import { PATHS } from '../paths.ts';

export const scaleInDeletesVolumes: Scenario = {
  name: 'scale-in that deletes volumes',
  about: 'retention.whenScaled is Delete: each claim goes once the removal of its member is committed',
  callsMost: 1_800,
  async run(world) {
    await world.founded({ replicas: 5, storage: { size: '1Gi', retention: { whenScaled: 'Delete' } } }, 5);
    world.change({ replicas: 3 });
    await world.untilReady(3);
    await world.until('two claims are gone', () => world.person.names(PATHS.claims).length === 3);
  },
};
