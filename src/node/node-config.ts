/** How a storage node is set up: from a YAML file when it runs by hand, from the environment in a pod. Nothing else configures it. */
import { load } from 'js-yaml';
import { z } from 'zod';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { defaultLimits } from './limits.ts';
import type { NodeLimits } from './limits.ts';
import { issuesText } from './settings-text.ts';
import type { SettingMeanings } from './settings-text.ts';

export interface PeerTableEntry {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export interface NodeConfig {
  /** The stable name by which peers know this member. */
  readonly name: string;
  readonly dataFolder: string;
  /** What the three servers listen on. */
  readonly host: string;
  readonly clientPort: number;
  readonly peerPort: number;
  readonly httpPort: number;
  /** Where peers are: a template with `{name}` (cluster DNS), or a table. */
  readonly peers: { readonly hostTemplate: string; readonly port: number } | { readonly table: readonly PeerTableEntry[] };
  readonly peerSecretFile: string;
  readonly adminTokenFile: string;
  /** Null: clients need no password. */
  readonly clientPasswordFile: string | null;
  readonly logLevel: string;
  readonly limits: NodeLimits;
}

const port = z.int().min(0).max(65_535);
const bytes = z.int().positive();

const fileSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be a DNS label: lower-case letters, digits and `-`, at most 63'),
  dataFolder: z.string().min(1),
  host: z.string().min(1).default('127.0.0.1'),
  clientPort: port.default(6379),
  peerPort: port.default(7946),
  httpPort: port.default(8080),
  peers: z
    .array(z.strictObject({ name: z.string().min(1), host: z.string().min(1), port: port }))
    .min(1)
    .max(16),
  peerSecretFile: z.string().min(1),
  adminTokenFile: z.string().min(1),
  clientPasswordFile: z.string().min(1).nullable().default(null),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  memoryLimitBytes: bytes.nullable().default(null),
  limits: z
    .strictObject({
      clientsMax: bytes,
      clientUnreadBytesMax: bytes,
      uncommittedBytesMax: bytes,
      entryBytesMax: bytes,
      requestsMax: bytes,
      requestBytesMax: bytes,
      dataBytesMax: bytes,
      segmentBytes: bytes.min(64 * 1024),
      snapshotLogBytes: bytes,
      trailingEntries: z.int().min(0),
      trailingBytesMax: z.int().min(0),
      snapshotBytesPerSecond: bytes.min(64 * 1024),
      scrubBytesPerSecond: bytes.min(64 * 1024),
    })
    .partial()
    .default({}),
});

const PORT = 'a port, 0 to 65535';
const LOG_LEVEL = 'trace, debug, info, warn or error';

/** What each takes, for whoever left it out or got it wrong. */
const FILE_SETTINGS = {
  name: "the member's name, which is a DNS label: lower-case letters, digits and `-`, at most 63",
  dataFolder: 'the folder of this member alone, such as /var/lib/quorate',
  host: 'the address that the three servers listen on, such as 127.0.0.1',
  clientPort: PORT,
  peerPort: PORT,
  httpPort: PORT,
  peers: 'where members are dialled, its own entry included: a list of 1 to 16, each {name: …, host: …, port: …}',
  peerSecretFile: 'the file with the secret that members share',
  adminTokenFile: 'the file with the token of admin calls',
  clientPasswordFile: 'the file with the password of clients; leave it out where they need none',
  logLevel: LOG_LEVEL,
  memoryLimitBytes: 'bytes that the process may use, a whole number above 0; leave it out for 512 MiB',
  limits: 'any of the keys in docs/limits.md, each with a whole number',
} as const satisfies SettingMeanings<keyof z.input<typeof fileSchema>>;

const FILE_TOP = 'settings are expected, one a line, such as `name: member-1`; docs/configuration.md shows a whole file';

/** The configuration in `text` (YAML); the reason names each field that is wrong, a line for each, and what would be right. */
export function parseNodeConfig(text: string): Result<NodeConfig, string> {
  let document: unknown;
  try {
    document = load(text);
  } catch (error) {
    return refuse(`not valid YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = fileSchema.safeParse(document);
  if (!parsed.success) return refuse(issuesText(parsed.error, document, FILE_SETTINGS, FILE_TOP));
  const { memoryLimitBytes, limits, peers, ...rest } = parsed.data;
  const given = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
  return succeed({ ...rest, peers: { table: peers }, limits: { ...defaultLimits(memoryLimitBytes), ...given } });
}

const environmentSchema = z.object({
  QUORATE_NAME: z.string().min(1),
  QUORATE_DATA: z.string().min(1),
  QUORATE_PEER_HOST_TEMPLATE: z.string().includes('{name}', { error: 'must contain {name}' }),
  QUORATE_HOST: z.string().min(1).default('0.0.0.0'),
  QUORATE_CLIENT_PORT: z.coerce.number().pipe(port).default(6379),
  QUORATE_PEER_PORT: z.coerce.number().pipe(port).default(7946),
  QUORATE_HTTP_PORT: z.coerce.number().pipe(port).default(8080),
  QUORATE_PEER_SECRET_FILE: z.string().min(1),
  QUORATE_ADMIN_TOKEN_FILE: z.string().min(1),
  QUORATE_CLIENT_PASSWORD_FILE: z.string().min(1).optional(),
  QUORATE_MEMORY_LIMIT_BYTES: z.coerce.number().pipe(bytes).optional(),
  QUORATE_DATA_BYTES_MAX: z.coerce.number().pipe(bytes).optional(),
  QUORATE_CLIENTS_MAX: z.coerce.number().pipe(bytes).optional(),
  QUORATE_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
});

const ENVIRONMENT_SETTINGS = {
  QUORATE_NAME: "the member's name",
  QUORATE_DATA: 'its data folder',
  QUORATE_PEER_HOST_TEMPLATE: 'the host of a peer, with {name} where the name of the peer goes',
  QUORATE_HOST: 'the address to listen on',
  QUORATE_CLIENT_PORT: PORT,
  QUORATE_PEER_PORT: PORT,
  QUORATE_HTTP_PORT: PORT,
  QUORATE_PEER_SECRET_FILE: FILE_SETTINGS.peerSecretFile,
  QUORATE_ADMIN_TOKEN_FILE: FILE_SETTINGS.adminTokenFile,
  QUORATE_CLIENT_PASSWORD_FILE: FILE_SETTINGS.clientPasswordFile,
  QUORATE_MEMORY_LIMIT_BYTES: FILE_SETTINGS.memoryLimitBytes,
  QUORATE_DATA_BYTES_MAX: 'bytes of data, a whole number above 0',
  QUORATE_CLIENTS_MAX: 'a count of clients, a whole number above 0',
  QUORATE_LOG_LEVEL: LOG_LEVEL,
} as const satisfies SettingMeanings<keyof z.input<typeof environmentSchema>>;

/** Whoever runs a member by hand is told of the other way. */
const BY_HAND = 'The operator sets these in a pod. By hand: quorate node --config FILE; docs/configuration.md shows a whole file';

/** The configuration that the operator gives to a pod (docs/configuration.md lists the variables). */
export function nodeConfigFromEnvironment(environment: Readonly<Record<string, string | undefined>>): Result<NodeConfig, string> {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) return refuse(`${issuesText(parsed.error, environment, ENVIRONMENT_SETTINGS, BY_HAND)}\n${BY_HAND}`);
  const given = parsed.data;
  const limits = defaultLimits(given.QUORATE_MEMORY_LIMIT_BYTES ?? null);
  return succeed({
    name: given.QUORATE_NAME,
    dataFolder: given.QUORATE_DATA,
    host: given.QUORATE_HOST,
    clientPort: given.QUORATE_CLIENT_PORT,
    peerPort: given.QUORATE_PEER_PORT,
    httpPort: given.QUORATE_HTTP_PORT,
    peers: { hostTemplate: given.QUORATE_PEER_HOST_TEMPLATE, port: given.QUORATE_PEER_PORT },
    peerSecretFile: given.QUORATE_PEER_SECRET_FILE,
    adminTokenFile: given.QUORATE_ADMIN_TOKEN_FILE,
    clientPasswordFile: given.QUORATE_CLIENT_PASSWORD_FILE ?? null,
    logLevel: given.QUORATE_LOG_LEVEL,
    limits: {
      ...limits,
      dataBytesMax: given.QUORATE_DATA_BYTES_MAX ?? limits.dataBytesMax,
      clientsMax: given.QUORATE_CLIENTS_MAX ?? limits.clientsMax,
    },
  });
}
