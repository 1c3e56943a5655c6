/** Which cluster, as whom, in which namespace: the user's kubeconfig, read as kubectl reads it. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { EXIT_FAILED, CommandError, UsageError } from '../command.ts';
import { loadKubeConfig } from '../../operator/kubernetes/credentials.ts';

export interface UserConfigChoice {
  /** `--kubeconfig`; null: as the environment says. */
  readonly file: string | null;
  /** `--context`; null: the current one of the file. */
  readonly context: string | null;
}

/**
 * `--kubeconfig`, else the files that KUBECONFIG lists, else ~/.kube/config, else the service account of the pod that this runs in. Of several
 * files the first that names something wins.
 *
 * @throws CommandError when there is none, or one cannot be read; UsageError when the context is not among them
 */
export function userKubeConfig(choice: UserConfigChoice, env: Readonly<Record<string, string | undefined>>): KubeConfig {
  const config = merged(filesOf(choice, env), env);
  if (choice.context !== null) {
    if (config.getContextObject(choice.context) === null) {
      const names = config.getContexts().map(({ name }) => name);
      throw new UsageError(`--context ${choice.context} is not in the kubeconfig, which has ${names.join(', ') || 'none'}`);
    }
    config.setCurrentContext(choice.context);
  }
  if (config.getCurrentCluster() === null) {
    throw new CommandError(EXIT_FAILED, 'the kubeconfig has no current context: choose one with --context');
  }
  return config;
}

/** The namespace of the current context, as `kubectl` takes it. */
export function namespaceOf(config: KubeConfig): string {
  return config.getContextObject(config.getCurrentContext())?.namespace ?? 'default';
}

function filesOf({ file }: UserConfigChoice, env: Readonly<Record<string, string | undefined>>): readonly string[] {
  if (file !== null) {
    if (!existsSync(file)) throw new UsageError(`--kubeconfig ${file}: there is no such file`);
    return [file];
  }
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  const paths = listed.length > 0 ? listed : [join(env['HOME'] ?? env['USERPROFILE'] ?? '', '.kube', 'config')];
  return paths.filter((path) => existsSync(path));
}

function merged(files: readonly string[], env: Readonly<Record<string, string | undefined>>): KubeConfig {
  const [first, ...more] = files;
  if (first === undefined) {
    if (env['KUBERNETES_SERVICE_HOST'] !== undefined) return loadKubeConfig(null);
    throw new CommandError(
      EXIT_FAILED,
      'there is no kubeconfig: give one with --kubeconfig FILE or KUBECONFIG, or put it at ~/.kube/config',
    );
  }
  const config = loadKubeConfig(first);
  for (const file of more) {
    const other = loadKubeConfig(file);
    const known = new Set(config.getClusters().map(({ name }) => name));
    // The library refuses the same name twice, where kubectl lets the first one win.
    const users = new Set(config.getUsers().map(({ name }) => name));
    const contexts = new Set(config.getContexts().map(({ name }) => name));
    config.loadFromOptions({
      clusters: [...config.getClusters(), ...other.getClusters().filter(({ name }) => !known.has(name))],
      users: [...config.getUsers(), ...other.getUsers().filter(({ name }) => !users.has(name))],
      contexts: [...config.getContexts(), ...other.getContexts().filter(({ name }) => !contexts.has(name))],
      currentContext: config.getCurrentContext() || other.getCurrentContext(),
    });
  }
  return config;
}
