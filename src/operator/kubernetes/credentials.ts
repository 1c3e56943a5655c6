/**
 * Who we are to the API server, and whom we trust: from the pod's service account or a kubeconfig, through the official client's reading of
 * both (which also re-reads a rotated token). Read again every few seconds, so that a rotated token or CA is taken up without a restart.
 */
import { createHash } from 'node:crypto';
import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import type { Clock } from '../../shared/clock.ts';

export interface TlsIdentity {
  readonly ca?: string | Buffer | undefined;
  readonly cert?: string | Buffer | undefined;
  readonly key?: string | Buffer | undefined;
  readonly servername?: string | undefined;
  readonly rejectUnauthorized?: boolean | undefined;
}

export interface Credentials {
  /** Where the API server listens, with a path if it has one. */
  readonly server: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsIdentity;
  /** Equal for equal TLS identities: connections are kept by it. */
  readonly tlsFingerprint: string;
}

export interface CredentialSource {
  read(): Promise<Credentials>;
  /** After a 401: the next read looks again. */
  forget(): void;
}

export class KubeConfigError extends Error {
  override readonly name = 'KubeConfigError';
  readonly code = 'KUBECONFIG_UNUSABLE';
}

/** @throws KubeConfigError when there is no usable configuration. `path` null: the pod's service account. */
export function loadKubeConfig(path: string | null): KubeConfig {
  const config = new KubeConfig();
  try {
    if (path === null) config.loadFromCluster();
    else config.loadFromFile(path);
  } catch (cause) {
    throw new KubeConfigError(`cannot read the kubeconfig ${path ?? 'of the pod'}`, { cause });
  }
  return config;
}

const credentialsTtlMs = 10_000;

/** @throws KubeConfigError when the configuration names no cluster, or one behind a proxy, which this transport does not speak. */
export function kubeConfigCredentials(config: KubeConfig, clock: Clock): CredentialSource {
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new KubeConfigError('the kubeconfig has no current cluster');
  if (cluster.proxyUrl !== undefined)
    throw new KubeConfigError(`the cluster ${cluster.name} is behind a proxy, which is not supported`);
  const server = serverOf(cluster.server);
  let last: { readonly credentials: Credentials; readonly readAtMs: number } | null = null;
  return {
    read: async () => {
      if (last !== null && clock.monotonicMs() - last.readAtMs < credentialsTtlMs) return last.credentials;
      const credentials = await readCredentials(config, server);
      last = { credentials, readAtMs: clock.monotonicMs() };
      return credentials;
    },
    forget: () => {
      last = null;
    },
  };
}

function serverOf(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new KubeConfigError(`the API server's address is no URL: ${text}`, { cause });
  }
}

async function readCredentials(config: KubeConfig, server: URL): Promise<Credentials> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const tls: TlsIdentity = {
    ca: pemOf(options.ca),
    cert: pemOf(options.cert),
    key: pemOf(options.key),
    servername: options.servername,
    rejectUnauthorized: options.rejectUnauthorized,
  };
  return { server, headers: headersOf(options), tls, tlsFingerprint: fingerprintOf(tls) };
}

function headersOf(options: RequestOptions): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (typeof value === 'string') headers[name] = value;
  }
  if (typeof options.auth === 'string') headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  return headers;
}

function pemOf(value: unknown): string | Buffer | undefined {
  return typeof value === 'string' || Buffer.isBuffer(value) ? value : undefined;
}

function fingerprintOf(tls: TlsIdentity): string {
  const hash = createHash('sha256');
  for (const part of [tls.ca, tls.cert, tls.key, tls.servername, String(tls.rejectUnauthorized)]) {
    hash.update(part ?? '').update('\0');
  }
  return hash.digest('hex');
}
