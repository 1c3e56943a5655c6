/** What was seen when states differed (rule S15), kept on the volume for whoever looks into it; nothing depends on the file. */
import { BUILD_VERSION } from '../shared/build.ts';
import type { Disk } from '../wal/disk.ts';
import { writeDurably } from '../wal/durable-file.ts';
import type { Divergence } from './state-hashes.ts';

export const EVIDENCE_FILE = 'divergence.json';

/** @throws DiskError */
export async function keepEvidence(disk: Disk, folder: string, divergence: Divergence): Promise<void> {
  const text = JSON.stringify({ formatVersion: 1, version: BUILD_VERSION, ...divergence });
  await writeDurably(disk, folder, EVIDENCE_FILE, Buffer.from(text));
}
