/** A session as a test reads it: block after block, with what happens in between told by the test. */
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { present } from '../../src/shared/assert.ts';
import type { Block } from './blocks.ts';
import { blocksOfSession, SESSIONS } from './sessions.ts';

export class Reading {
  readonly #blocks: Block[];

  constructor(name: string) {
    const session = present(
      SESSIONS.find((each) => each.name === name),
      `there is a session called ${name}`,
    );
    this.#blocks = [...blocksOfSession(session)];
  }

  /** The next block, which holds the words: so that a test notices when a page was changed around it. */
  next(words: string): Block {
    const block = present(this.#blocks.shift(), `there is one more block: ${words}`);
    if (!block.text.includes(words))
      throw new Error(`${block.page}:${block.line}: ${words} is not in this block:\n${block.text}`);
    return block;
  }

  /** All that are left. */
  rest(): readonly Block[] {
    return this.#blocks.splice(0);
  }

  /** `page:line` of what was not read. */
  get unread(): readonly string[] {
    return this.#blocks.map(({ page, line }) => `${page}:${line}`);
  }
}

/** A folder for the `PATH`, in which the program stands under all its names; and as kubectl where there is none. */
export function programFolder(parent: string, program: string): string {
  const folder = join(parent, 'bin');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'quorate');
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(file, 0o755);
  symlinkSync(program, join(folder, 'kubectl-quorate'));
  if (!isOnPath('kubectl')) {
    const kubectl = join(folder, 'kubectl');
    // Plugins are found as kubectl finds them.
    writeFileSync(
      kubectl,
      '#!/bin/sh\n[ "$1" != quorate ] || { shift; exec kubectl-quorate "$@"; }\nexec quorate kubectl "$@"\n',
    );
    chmodSync(kubectl, 0o755);
  }
  return folder;
}

export function isOnPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, name)));
}
