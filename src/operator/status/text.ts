/** Text in status is bounded by the CRD: what is longer is cut, never refused. */
export function shortened(text: string, charactersMax: number): string {
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax - 1)}…`;
}

/** RFC 3339, as Kubernetes writes times: whole seconds. */
export function timestampOf(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, 19)}Z`;
}

export function listOf(names: readonly string[]): string {
  return names.join(', ');
}
