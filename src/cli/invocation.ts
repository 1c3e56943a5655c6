/** One file under several names: as `kubectl-quorate` in the PATH it is a plugin of kubectl, which calls it with the words after `quorate`. */
import { basename } from 'node:path';

export interface Invocation {
  /** What the user typed to get here. */
  readonly program: 'quorate' | 'kubectl quorate';
  readonly words: readonly string[];
}

/** @param file the program's file as it was called, link or not: `process.argv[1]` */
export function invocationOf(file: string, given: readonly string[]): Invocation {
  const words = given[0] === '--version' ? ['version', ...given.slice(1)] : given;
  switch (basename(file).replace(/\.(c|m)?js$/, '')) {
    case 'kubectl-quorate':
      return { program: 'kubectl quorate', words };
    case 'kubectl_complete-quorate':
      // kubectl asks this one for what may stand at the cursor.
      return { program: 'kubectl quorate', words: ['__complete', ...given] };
    default:
      return { program: 'quorate', words };
  }
}
