import type { Edit } from '../test/mutants/mutants.ts';

/** @returns the folder with `run.mjs`, `first.mjs` and `second.mjs`; `edits` are planted in the two builds */
export function bundleSimulation(folder?: string, edits?: readonly Edit[]): Promise<string>;
