/** What `quorate dev` and `quorate dev chaos` take, and what it means. */
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { REPLICA_COUNTS } from '../../api/storage-cluster-spec.ts';
import { SYSTEM_CLOCK } from '../../operator/system.ts';
import { BUILD_VERSION } from '../../shared/build.ts';
import type { Arguments } from '../arguments.ts';
import { UsageError } from '../command.ts';
import type { CommandContext, OptionSpec } from '../command.ts';
import { portOf } from '../redis/cli-command.ts';
import { exampleOf } from './example.ts';
import type { DevSessionOptions } from './dev-session.ts';

export const DEV_OPTIONS = {
  members: { value: 'COUNT', summary: 'members of the cluster: 1, 3, 5 or 7; without it as the example says (3)' },
  nodes: { value: 'COUNT', summary: 'nodes that pods run on; without it one for each member, and at least 3' },
  example: { value: 'FILE', summary: 'apply this instead of the built-in example; its first StorageCluster is watched' },
  data: { value: 'DIR', summary: 'keep objects and volumes there: the next start with it goes on where this one ended' },
  port: { value: 'PORT', summary: 'where Redis clients connect on 127.0.0.1; without it 6380, or a free one' },
  'api-port': { value: 'PORT', summary: 'where the API server listens on 127.0.0.1; without it a free one' },
  kubeconfig: { value: 'FILE', summary: 'write the kubeconfig there instead of to the folder for temporary files' },
  writes: { value: 'COUNT', summary: 'writes a second of the built-in writer, 1 to 1000; without it 100' },
  image: { value: 'TAG=FILE', repeated: true, summary: 'another build of quorate, to roll to: --image 0.2.0=other/quorate.cjs' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** Of the chart's own values. */
const IMAGE_REPOSITORY = 'quorate';
const NODES_LEAST = 3;
const NODES_MOST = 20;
const WRITES_DEFAULT = 100;
const WRITES_MOST = 1_000;

/** @throws UsageError, KubectlError */
export async function sessionOptionsOf(
  given: Arguments,
  context: CommandContext,
  hasWriter: boolean,
): Promise<DevSessionOptions> {
  const { env, stdin, clock = SYSTEM_CLOCK } = context;
  const members = membersOf(given);
  const example = await exampleOf(given.value('example'), members, stdin);
  const writes = numberOf(given, 'writes', 1, WRITES_MOST) ?? WRITES_DEFAULT;
  const data = given.value('data');
  return {
    example,
    nodes: numberOf(given, 'nodes', 1, NODES_MOST) ?? Math.max(NODES_LEAST, example.members),
    dataFolder: data === null ? null : resolve(data),
    apiPort: given.has('api-port') ? portOf(given.value('api-port'), 'api-port') : 0,
    clientPort: given.has('port') ? portOf(given.value('port')) : null,
    kubeconfigFile: given.has('kubeconfig') ? resolve(given.required('kubeconfig')) : null,
    writesPerSecond: hasWriter ? writes : 0,
    image: imagesOf(given.values('image')),
    env,
    clock,
    beganAtMs: clock.monotonicMs(),
  };
}

/** What the API server would refuse only once everything runs. */
function membersOf(given: Arguments): number | null {
  const text = given.value('members');
  if (text === null) return null;
  const members = REPLICA_COUNTS.find((count) => String(count) === text);
  if (members === undefined) {
    const last = REPLICA_COUNTS.length - 1;
    const counts = `${REPLICA_COUNTS.slice(0, last).join(', ')} or ${REPLICA_COUNTS[last] ?? ''}`;
    throw new UsageError(`--members is ${counts}, not ${text}: an even number outlives no more failures than one less`);
  }
  return members;
}

export function numberOf(given: Arguments, option: string, least: number, most: number): number | null {
  const text = given.value(option);
  if (text === null) return null;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new UsageError(`--${option} is a whole number from ${least} to ${most}, not ${text}`);
  }
  return value;
}

/** This program, under its own version's tag and that of the example; and the builds that were named. */
function imagesOf(named: readonly string[]): DevSessionOptions['image'] {
  const programs = new Map([[`${IMAGE_REPOSITORY}:${BUILD_VERSION}`, programFile()]]);
  for (const text of named) {
    const at = text.indexOf('=');
    const [tag, file] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
    if (tag === '' || file === '') throw new UsageError(`--image is TAG=FILE, such as 0.2.0=other/quorate.cjs, not ${text}`);
    if (!existsSync(file)) throw new UsageError(`--image ${text}: there is no file ${file}`);
    programs.set(tag.includes(':') ? tag : `${IMAGE_REPOSITORY}:${tag}`, resolve(file));
  }
  return (image) => {
    const program = programs.get(image);
    return program === undefined ? null : { entrypoint: [process.execPath, program] };
  };
}

/** The bundle that runs: what `quorate` is. */
export function programFile(): string {
  return fileURLToPath(import.meta.url);
}

/** How a person calls the program from where they are: by its name where the PATH has it. */
export function programWord(isInPath: boolean): string {
  if (isInPath) return 'quorate';
  const near = relative(process.cwd(), programFile());
  return near.startsWith('..') || isAbsolute(near) ? programFile() : near;
}
