/** The errno name (ENOENT, EEXIST …) of what a call of the system threw; null when it has none. */
export function errnoOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
