/** docs/transcripts.md: what transcripts are, which there are, and three of them drawn. Written by `make transcripts`. */
import { present } from '../../src/shared/assert.ts';
import { drawSequence } from './diagram.ts';
import type { TranscriptFile } from './files.ts';
import { play } from './transcript.ts';

export const PAGE = 'docs/transcripts.md';

const DRAWN = ['election', 'acknowledged-when-durable', 'snapshot-to-laggard'];

const HEAD = `# Message by message

Each file in [test/transcripts/raft](../test/transcripts/raft) tells a group of members what to do, step by step, and holds what came of it:
every message, every write, every vote. The members are the cores that ship (\`src/consensus/raft\`); no time passes, no message arrives
and no write becomes durable unless the script says so. \`make transcripts\` writes the files and this page anew; \`make test\` fails with
the difference when a file, or this page, is not what the code does.

In a transcript \`3@2\` is the entry at index 3 of term 2, \`#4\` the fourth write that a member handed to its disk since its start, and a
line that is indented follows from the arrival above it. \`test/transcripts/verbs.ts\` lists the verbs.
`;

export function drawPage(files: readonly TranscriptFile[]): string {
  const played = new Map(files.map(({ name, text }) => [name, play(name, text)]));
  const rows = [...played].map(([name, { title }]) => `| [${name}](../test/transcripts/raft/${name}.txt) | ${title} |`);
  const drawings = DRAWN.map((name) => {
    const { title, recorded } = present(played.get(name), `there is a transcript ${name}`);
    return `## ${title}\n\nFrom [${name}](../test/transcripts/raft/${name}.txt).\n\n\`\`\`mermaid\n${drawSequence(recorded)}\n\`\`\`\n`;
  });
  return `${HEAD}\n| transcript | what it shows |\n|---|---|\n${rows.join('\n')}\n\n${drawings.join('\n')}`;
}
