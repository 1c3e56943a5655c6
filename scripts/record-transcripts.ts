/**
 * Plays every transcript, writes down what happened in it now, and draws the page that shows some of them. `git diff` shows what changed.
 *
 *   npx esbuild scripts/record-transcripts.ts --bundle --platform=node --format=esm --packages=external | node --input-type=module
 */
import { writeFileSync } from 'node:fs';
import { readTranscripts, writeTranscript } from '../test/transcripts/files.ts';
import { drawPage, PAGE } from '../test/transcripts/page.ts';
import { play } from '../test/transcripts/transcript.ts';

let failures = 0;
for (const file of readTranscripts()) {
  try {
    const { text } = play(file.name, file.text);
    if (text !== file.text) writeTranscript(file, text);
  } catch (error) {
    failures += 1;
    console.error(String(error));
  }
}
if (failures === 0) writeFileSync(PAGE, drawPage(readTranscripts()));
process.exitCode = failures === 0 ? 0 : 1;
