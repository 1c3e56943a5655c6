/** 16 hex digits; `inputs` are paths below `root`. @throws when one is not there, or is of a package that the lock file does not know */
export function simulationKey(root: string, inputs: readonly string[]): Promise<string>;
