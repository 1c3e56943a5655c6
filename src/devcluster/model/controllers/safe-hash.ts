/** Names that follow from content: of revisions, and of the ReplicaSets of a Deployment. Letters as Kubernetes takes them, no vowels. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../json.ts';

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const LENGTH = 10;

export function safeHash(value: unknown): string {
  const digest = createHash('sha256').update(canonicalJson(value)).digest();
  return Array.from(digest.subarray(0, LENGTH), (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}
