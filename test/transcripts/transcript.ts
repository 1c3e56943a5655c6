/** Plays the script in a transcript and writes it out again, with what happened beneath each step. */
import type { Recorded } from './happenings.ts';
import { OUTPUT_INDENT, parseTranscript, titleOf } from './language.ts';
import type { Step } from './language.ts';
import { Stage } from './verbs.ts';
import { toLines } from './words.ts';

export interface Played {
  readonly title: string;
  /** The transcript as it should stand in its file. */
  readonly text: string;
  /** All that was not quiet, in order. */
  readonly recorded: readonly Recorded[];
}

export function play(name: string, transcript: string): Played {
  const stage = new Stage();
  const lines: string[] = [];
  const recorded: Recorded[] = [];
  for (const part of parseTranscript(transcript)) {
    lines.push(part.text);
    if (part.type === 'text') continue;
    const { shown, happened } = act(stage, name, part);
    if (part.quietly) continue;
    recorded.push(...happened);
    lines.push(...[...toLines(happened), ...shown].map((line) => OUTPUT_INDENT + line));
  }
  return { title: titleOf(transcript), text: lines.join('\n'), recorded };
}

function act(stage: Stage, name: string, step: Step): { shown: readonly string[]; happened: Recorded[] } {
  try {
    const shown = stage.act(step);
    stage.group.checkLogs();
    return { shown, happened: stage.group.take() };
  } catch (error) {
    throw new Error(`${name}, line ${step.line}, "${step.text}": ${String(error)}`, { cause: error });
  }
}
