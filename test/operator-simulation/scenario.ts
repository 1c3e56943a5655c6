/** What people and machines do in a run. */
import type { OperatorSimulation } from './simulation.ts';

export interface Scenario {
  readonly name: string;
  /** What it looks at, in a few words for the report. */
  readonly about: string;
  /** Calls of the operator, to the API server and to members, from `begin` to the end of a run that is not disturbed: more is a hot loop. */
  readonly callsMost: number;
  run(world: OperatorSimulation): Promise<void>;
}
