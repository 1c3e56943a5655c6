/** `quorate`: the only reader of the process's arguments and environment. What a command does is in its entry of `cli/commands.ts`. */
import { COMMANDS } from './cli/commands.ts';
import { invocationOf } from './cli/invocation.ts';
import { runCommandLine } from './cli/run.ts';

// A promise that nobody waited for, or an error that nobody caught, is our mistake: the process ends rather than go on in doubt.
process.on('unhandledRejection', (error) => {
  throw error;
});

const [, file = 'quorate', ...given] = process.argv;
const { program, words } = invocationOf(file, given);
const { stdin, stdout, stderr } = process;
// Ended, not left to run out: a server that has stopped may still hold a socket that keeps the process alive.
void runCommandLine(COMMANDS, words, { program, env: process.env, stdin, stdout, stderr }).then((code) => process.exit(code));
