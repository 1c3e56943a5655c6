export function bundleOperatorSimulation(
  folder?: string,
  edits?: readonly { readonly file: string; readonly find: string; readonly replace: string }[],
): Promise<string>;
