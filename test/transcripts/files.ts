/** Where the transcripts lie. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const TRANSCRIPT_FOLDER = 'test/transcripts/raft';

export interface TranscriptFile {
  /** Without its ending. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

export function readTranscripts(): TranscriptFile[] {
  const names = readdirSync(TRANSCRIPT_FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort();
  return names.map((name) => {
    const path = join(TRANSCRIPT_FOLDER, name);
    return { name: name.slice(0, -'.txt'.length), path, text: readFileSync(path, 'utf8') };
  });
}

export function writeTranscript({ path }: TranscriptFile, text: string): void {
  writeFileSync(path, text);
}
