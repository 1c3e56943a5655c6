/** Secrets come from files, are read at each use so that they can rotate (rule S19), and are never logged. */
import { readFileSync } from 'node:fs';

export class SecretError extends Error {
  override readonly name = 'SecretError';
  readonly code = 'SECRET_UNREADABLE';
}

/** @throws SecretError when the file can't be read or holds nothing; the message names the file, never what is in it */
export function readSecret(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new SecretError(`the secret file ${path} cannot be read`, { cause: error });
  }
  if (text.length === 0) throw new SecretError(`the secret file ${path} is empty`);
  return text;
}
