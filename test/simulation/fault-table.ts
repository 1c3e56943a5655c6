/** Every class of fault, how often it comes among those that a seed has, and how many members a world needs for it. */
interface FaultClass {
  readonly weight: number;
  readonly membersMin: number;
  /** It takes a member out of those that count until it is replaced, or waits for all to be well: few of them fit into one world. */
  readonly isDelicate?: true;
  /** In how many seeds of a block of twenty it strikes for certain, where that is not the usual number. */
  readonly forcedSeeds?: number;
}

export const FAULTS = {
  kill: { weight: 3, membersMin: 1 },
  'power-loss': { weight: 4, membersMin: 1 },
  'power-loss-at-sync': { weight: 4, membersMin: 1 },
  'power-loss-tearing': { weight: 2, membersMin: 1 },
  'power-loss-at-election': { weight: 3, membersMin: 3 },
  'power-loss-of-all': { weight: 1, membersMin: 1 },
  'graceful-restart': { weight: 2, membersMin: 1 },
  pause: { weight: 2, membersMin: 1 },
  'leader-asleep': { weight: 2, membersMin: 3, forcedSeeds: 8 },
  partition: { weight: 2, membersMin: 3 },
  'partition-one-way': { weight: 2, membersMin: 3 },
  'partition-partial': { weight: 2, membersMin: 3 },
  'partition-with-clients': { weight: 2, membersMin: 3, forcedSeeds: 8 },
  'leader-cut-off': { weight: 3, membersMin: 3, forcedSeeds: 7 },
  'leaders-cut-in-turn': { weight: 2, membersMin: 3, forcedSeeds: 7 },
  'laggard-cut-off': { weight: 2, membersMin: 3 },
  clog: { weight: 2, membersMin: 3 },
  'links-stalled': { weight: 2, membersMin: 3 },
  'links-reset': { weight: 2, membersMin: 3 },
  'clients-cut-off': { weight: 2, membersMin: 1 },
  'clients-clogged': { weight: 2, membersMin: 1 },
  'client-links-reset': { weight: 2, membersMin: 1 },
  'slow-disk': { weight: 2, membersMin: 1 },
  'failed-sync': { weight: 2, membersMin: 1 },
  'failed-write': { weight: 1, membersMin: 1 },
  'failed-read': { weight: 1, membersMin: 1 },
  'full-disk': { weight: 1, membersMin: 1 },
  'bit-flip': { weight: 2, membersMin: 3, isDelicate: true, forcedSeeds: 6 },
  'misdirected-write': { weight: 2, membersMin: 3, isDelicate: true, forcedSeeds: 6 },
  'misdirected-read': { weight: 1, membersMin: 3, isDelicate: true, forcedSeeds: 7 },
  'lost-volume': { weight: 2, membersMin: 3, isDelicate: true, forcedSeeds: 6 },
  'past-volume': { weight: 2, membersMin: 3, isDelicate: true, forcedSeeds: 7 },
  'clock-jump': { weight: 2, membersMin: 3 },
  'clock-drift': { weight: 2, membersMin: 3 },
  transfer: { weight: 3, membersMin: 3, forcedSeeds: 7 },
  'impatient-operator': { weight: 3, membersMin: 1, forcedSeeds: 8 },
  scale: { weight: 4, membersMin: 1 },
  'scale-in-and-back': { weight: 1, membersMin: 3, isDelicate: true, forcedSeeds: 7 },
  'replace-member': { weight: 2, membersMin: 3, isDelicate: true, forcedSeeds: 6 },
  'other-build': { weight: 2, membersMin: 1, forcedSeeds: 8 },
  'roll-to-next-build': { weight: 1, membersMin: 1 },
} as const satisfies Record<string, FaultClass>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** @param words names with commas @throws naming the class that there is not */
export function parseFaultNames(words: string): FaultName[] {
  return words.split(',').map((word) => {
    const name = FAULT_NAMES.find((each) => each === word);
    if (name === undefined) throw new Error(`no class of faults is called ${word}; there are ${FAULT_NAMES.join(', ')}`);
    return name;
  });
}

export function faultClassOf(name: FaultName): FaultClass {
  return FAULTS[name];
}
