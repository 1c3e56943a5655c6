/** Somebody who reads a page: a home of their own, a cluster that their kubeconfig names, and a shell at the root of the repository. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/redis-server.ts';
import { ClusterReader } from './cluster-pages.ts';
import { programFolder } from './reading.ts';
import { Shell } from './shell.ts';

/** `make` that leaves alone what is installed: not anew under the feet of the tests. */
const MAKE = '#!/bin/sh\nexec env PATH="${PATH#*:}" make -o node_modules/.package-lock.json "$@"\n';
/** Only a hang takes so long. */
const DEADLINE_MS = 600_000;

export interface ReaderHome {
  readonly reader: ClusterReader;
  readonly leave: () => Promise<void>;
}

/** @param kubeconfig its current namespace is the reader's */
export async function readerHome(program: string, kubeconfig: string): Promise<ReaderHome> {
  const home = mkdtempSync(join(tmpdir(), 'quorate-home-'));
  const bin = programFolder(home, program);
  writeFileSync(join(bin, 'make'), MAKE, { mode: 0o755 });
  const port = await freePort();
  const shell = new Shell({
    folder: process.cwd(),
    env: { HOME: home, KUBECONFIG: kubeconfig, PATH: `${bin}:${home}/.local/bin:${process.env['PATH'] ?? ''}` },
    // Files of a page go to the home; ports of this machine may be in use.
    replacements: [
      ['8080:8080', `${port}:8080`],
      ['localhost:8080', `localhost:${port}`],
      ['admin-token', join(home, 'admin-token')],
      ['orders.snapshot', join(home, 'orders.snapshot')],
    ],
    deadlineMs: DEADLINE_MS,
  });
  return {
    reader: new ClusterReader(shell),
    leave: async () => {
      await shell.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
