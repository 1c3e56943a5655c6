import { expect, test } from '@jest/globals';
import { fullLife, HOP, Promises, secondLife, sweepKills, sweepPowerCuts } from './crash-sweep.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';

test('time', async () => {
  let t = Date.now();
  const disk = new SimulatedDisk(HOP);
  await fullLife(disk, new Promises());
  console.log('life', Date.now() - t, disk.operations);
  t = Date.now();
  expect(await sweepPowerCuts(fullLife, { modes: ['lose-all'] })).toBeNull();
  console.log('sweep', Date.now() - t);
  t = Date.now();
  expect(await sweepPowerCuts(fullLife)).toBeNull();
  console.log('sweep full', Date.now() - t);
  t = Date.now();
  expect(await sweepKills(fullLife, secondLife)).toBeNull();
  console.log('kills', Date.now() - t);
}, 60000);
