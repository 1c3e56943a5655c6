import type { Scenario } from '../scenario.ts';
import { PATHS } from '../paths.ts';

export const nodeLost: Scenario = {
  name: 'node lost',
  about: 'off, NotReady for a while, then its Node is deleted: replaced elsewhere, the old volume kept until then',
  callsMost: 3_500,
  async run(world) {
    await world.founded();
    const ordinal = (world.leaderOrdinal() + 1) % 3;
    const { id } = world.memberOf(ordinal);
    const node = world.nodeOf(ordinal);
    world.powerOff(node);
    await world.until('it is NotReady', () => world.nodeReadiness(node) !== 'True');
    await world.pass(15_000);
    world.person.call('DELETE', `${PATHS.nodes}/${node}`);
    await world.until('it is a member under another id', () => world.isReplaced(ordinal, id));
    await world.untilReady(3);
    await world.until('its old volume is released', () => world.status('keptVolumes') === undefined);
  },
};
