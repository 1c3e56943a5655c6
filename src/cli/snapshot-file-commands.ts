import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { systemClock } from '../node/system-clock.ts';
import { systemRandom } from '../node/system-random.ts';
import { generationText } from '../recovery/report-text.ts';
import { readSaved, restoreInto, whyNotEmpty } from '../recovery/saved-file.ts';
import type { ReadSnapshot, Restored } from '../recovery/saved-file.ts';
import { present } from '../shared/assert.ts';
import { parseClusterId } from '../shared/ids.ts';
import type { ClusterId } from '../shared/ids.ts';
import { lockFolder } from '../wal/folder-lock.ts';
import { openNodeDisk, openReadOnlyDisk } from '../wal/node-disk.ts';
import { EXIT_DONE, UsageError } from './command.ts';
import type { Command } from './command.ts';
import { savedText } from './saved-text.ts';

const FILE = { name: 'FILE', required: true, summary: 'what `quorate snapshot save` wrote' } as const;
const MEMBER_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export const snapshotInspectCommand: Command = {
  name: 'snapshot inspect',
  summary: 'verify every byte of a saved snapshot, and tell what is in it',
  details: [],
  positionals: [FILE],
  options: { json: { value: null, summary: 'print JSON for programs' } },
  run: async (given, { stdout }) => {
    const path = resolve(present(given.positional('FILE'), 'FILE is required'));
    stdout.write(savedText(path, await read(path), given.has('json')));
    return EXIT_DONE;
  },
};

export const snapshotRestoreCommand: Command = {
  name: 'snapshot restore',
  summary: 'found a cluster from a saved snapshot, in an empty data folder',
  details: [
    'The folder becomes that of the first member, alone in its configuration. Start its node with it; the other members begin with empty folders ' +
      'and join as learners.',
    'The cluster gets a new id, unless you name one: the cluster that the snapshot was taken from may still run, and its members would stop for ' +
      'good on hearing of a higher generation of their own id. Name the old id only to replace a cluster whose members are all gone: whichever ' +
      'of them comes back is then refused.',
    'docs/recovery.md goes through it step by step, by hand and on Kubernetes.',
  ],
  positionals: [FILE],
  options: {
    data: { value: 'FOLDER', required: true, summary: 'data folder of the first member: empty, or not there yet' },
    name: { value: 'NAME', required: true, summary: 'name of the first member, on Kubernetes that of its pod: orders-0' },
    'cluster-id': { value: 'ID', summary: 'id of the new cluster; without it a new one is drawn' },
    json: { value: null, summary: 'print JSON for programs' },
  },
  run: async (given, { stdout }) => {
    const name = given.required('name');
    if (!MEMBER_NAME.test(name)) throw new UsageError(`--name ${name}: must be a DNS label: lower-case letters, digits and "-"`);
    const clusterId = readClusterId(given.value('cluster-id'));
    const snapshot = await read(resolve(present(given.positional('FILE'), 'FILE is required')));
    const folder = resolve(given.required('data'));
    const restored = await restore(snapshot, folder, name, clusterId);
    stdout.write(given.has('json') ? `${JSON.stringify(restored, null, 2)}\n` : restoredText(folder, name, snapshot, restored));
    return EXIT_DONE;
  },
};

function readClusterId(text: string | null): ClusterId | null {
  if (text === null) return null;
  const id = parseClusterId(text);
  if (!id) throw new UsageError(`--cluster-id ${text}: must be 1 to 63 letters, digits, ".", "_" or "-"`);
  return id;
}

async function read(path: string): Promise<ReadSnapshot> {
  if (!existsSync(path)) throw new Error(`there is no file ${path}`);
  const file = await openReadOnlyDisk(dirname(path)).open(basename(path));
  try {
    const saved = await readSaved(file);
    if (!saved.ok) throw new Error(`${path}: ${saved.reason}`);
    return saved.value;
  } finally {
    await file.close();
  }
}

async function restore(snapshot: ReadSnapshot, folder: string, name: string, clusterId: ClusterId | null): Promise<Restored> {
  const disk = openNodeDisk(folder);
  const refusal = await whyNotEmpty(disk);
  if (refusal !== null) throw new Error(`${folder}: ${refusal}`);
  await disk.makeFolder('');
  const lock = await lockFolder(folder);
  if (!lock.ok) throw new Error(`${folder}: ${lock.reason.message}`);
  try {
    // Looked at again: between the first look and the lock somebody may have founded a member here.
    const late = await whyNotEmpty(disk);
    if (late !== null) throw new Error(`${folder}: ${late}`);
    return await restoreInto({ disk, clock: systemClock, random: systemRandom, snapshot, name, clusterId });
  } finally {
    await lock.value.release();
  }
}

function restoredText(folder: string, name: string, { header, state, origin }: ReadSnapshot, restored: Restored): string {
  const lines = [
    `${folder} is now that of ${name} (member ${restored.memberId}), alone in cluster ${restored.clusterId}, generation ${generationText(restored.generation)}.`,
    `It holds everything through index ${header.base.index}: ${state.keys} keys.`,
    'Start its node; the other members begin with empty folders and join as learners.',
  ];
  if (restored.clusterId === origin.clusterId) {
    lines.push('It has the id of the cluster that was saved: members of that one stop serving for good when they hear of it.');
  }
  return `${lines.join('\n')}\n`;
}
