/**
 * `quorate`: picks the role and hands over. The only reader of the process's arguments and environment, and the only place that ends the
 * process.
 */
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { nodeConfigFromEnvironment, parseNodeConfig } from './node/node-config.ts';
import type { NodeConfig } from './node/node-config.ts';
import { runNode } from './node/run-node.ts';
import { operatorSettingsFrom } from './operator/settings.ts';
import { runOperator } from './operator/main.ts';
import { createReconciler } from './operator/reconcile.ts';
import { ReconcileCounters } from './operator/reconcile-counters.ts';
import { SYSTEM_CLOCK, systemRandom } from './operator/system.ts';
import { BUILD_VERSION, FEATURE_LEVEL_MAX } from './shared/build.ts';
import { refuse } from './shared/result.ts';
import type { Result } from './shared/result.ts';

const HELP = `quorate ${BUILD_VERSION}: replicated storage on Kubernetes

Usage:
  quorate node [--config FILE]   run a storage node; without a file it is configured by the environment, as in a pod
  quorate operator               run the operator of StorageClusters, in a cluster or against KUBECONFIG
  quorate probe URL              exit 0 when URL answers 2xx, 1 otherwise: for health checks
  quorate version                print the version and the feature level of this build
  quorate help                   print this text

examples/local-three.sh starts three storage nodes on loopback. docs/configuration.md lists every setting.
`;

/** Exit codes: 0 done, 1 failed while running, 2 called or configured wrongly. */
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

async function main(words: readonly string[]): Promise<void> {
  const [command, ...rest] = words;
  switch (command) {
    case 'node':
      return node(rest);
    case 'operator':
      return operator(rest);
    case 'probe':
      return probe(rest);
    case 'version':
    case '--version':
      process.stdout.write(`${BUILD_VERSION} (feature level ${FEATURE_LEVEL_MAX})\n`);
      return;
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(HELP);
      return;
    default:
      exitWith(EXIT_USAGE, command === undefined ? HELP : `quorate: unknown command "${command}"\n\n${HELP}`);
  }
}

async function node(words: readonly string[]): Promise<void> {
  const config = nodeConfig(words);
  if (!config.ok) exitWith(EXIT_USAGE, `quorate node: ${config.reason}\n`);
  const log = logger(config.value.logLevel).child({ member: config.value.name });
  let stop = (): void => process.exit(0);
  const running = await runNode({
    config: config.value,
    log: adapt(log),
    fatal: (reason) => {
      log.fatal({ reason }, 'this process must end');
      process.exit(EXIT_FAILED);
    },
    stopRequested: () => stop(),
  });
  if (!running.ok) exitWith(EXIT_FAILED, `quorate node: ${running.reason}\n`);
  stop = onStop(() => running.value.stop(), log);
}

function nodeConfig(words: readonly string[]): Result<NodeConfig, string> {
  const [flag, file, ...more] = words;
  if (flag === undefined) return nodeConfigFromEnvironment(process.env);
  if (flag !== '--config' || file === undefined || more.length > 0) return refuse('usage: quorate node [--config FILE]');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return refuse(`the configuration file ${file} cannot be read: ${messageOf(error)}`);
  }
  const parsed = parseNodeConfig(text);
  return parsed.ok ? parsed : refuse(`${file}: ${parsed.reason}`);
}

async function operator(words: readonly string[]): Promise<void> {
  if (words.length > 0) exitWith(EXIT_USAGE, 'usage: quorate operator\n');
  const settings = operatorSettingsFrom(process.env, { version: BUILD_VERSION });
  if (!settings.ok) exitWith(EXIT_USAGE, `quorate operator: ${settings.reason}\n`);
  const log = logger(settings.value.logLevel).child({ role: 'operator' });
  const aborter = new AbortController();
  const registry = new Registry();
  const done = runOperator({
    settings: settings.value,
    log,
    clock: SYSTEM_CLOCK,
    random: systemRandom(),
    registry,
    createReconciler: (ports) => createReconciler({ ...ports, metrics: new ReconcileCounters(registry) }),
    signal: aborter.signal,
  });
  onStop(async () => {
    aborter.abort();
    await done;
  }, log);
  await done;
}

/** For health checks from within an image that has no other HTTP client. */
async function probe(words: readonly string[]): Promise<void> {
  const [url] = words;
  if (url === undefined || words.length > 1) exitWith(EXIT_USAGE, 'usage: quorate probe URL\n');
  const status = await new Promise<number>((resolve, reject) => {
    const request = get(url, { timeout: 5000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('timeout', () => request.destroy(new Error('no answer within 5 s')));
    request.on('error', reject);
  });
  process.stdout.write(`${url}: ${status}\n`);
  if (status < 200 || status > 299) process.exitCode = EXIT_FAILED;
}

/** Stops once on SIGTERM or SIGINT; a second signal ends the process at once. */
function onStop(stop: () => Promise<void>, log: Logger): () => void {
  let stopping = false;
  const begin = (): void => {
    if (stopping) process.exit(EXIT_FAILED);
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: messageOf(error) }, 'could not stop in order');
        process.exit(EXIT_FAILED);
      },
    );
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
  return begin;
}

function logger(level: string): Logger {
  return pino(
    { level, base: { version: BUILD_VERSION }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ sync: true }),
  );
}

function adapt(log: Logger): Parameters<typeof runNode>[0]['log'] {
  return {
    debug: (data, sentence) => log.debug(data, sentence),
    info: (data, sentence) => log.info(data, sentence),
    warn: (data, sentence) => log.warn(data, sentence),
    error: (data, sentence) => log.error(data, sentence),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function exitWith(code: number, text: string): never {
  (code === 0 ? process.stdout : process.stderr).write(text);
  process.exit(code);
}

// A promise that nobody waited for, or an error that nobody caught, is our mistake: the process ends rather than go on in doubt.
process.on('unhandledRejection', (error) => {
  throw error;
});

main(process.argv.slice(2)).catch((error: unknown) => {
  exitWith(
    EXIT_FAILED,
    `quorate: ${error instanceof Error && process.env['QUORATE_LOG_LEVEL'] === 'debug' ? (error.stack ?? error.message) : messageOf(error)}\n`,
  );
});
