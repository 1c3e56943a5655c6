/** Who is who in a devcluster: the server by its certificate, the administrator by a token drawn once, service accounts by tokens signed with its key. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringAt } from '../model/json.ts';
import type { Pod } from '../model/kinds.ts';
import { ADMIN } from '../model/request.ts';
import type { User } from '../model/request.ts';
import { makeCertificate } from './certificate.ts';
import type { ServerCertificate } from './certificate.ts';

export const API_HOST = '127.0.0.1';
const NAME = 'quorate-devcluster';

export class Identity {
  readonly server: ServerCertificate;
  readonly #adminToken: string;
  readonly #signingKey: Buffer;

  /** Kept in `folder`, and the same at the next start. */
  constructor(folder: string, nowMs: number) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const kept = (name: string, make: () => string): string => {
      const file = join(folder, name);
      if (existsSync(file)) return readFileSync(file, 'utf8');
      const made = make();
      writeFileSync(file, made, { mode: 0o600 });
      return made;
    };
    const hosts = ['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];
    this.server = JSON.parse(
      kept('server.json', () => JSON.stringify(makeCertificate(NAME, hosts, [API_HOST], nowMs))),
    ) as ServerCertificate;
    this.#adminToken = kept('admin-token', () => randomBytes(32).toString('hex'));
    this.#signingKey = Buffer.from(
      kept('signing-key', () => randomBytes(32).toString('hex')),
      'hex',
    );
  }

  readonly tokenOf = ({ metadata, spec }: Pod): string => {
    const account = stringAt(spec, 'serviceAccountName') ?? 'default';
    const claims = Buffer.from(JSON.stringify([metadata.namespace ?? '', account, metadata.name, metadata.uid])).toString(
      'base64url',
    );
    return `${claims}.${this.#signature(claims)}`;
  };

  /** Null: nobody that is known here. */
  readonly userOf = (authorization: string | undefined): User | null => {
    const [, token = ''] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? [];
    if (isSame(token, this.#adminToken)) return ADMIN;
    const [claims = '', signature = ''] = token.split('.');
    if (!isSame(signature, this.#signature(claims))) return null;
    const [namespace = '', account = ''] = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as readonly string[];
    return {
      name: `system:serviceaccount:${namespace}:${account}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    };
  };

  /** @param url of the API server */
  kubeconfig(url: string, namespace = 'default', token = this.#adminToken): string {
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': NAME,
      clusters: [
        {
          name: NAME,
          cluster: { server: url, 'certificate-authority-data': Buffer.from(this.server.certificate).toString('base64') },
        },
      ],
      users: [{ name: NAME, user: { token } }],
      contexts: [{ name: NAME, context: { cluster: NAME, user: NAME, namespace } }],
    };
    // JSON is YAML.
    return `${JSON.stringify(config, null, 2)}\n`;
  }

  #signature(claims: string): string {
    return createHmac('sha256', this.#signingKey).update(claims).digest('base64url');
  }
}

function isSame(given: string, right: string): boolean {
  const [left, other] = [Buffer.from(given), Buffer.from(right)];
  return left.length === other.length && timingSafeEqual(left, other);
}
