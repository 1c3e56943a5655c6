/** What the operator is told at its start. Only src/main.ts reads the environment; it hands it over as a record. */
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';

export interface OperatorSettings {
  /** Where the operator itself runs: its Lease lives there. */
  readonly namespace: string;
  /** Namespaces whose StorageClusters it operates; null: all of them. */
  readonly watchNamespaces: readonly string[] | null;
  /** Image of a StorageCluster without `spec.image`: `<repository>:<spec.version>`. */
  readonly imageRepository: string;
  /** This operator's version, and that of a StorageCluster that names none. */
  readonly version: string;
  readonly leaseName: string;
  /** Unique to this process: the pod's name and UID. */
  readonly identity: string;
  /** Null: the service account of the pod. */
  readonly kubeconfigPath: string | null;
  /** What the HTTP server listens on; null: every address of the machine. */
  readonly host: string | null;
  readonly port: number;
  readonly logLevel: LogLevel;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const WATCH_NAMESPACES_MAX = 64;

/**
 * Reads `QUORATE_NAMESPACE`, `QUORATE_WATCH_NAMESPACES` (comma separated; empty: all), `QUORATE_IMAGE_REPOSITORY`, `QUORATE_VERSION`,
 * `QUORATE_LEASE_NAME`, `QUORATE_POD_NAME`, `QUORATE_POD_UID`, `KUBECONFIG`, `QUORATE_HOST`, `QUORATE_PORT` and `QUORATE_LOG_LEVEL`. The reason
 * names each variable that cannot be read.
 */
export function operatorSettingsFrom(
  env: Readonly<Record<string, string | undefined>>,
  build: { readonly version: string },
): Result<OperatorSettings, string> {
  const faults: string[] = [];
  const required = (name: string): string => {
    const value = env[name] ?? '';
    if (value === '') faults.push(`${name} is missing`);
    return value;
  };
  const settings: OperatorSettings = {
    namespace: required('QUORATE_NAMESPACE'),
    watchNamespaces: namespacesFrom(env.QUORATE_WATCH_NAMESPACES ?? '', faults),
    imageRepository: required('QUORATE_IMAGE_REPOSITORY'),
    version: nonEmpty(env.QUORATE_VERSION) ?? build.version,
    leaseName: nonEmpty(env.QUORATE_LEASE_NAME) ?? 'quorate-operator',
    identity: [required('QUORATE_POD_NAME'), nonEmpty(env.QUORATE_POD_UID)].filter((part) => part !== null).join('_'),
    kubeconfigPath: nonEmpty(env.KUBECONFIG),
    host: nonEmpty(env.QUORATE_HOST),
    port: portFrom(nonEmpty(env.QUORATE_PORT) ?? '8080', faults),
    logLevel: logLevelFrom(nonEmpty(env.QUORATE_LOG_LEVEL) ?? 'info', faults),
  };
  return faults.length === 0 ? succeed(settings) : refuse(faults.join('; '));
}

const namespacePattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

function namespacesFrom(text: string, faults: string[]): readonly string[] | null {
  const names = [...new Set(text.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  const wrong = names.filter((name) => !namespacePattern.test(name));
  if (wrong.length > 0) faults.push(`QUORATE_WATCH_NAMESPACES: not a namespace: ${wrong.join(', ')}`);
  if (names.length > WATCH_NAMESPACES_MAX) {
    faults.push(
      `QUORATE_WATCH_NAMESPACES names ${names.length} namespaces, at most ${WATCH_NAMESPACES_MAX} are watched one by one`,
    );
  }
  return names.length === 0 ? null : names;
}

function portFrom(text: string, faults: string[]): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) faults.push(`QUORATE_PORT is not a port: ${text}`);
  return port;
}

function logLevelFrom(text: string, faults: string[]): LogLevel {
  const level = LOG_LEVELS.find((candidate) => candidate === text);
  if (level === undefined) faults.push(`QUORATE_LOG_LEVEL is none of ${LOG_LEVELS.join(', ')}: ${text}`);
  return level ?? 'info';
}

function nonEmpty(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
