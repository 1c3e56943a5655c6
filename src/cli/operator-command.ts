import { Registry } from 'prom-client';
import { runOperator } from '../operator/main.ts';
import { createReconciler } from '../operator/reconcile.ts';
import { ReconcileCounters } from '../operator/reconcile-counters.ts';
import { operatorSettingsFrom } from '../operator/settings.ts';
import { SYSTEM_CLOCK, systemRandom } from '../operator/system.ts';
import { BUILD_VERSION } from '../shared/build.ts';
import { addressesFrom } from './address-book-file.ts';
import { EXIT_DONE, UsageError } from './command.ts';
import type { Command, ExitCode } from './command.ts';
import { openLog, stopOnSignal } from './process.ts';

export const operatorCommand: Command = {
  name: 'operator',
  summary: 'run the operator of StorageClusters, in a cluster or against KUBECONFIG',
  details: ['It is configured by the environment; docs/configuration.md lists every variable.'],
  positionals: [],
  options: {},
  run: async (_given, { env }) => {
    const settings = operatorSettingsFrom(env, { version: BUILD_VERSION });
    if (!settings.ok) throw new UsageError(settings.reason);
    const log = openLog(settings.value.logLevel).child({ role: 'operator' });
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
      addresses: addressesFrom(env),
    });
    const { stopped } = stopOnSignal(async () => {
      aborter.abort();
      await done;
    }, log);
    return Promise.race([stopped, done.then((): ExitCode => EXIT_DONE)]);
  },
};
