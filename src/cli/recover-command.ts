import { existsSync, realpathSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { systemClock } from '../node/system-clock.ts';
import { systemRandom } from '../node/system-random.ts';
import type { FolderReport } from '../recovery/folder-report.ts';
import { inspectFolder } from '../recovery/inspect-folder.ts';
import type { FolderContent, Inspection } from '../recovery/inspect-folder.ts';
import { judge } from '../recovery/judge.ts';
import type { JudgeOptions, JudgeRefusal, Verdict } from '../recovery/judge.ts';
import { recoverFrom } from '../recovery/recover.ts';
import type { Recovered } from '../recovery/recover.ts';
import { exclusionsText, folderText, generationText, verdictText } from '../recovery/report-text.ts';
import { present } from '../shared/assert.ts';
import type { Result } from '../shared/result.ts';
import { findLockHolder, lockFolder } from '../wal/folder-lock.ts';
import { openNodeDisk, openReadOnlyDisk } from '../wal/node-disk.ts';
import { EXIT_DONE, EXIT_FAILED } from './command.ts';
import type { Command, CommandContext } from './command.ts';

export const recoverCommand: Command = {
  name: 'recover',
  summary: 'start a new configuration from the data folders that are left, when a quorum is lost for good',
  details: [
    'Name the data folder of every member that is left. Each is looked at without changing it: term, vote, the end of the log, what is known of ' +
      'commits, damage. Then the best is named, and what would be lost with it. Without --confirm nothing is changed; at a terminal you are asked.',
    'With the confirmation the best folder becomes a new member, under a new id, alone in a new configuration of a higher generation. It keeps ' +
      'everything its log holds. The old folder stays beside it as aside-<member id>. Members of the old generation that come back are refused, ' +
      'and stop serving for good once they hear of the new one. Fresh members join the new one as learners.',
    'Their nodes must be stopped. docs/recovery.md goes through it step by step, by hand and on Kubernetes.',
  ],
  positionals: [],
  options: {
    data: { value: 'FOLDER', repeated: true, required: true, summary: 'data folder of a member that is left' },
    confirm: { value: 'CLUSTER_ID', summary: 'the id of the cluster: goes on without asking' },
    'accept-damage': { value: null, summary: 'of a damaged log, go on from what stands before the damage' },
    json: { value: null, summary: 'print JSON for programs, and never ask' },
  },
  run: async (given, context) => {
    const paths = given.values('data').map(existingFolder);
    const options: JudgeOptions = { acceptsDamage: given.has('accept-damage') };
    const look = await lookAt(paths, options);
    const print = (recovered: Recovered | null): void => {
      if (given.has('json')) context.stdout.write(`${JSON.stringify(jsonOf(look, recovered), null, 2)}\n`);
    };
    if (!given.has('json')) for (const { report } of look.inspections) context.stdout.write(`${folderText(report)}\n`);
    if (!look.verdict.ok) {
      print(null);
      throw new Error(exclusionsText(look.verdict.reason.excluded) + look.verdict.reason.message);
    }
    const verdict = look.verdict.value;
    if (!given.has('json')) context.stdout.write(verdictText(verdict));
    const { clusterId } = verdict.best.folder;
    const typed = given.value('confirm') ?? (given.has('json') ? null : await ask(context, clusterId));
    if (typed === null) {
      print(null);
      if (!given.has('json')) context.stdout.write(`\nNothing was changed. To go on, add --confirm ${clusterId}\n`);
      return EXIT_DONE;
    }
    if (typed !== clusterId) {
      context.stderr.write(
        `quorate recover: "${typed}" is not the id of this cluster, which is ${clusterId}: nothing was changed\n`,
      );
      return EXIT_FAILED;
    }
    const recovered = await apply(paths, look, options);
    print(recovered);
    if (!given.has('json')) context.stdout.write(recoveredText(verdict.best.folder.path, recovered));
    return EXIT_DONE;
  },
};

interface Look {
  readonly inspections: readonly Inspection[];
  readonly verdict: Result<Verdict, JudgeRefusal>;
}

function existingFolder(path: string): string {
  if (!existsSync(path)) throw new Error(`there is no folder ${path}`);
  return realpathSync(path);
}

async function lookAt(paths: readonly string[], options: JudgeOptions): Promise<Look> {
  const twice = paths.find((path, position) => paths.indexOf(path) !== position);
  if (twice !== undefined) throw new Error(`${twice} is named twice`);
  const inspections: Inspection[] = [];
  for (const path of paths) {
    const held = await findLockHolder(path);
    if (held) throw new Error(`${path}: ${held.message}. Stop its node first`);
    inspections.push(await inspectFolder(openReadOnlyDisk(path), path));
  }
  return {
    inspections,
    verdict: judge(
      inspections.map(({ report }) => report),
      options,
    ),
  };
}

/** Null when there is nobody to ask, nothing was typed, or the terminal's input ended (Ctrl-D, Ctrl-C). */
async function ask({ stdin, stdout }: CommandContext, clusterId: string): Promise<string | null> {
  if (stdin.isTTY !== true || stdout.isTTY !== true) return null;
  const terminal = createInterface({ input: stdin, output: stdout });
  try {
    const question = `\nType the cluster id, ${clusterId}, to start a new configuration from the best; anything else leaves all as it is: `;
    const typed = await new Promise<string>((resolve) => {
      // A question whose input ends is never answered.
      terminal.once('close', () => resolve(''));
      terminal.question(question, resolve);
    });
    return typed.trim() === '' ? null : typed.trim();
  } finally {
    terminal.close();
  }
}

/** Under the lock, and only if the folders are still what the person was shown. */
async function apply(paths: readonly string[], shown: Look, options: JudgeOptions): Promise<Recovered> {
  const { path } = bestOf(shown).folder;
  const lock = await lockFolder(path);
  if (!lock.ok) throw new Error(`${path}: ${lock.reason.message}`);
  try {
    const others = await lookAt(
      paths.filter((other) => other !== path),
      options,
    );
    const own = await inspectFolder(openReadOnlyDisk(path), path);
    const again = paths.map((each) => (each === path ? own : others.inspections.find(({ report }) => report.path === each)));
    if (JSON.stringify(again.map((each) => each?.report)) !== JSON.stringify(shown.inspections.map(({ report }) => report))) {
      throw new Error('the folders have changed since they were looked at: nothing was changed; begin again');
    }
    const verdict = verdictOf(shown);
    const content: FolderContent = present(own.content, 'the best folder gave something');
    const recovered = await recoverFrom({ disk: openNodeDisk(path), clock: systemClock, random: systemRandom, verdict, content });
    if (!recovered.ok) throw new Error(`${recovered.reason}: nothing was changed`);
    return recovered.value;
  } finally {
    await lock.value.release();
  }
}

function verdictOf({ verdict }: Look): Verdict {
  return present(verdict.ok ? verdict.value : null, 'what is applied was judged to be possible');
}

function bestOf(look: Look): Verdict['best'] {
  return verdictOf(look).best;
}

function recoveredText(path: string, { name, memberId, generation, last, keys, asideFolder }: Recovered): string {
  return [
    '',
    `Done: ${path} is now member ${memberId} (${name}), alone in generation ${generationText(generation)}.`,
    `It holds everything through index ${last.index} of term ${last.term}: ${keys} keys. The old folder is ${asideFolder ?? 'nowhere'} beside it.`,
    'Start its node. The other members need empty data folders, and join the new generation as learners: docs/recovery.md.',
    '',
  ].join('\n');
}

interface RecoverJson {
  readonly folders: readonly FolderReport[];
  readonly refusal: JudgeRefusal | null;
  /** Null when nothing can be gone on from. */
  readonly verdict: (Omit<Verdict, 'best' | 'ranking'> & { readonly best: string; readonly ranking: readonly string[] }) | null;
  /** Null when nothing was changed. */
  readonly recovered: Recovered | null;
}

/** Folders are named by their path once, not repeated in the verdict. */
function jsonOf({ inspections, verdict }: Look, recovered: Recovered | null): RecoverJson {
  const folders = inspections.map(({ report }) => report);
  if (!verdict.ok) return { folders, refusal: verdict.reason, verdict: null, recovered };
  const { best, ranking, ...rest } = verdict.value;
  const judged = { ...rest, best: best.folder.path, ranking: ranking.map(({ folder }) => folder.path) };
  return { folders, refusal: null, verdict: judged, recovered };
}
