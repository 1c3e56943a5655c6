/** Kubernetes' MicroTime: RFC 3339 with exactly six digits of a second, which Leases and events require. */
export function microTime(wallMs: number): string {
  return new Date(wallMs).toISOString().replace('Z', '000Z');
}
