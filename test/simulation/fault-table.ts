/** Every class of fault, how often it comes among those that a seed has, and how many members a world needs for it. */
export const FAULTS = {
  kill: { weight: 3, membersMin: 1 },
  'power-loss': { weight: 4, membersMin: 1 },
  'power-loss-at-sync': { weight: 4, membersMin: 1 },
  'power-loss-of-all': { weight: 1, membersMin: 1 },
  pause: { weight: 2, membersMin: 1 },
  isolate: { weight: 2, membersMin: 3 },
} as const;

export type FaultName = keyof typeof FAULTS;
