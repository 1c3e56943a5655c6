import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { nodeConfigFromEnvironment, parseNodeConfig } from '../node/node-config.ts';
import type { NodeConfig } from '../node/node-config.ts';
import { runNode } from '../node/run-node.ts';
import type { RunNodeParts } from '../node/run-node.ts';
import { addressesFrom } from './address-book-file.ts';
import { EXIT_DONE, EXIT_FAILED, UsageError } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { openLog, stopOnSignal } from './process.ts';

export const nodeCommand: Command = {
  name: 'node',
  summary: 'run a storage node; without a file it is configured by the environment, as in a pod',
  details: ['docs/configuration.md lists every setting of both.'],
  positionals: [],
  options: { config: { value: 'FILE', summary: 'YAML configuration of a member run by hand' } },
  run: async (given, context) => {
    const config = readConfig(given.value('config'), context);
    const log = openLog(config.logLevel).child({ member: config.name });
    // Until the start is over there is nothing to stop in order.
    let requestStop = (): void => process.exit(EXIT_DONE);
    const running = await runNode({
      config,
      log: adapt(log),
      fatal: (reason) => {
        log.fatal({ reason }, 'this process must end');
        process.exit(EXIT_FAILED);
      },
      stopRequested: () => requestStop(),
      addresses: addressesFrom(context.env),
    });
    if (!running.ok) throw new Error(running.reason);
    const { request, stopped } = stopOnSignal(() => running.value.stop(), log);
    requestStop = request;
    return stopped;
  },
};

function readConfig(file: string | null, { env }: CommandContext): NodeConfig {
  if (file === null) {
    const config = nodeConfigFromEnvironment(env);
    if (!config.ok) throw new UsageError(`the environment sets up no member:\n${config.reason}`);
    return config.value;
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the configuration file ${file} cannot be read: ${String(error).replace(/^Error: /, '')}`, {
      cause: error,
    });
  }
  const parsed = parseNodeConfig(text);
  if (!parsed.ok) throw new UsageError(`${file} sets up no member:\n${parsed.reason}`);
  return parsed.value;
}

function adapt(log: Logger): RunNodeParts['log'] {
  return {
    debug: (data, sentence) => log.debug(data, sentence),
    info: (data, sentence) => log.info(data, sentence),
    warn: (data, sentence) => log.warn(data, sentence),
    error: (data, sentence) => log.error(data, sentence),
  };
}
