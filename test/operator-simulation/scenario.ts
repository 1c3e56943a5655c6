/** What people and machines do in a run. */
import type { OperatorSimulation } from './simulation.ts';

export interface Scenario {
  readonly name: string;
  /** What it looks at, in a few words for the report. */
  readonly about: string;
  /** Calls of the operator, to the API server and to members, from `begin` to the end of a run that is not disturbed: more is a hot loop. */
  readonly callsMost: number;
  /** What a run that is not disturbed has to meet, or it does not show what it is for. */
  readonly meets?: { readonly what: string; readonly count: (world: OperatorSimulation) => number };
  run(world: OperatorSimulation): Promise<void>;
}
