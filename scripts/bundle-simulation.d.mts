/** @returns the folder with `run.mjs`, `first.mjs` and `second.mjs` */
export function bundleSimulation(folder?: string): Promise<string>;
