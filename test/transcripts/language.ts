/**
 * The language of transcripts: what a group of members is told to do, and beneath it what happened.
 *
 *     # A title, then prose                 lines that begin with `#`
 *     propose 1 x                           a verb and its words, from the first column
 *         1 → 2: append-request term 1 …    what came of it, indented: written by `make transcripts`, held by the test
 *
 * `verbs.ts` says what the verbs mean.
 */
export const OUTPUT_INDENT = '    ';

export interface Step {
  readonly type: 'step';
  /** 1-based, in the file. */
  readonly line: number;
  /** As it stands in the file. */
  readonly text: string;
  /** `quietly`: what comes of it is not written down, for the way to where the story begins. */
  readonly quietly: boolean;
  readonly verb: string;
  readonly words: readonly string[];
}

export type Part = Step | { readonly type: 'text'; readonly text: string };

/** The script in a transcript: output of an earlier recording is left out, prose and blank lines are kept. */
export function parseTranscript(text: string): Part[] {
  const parts: Part[] = [];
  for (const [position, line] of text.split('\n').entries()) {
    if (line.startsWith(OUTPUT_INDENT)) continue;
    if (line === '' || line.startsWith('#')) parts.push({ type: 'text', text: line });
    else parts.push(parseStep(line, position + 1));
  }
  return parts;
}

function parseStep(text: string, line: number): Step {
  const all = text.split(' ');
  const quietly = all[0] === 'quietly';
  const [verb = '', ...words] = quietly ? all.slice(1) : all;
  return { type: 'step', line, text, quietly, verb, words };
}

/** The first line, without its mark. */
export function titleOf(text: string): string {
  const [first = ''] = text.split('\n');
  if (!first.startsWith('# ')) throw new Error('a transcript begins with its title: "# …"');
  return first.slice(2);
}
