/** Every subcommand of `quorate`, in the order in which help lists them. */
import type { Command } from './command.ts';
import { nodeCommand } from './node-command.ts';
import { operatorCommand } from './operator-command.ts';
import { probeCommand } from './probe-command.ts';
import { recoverCommand } from './recover-command.ts';
import { snapshotInspectCommand, snapshotRestoreCommand } from './snapshot-file-commands.ts';
import { snapshotSaveCommand } from './snapshot-save-command.ts';
import { versionCommand } from './version-command.ts';

export const COMMANDS: readonly Command[] = [
  nodeCommand,
  operatorCommand,
  snapshotSaveCommand,
  snapshotInspectCommand,
  snapshotRestoreCommand,
  recoverCommand,
  probeCommand,
  versionCommand,
];
