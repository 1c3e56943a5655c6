/** Every subcommand of `quorate`, in the order in which help lists them. */
import type { Command } from './command.ts';
import { completeCommand, completionCommand } from './completion/completion-commands.ts';
import { chaosCommand } from './dev/chaos-command.ts';
import { devCommand } from './dev/dev-command.ts';
import { kubectlCommand } from './kubectl/kubectl-command.ts';
import { nodeCommand } from './node-command.ts';
import { operatorCommand } from './operator-command.ts';
import { connectCommand } from './plugin/connect-command.ts';
import { eventsCommand } from './plugin/events-command.ts';
import { explainCommand } from './plugin/explain-command.ts';
import { logsCommand } from './plugin/logs-command.ts';
import { membersCommand } from './plugin/members-command.ts';
import { promoteCommand } from './plugin/promote-command.ts';
import { restartCommand } from './plugin/restart-command.ts';
import { statusCommand } from './plugin/status-command.ts';
import { probeCommand } from './probe-command.ts';
import { recoverCommand } from './recover-command.ts';
import { snapshotInspectCommand, snapshotRestoreCommand } from './snapshot-file-commands.ts';
import { snapshotSaveCommand } from './snapshot-save-command.ts';
import { cliCommand } from './redis/cli-command.ts';
import { versionCommand } from './version-command.ts';

export const COMMANDS: readonly Command[] = [
  devCommand,
  chaosCommand,
  nodeCommand,
  operatorCommand,
  kubectlCommand,
  cliCommand,
  snapshotSaveCommand,
  snapshotInspectCommand,
  snapshotRestoreCommand,
  recoverCommand,
  probeCommand,
  completionCommand,
  versionCommand,
  statusCommand,
  explainCommand,
  membersCommand,
  eventsCommand,
  logsCommand,
  connectCommand,
  promoteCommand,
  restartCommand,
  completeCommand(() => COMMANDS),
];
