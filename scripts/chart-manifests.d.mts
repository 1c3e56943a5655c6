export const MANIFESTS_FILE: string;
/** Words of the call of `helm` that the file is made from. */
export const HELM_WORDS: readonly string[];
export function chartHash(): string;
export function objectsOf(yaml: string): readonly object[];
