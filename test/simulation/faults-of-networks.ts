/** Directions in which nothing passes, or late; connections that break. Lost, doubled and late frames are of the plan as a whole. */
import type { Random } from '../../src/shared/random.ts';
import type { Faults, Strike } from './faults.ts';
import type { Machine } from './machine.ts';

type Pair = readonly [from: Machine, to: Machine];

/** Most are short; some outlast every timeout. */
function durationMs(random: Random): number {
  return 300 + random.fraction() * (random.below(4) === 0 ? 15_000 : 5000);
}

function cut(faults: Faults, pairs: readonly Pair[], forMs: number): boolean {
  const { world } = faults;
  for (const [from, to] of pairs) world.network.cut(from.name, to.name);
  faults.for(forMs, () => {
    for (const [from, to] of pairs) world.network.mend(from.name, to.name);
  });
  return pairs.length > 0;
}

function between(one: readonly Machine[], other: readonly Machine[]): Pair[] {
  return one.flatMap((left) =>
    other.flatMap((right): Pair[] => [
      [left, right],
      [right, left],
    ]),
  );
}

function split(machines: readonly Machine[], random: Random): readonly [Machine[], Machine[]] {
  const one = machines.filter(() => random.below(2) === 0);
  return [one, machines.filter((machine) => !one.includes(machine))];
}

const partition: Strike = (faults, random) => {
  const [one, other] = split(faults.world.machines, random);
  return cut(faults, between(one, other), durationMs(random));
};

const partitionOneWay: Strike = (faults, random) => {
  const [one, other] = split(faults.world.machines, random);
  const pairs = one.flatMap((from) => other.map((to): Pair => [from, to]));
  return cut(faults, pairs, durationMs(random));
};

/** Some pairs cannot talk while both talk to a third: there is no clean line. */
const partitionPartial: Strike = (faults, random) => {
  const { machines } = faults.world;
  const pairs = machines.flatMap((one, at) =>
    machines
      .slice(at + 1)
      .filter(() => random.below(3) === 0)
      .flatMap((other) => between([one], [other])),
  );
  return cut(faults, pairs, durationMs(random));
};

/** With too few to commit anything: its tail must go, and its reads must not be answered. */
const cutLeaderOff: Strike = (faults, random) => {
  const leader = faults.leader();
  if (!leader) return false;
  const others = faults.world.machines.filter((machine) => machine !== leader);
  const companion = random.below(3) === 0 && others.length >= 4 ? [others[random.below(others.length)]!] : [];
  const rest = others.filter((machine) => !companion.includes(machine));
  return cut(faults, between([leader, ...companion], rest), 2000 + durationMs(random));
};

/**
 * Whoever leads is cut off with what it has just been given, and comes back when the next one is: tails of several terms meet each other
 * (Raft paper, figure 8).
 */
const cutLeadersInTurn: Strike = (faults, random) => {
  const { scheduler, network, machines } = faults.world;
  let mend: () => void = () => undefined;
  let isOver = false;
  let last: Machine | null = null;
  const next = (): void => {
    if (isOver) return;
    const leader = faults.leader();
    if (leader && leader !== last) {
      last = leader;
      mend();
      const others = machines.filter((machine) => machine !== leader);
      const kept = others.length >= 4 && random.below(2) === 0 ? [others[random.below(others.length)]!] : [];
      const pairs = between(
        [leader, ...kept],
        others.filter((machine) => !kept.includes(machine)),
      );
      for (const [from, to] of pairs) network.cut(from.name, to.name);
      mend = () => {
        for (const [from, to] of pairs) network.mend(from.name, to.name);
        mend = () => undefined;
      };
    }
    scheduler.after(random.fraction() * (random.below(3) === 0 ? 400 : 40), next);
  };
  if (!faults.leader()) return false;
  next();
  faults.for(6000 + random.fraction() * 10_000, () => {
    isOver = true;
    mend();
  });
  return true;
};

/** For so long that the log it lacks is gone when it comes back. */
const cutLaggardOff: Strike = (faults, random) => {
  const leader = faults.leader();
  const followers = faults.world.machines.filter((machine) => machine !== leader);
  const laggard = followers[random.below(Math.max(1, followers.length))];
  if (!laggard) return false;
  const others = faults.world.machines.filter((machine) => machine !== laggard);
  return cut(faults, between([laggard], others), 10_000 + random.fraction() * 15_000);
};

const clog: Strike = (faults, random) => {
  const { network, machines, scheduler } = faults.world;
  const untilMs = scheduler.nowMs + 200 + random.fraction() * 5000;
  let clogged = 0;
  for (const from of machines) {
    for (const to of machines) {
      if (from === to || random.below(3) > 0) continue;
      network.clog(from.name, to.name, untilMs);
      clogged += 1;
    }
  }
  return clogged > 0;
};

/** Single connections stand still, while others between the same machines go on. */
const stallLinks: Strike = (faults, random) => {
  const { network, scheduler } = faults.world;
  const leader = faults.leader();
  if (!leader) return false;
  const untilMs = scheduler.nowMs + 1000 + random.fraction() * (random.below(2) === 0 ? 4000 : 20_000);
  return network.stall(leader.name, untilMs, () => random.below(2) === 0) > 0;
};

const resetLinks: Strike = (faults, random) => {
  const { network, machines } = faults.world;
  let broken = 0;
  for (const [at, one] of machines.entries())
    for (const other of machines.slice(at + 1)) if (random.below(2) === 0) broken += network.reset(one.name, other.name);
  return broken > 0;
};

export const networkFaults = {
  partition,
  'partition-one-way': partitionOneWay,
  'partition-partial': partitionPartial,
  'leader-cut-off': cutLeaderOff,
  'leaders-cut-in-turn': cutLeadersInTurn,
  'laggard-cut-off': cutLaggardOff,
  clog,
  'links-stalled': stallLinks,
  'links-reset': resetLinks,
};
