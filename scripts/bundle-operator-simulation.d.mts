export function bundleOperatorSimulation(folder?: string): Promise<string>;
