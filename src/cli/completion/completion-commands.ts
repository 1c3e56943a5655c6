import { SYSTEM_CLOCK } from '../../operator/system.ts';
import { NAMESPACES } from '../kubernetes/resources.ts';
import type { Arguments } from '../arguments.ts';
import { parseArguments } from '../arguments.ts';
import { EXIT_DONE, UsageError } from '../command.ts';
import type { Command, CommandContext } from '../command.ts';
import { withAccess } from '../kubernetes/access.ts';
import { userKubeConfig } from '../kubernetes/user-config.ts';
import { completionOf, completionText } from './candidates.ts';
import type { Candidate, NameKind } from './candidates.ts';
import { COMPLETION_SCRIPTS, SHELLS } from './scripts.ts';

export const completionCommand: Command = {
  name: 'completion',
  summary: 'print the completion script for bash, zsh or fish',
  details: [
    'For kubectl, which asks an executable of that name, link the program as `kubectl_complete-quorate` beside `kubectl-quorate`.',
    'Examples:',
    '  source <(quorate completion bash)\n  quorate completion zsh > "${fpath[1]}/_quorate"\n  quorate completion fish > ~/.config/fish/completions/quorate.fish',
  ],
  positionals: [{ name: 'SHELL', required: true, summary: SHELLS.join(', ') }],
  options: {},
  run: async (given, { stdout }) => {
    const name = given.positional('SHELL');
    const shell = SHELLS.find((known) => known === name);
    if (shell === undefined) throw new UsageError(`there is completion for ${SHELLS.join(', ')}, not for ${name ?? ''}`);
    stdout.write(COMPLETION_SCRIPTS[shell]);
    return EXIT_DONE;
  },
};

/** A shell that waits longer than this for names is a nuisance. */
const LOOKUP_MS = 2_000;

/** @param commands the table; it holds this command too */
export function completeCommand(commands: () => readonly Command[]): Command {
  return {
    name: '__complete',
    isHidden: true,
    summary: 'what may stand at the cursor, for completion scripts',
    details: [],
    positionals: [ANY_WORDS],
    options: {},
    takesWordsAsTheyAre: true,
    run: async (given, context) => {
      const offered = context.program === undefined || context.program === 'quorate' ? commands() : pluginOf(commands());
      const completion = completionOf(offered, given.positionals('WORD'));
      if (completion.type === 'files') context.stdout.write(completionText([], true));
      else if (completion.type === 'words') context.stdout.write(completionText(completion.words, false));
      else {
        const names = await namesOf(completion.kind, completion.command, completion.given, context);
        const current = given.positionals('WORD').at(-1) ?? '';
        context.stdout.write(
          completionText(
            names.filter(({ word }) => word.startsWith(current)),
            false,
          ),
        );
      }
      return EXIT_DONE;
    },
  };
}

function pluginOf(commands: readonly Command[]): readonly Command[] {
  return commands.filter(({ isPlugin }) => isPlugin === true);
}

const ANY_WORDS = {
  name: 'WORD',
  required: false,
  repeated: true,
  summary: 'words typed so far; the last one is at the cursor',
} as const;

/** Whatever goes wrong, there is nothing to offer: a completion never complains. */
async function namesOf(
  kind: NameKind,
  command: Command,
  typed: readonly string[],
  context: CommandContext,
): Promise<readonly Candidate[]> {
  // The value of the last option may be what is being completed.
  const whole = typed.at(-1)?.startsWith('-') === true ? typed.slice(0, -1) : typed;
  const given = parseArguments({ ...command, positionals: [ANY_WORDS] }, whole);
  if (!given.ok) return [];
  const { clock = SYSTEM_CLOCK } = context;
  let cancel = (): void => undefined;
  const late = new Promise<readonly Candidate[]>((resolve) => {
    cancel = clock.schedule(LOOKUP_MS, () => resolve([]));
  });
  try {
    return await Promise.race([lookUp(kind, given.value, context), late]);
  } catch {
    return [];
  } finally {
    cancel();
  }
}

async function lookUp(kind: NameKind, given: Arguments, context: CommandContext): Promise<readonly Candidate[]> {
  if (kind === 'CONTEXT') {
    const config = userKubeConfig({ file: given.value('kubeconfig'), context: null }, context.env);
    return config.getContexts().map(({ name }) => ({ word: name, summary: '' }));
  }
  const found: Candidate[] = [];
  await withAccess(given, context, async (access) => {
    if (kind === 'NAMESPACE') {
      const namespaces = await access.all(NAMESPACES, null);
      found.push(...namespaces.map(({ metadata }) => ({ word: metadata.name, summary: '' })));
      return EXIT_DONE;
    }
    for (const { metadata, status } of await access.clusters()) {
      if (kind !== 'MEMBER') found.push({ word: metadata.name, summary: 'StorageCluster' });
      if (kind === 'CLUSTER') continue;
      found.push(...membersIn(status).map((word) => ({ word, summary: `member of ${metadata.name}` })));
    }
    return EXIT_DONE;
  });
  return found;
}

function membersIn(status: unknown): readonly string[] {
  const members = typeof status === 'object' && status !== null && 'members' in status ? status.members : [];
  if (!Array.isArray(members)) return [];
  return members.flatMap((member: unknown) =>
    typeof member === 'object' && member !== null && 'name' in member && typeof member.name === 'string' ? [member.name] : [],
  );
}
