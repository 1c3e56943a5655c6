/** What happens on the way between clients and members: clients that reach a minority alone, or nobody, or are not answered; late and broken links. */
import type { Random } from '../../src/shared/random.ts';
import type { Faults, Strike } from './faults.ts';

type Pair = readonly [from: string, to: string];

function durationMs(random: Random): number {
  return 500 + random.fraction() * (random.below(4) === 0 ? 12_000 : 4000);
}

function between(one: readonly string[], other: readonly string[]): Pair[] {
  return one.flatMap((left) =>
    other.flatMap((right): Pair[] => [
      [left, right],
      [right, left],
    ]),
  );
}

function cut(faults: Faults, pairs: readonly Pair[], forMs: number): boolean {
  const { network } = faults.world;
  for (const [from, to] of pairs) network.cut(from, to);
  faults.for(forMs, () => {
    for (const [from, to] of pairs) network.mend(from, to);
  });
  return pairs.length > 0;
}

function some(hosts: readonly string[], random: Random): string[] {
  return hosts.filter(() => random.below(2) === 0);
}

/** The leader, or a few others, on one side with a part of the clients: what these write there must not count, and what they read not be old. */
const partitionWithClients: Strike = (faults, random) => {
  const { clientHosts, machines } = faults.world;
  const leader = random.below(3) > 0 ? faults.leader() : machines[random.below(machines.length)];
  if (!leader) return false;
  const sizeMax = Math.floor((machines.length - 1) / 2);
  const companions = machines.filter((machine) => machine !== leader).slice(0, random.below(Math.max(1, sizeMax)));
  const minority = [leader, ...companions].map(({ name }) => name);
  const majority = machines.map(({ name }) => name).filter((name) => !minority.includes(name));
  const withMinority = some(clientHosts, random);
  if (withMinority.length === 0) return false;
  const withMajority = clientHosts.filter((host) => !withMinority.includes(host));
  return cut(faults, between([...minority, ...withMinority], [...majority, ...withMajority]), 1500 + durationMs(random));
};

/** Both ways; or so that commands arrive and no answer returns. */
const cutClientsOff: Strike = (faults, random) => {
  const { clientHosts, machines } = faults.world;
  const clients = some(clientHosts, random);
  const hosts = some(
    machines.map(({ name }) => name),
    random,
  );
  const pairs = between(clients, hosts);
  const isOneWay = random.below(2) === 0;
  return cut(faults, isOneWay ? pairs.filter(([, to]) => clients.includes(to)) : pairs, durationMs(random));
};

const clogClients: Strike = (faults, random) => {
  const { clientHosts, machines, network, scheduler } = faults.world;
  const untilMs = scheduler.nowMs + 200 + random.fraction() * 5000;
  const pairs = between(
    clientHosts,
    machines.map(({ name }) => name),
  ).filter(() => random.below(3) === 0);
  for (const [from, to] of pairs) network.clog(from, to, untilMs);
  return pairs.length > 0;
};

/** Whoever waits for an answer does not learn what became of it. */
const resetClientLinks: Strike = (faults, random) => {
  const { clientHosts, machines, network } = faults.world;
  let broken = 0;
  for (const host of some(clientHosts, random)) for (const { name } of machines) broken += network.reset(host, name);
  return broken > 0;
};

export const clientFaults = {
  'partition-with-clients': partitionWithClients,
  'clients-cut-off': cutClientsOff,
  'clients-clogged': clogClients,
  'client-links-reset': resetClientLinks,
};
