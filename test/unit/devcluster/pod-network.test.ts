import { expect, test } from '@jest/globals';
import { PodNetwork } from '../../../src/devcluster/runtime/pod-network.ts';

const open = (): Promise<PodNetwork> => PodNetwork.open(null, null, () => undefined);
const ports = ({ nodePort }: PodNetwork, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => nodePort(index));

test('two clusters of one machine give away other node ports, since both open them on 127.0.0.1', async () => {
  const [one, other] = [await open(), await open()];
  try {
    // Where there is only 127.0.0.1, a cluster cannot tell that there is another.
    if (one.mode === 'own-addresses') expect(ports(one, 100).filter((port) => ports(other, 100).includes(port))).toEqual([]);
    const all = [...new Set(ports(other, 2_768))].sort((left, right) => left - right);
    expect([all.length, all[0], all.at(-1)]).toEqual([2_768, 30_000, 32_767]);
  } finally {
    await one.close();
    await other.close();
  }
});
