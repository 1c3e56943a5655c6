import { parseSpec, PORTS } from '../../api/storage-cluster.ts';
import type { Pod, StoredStorageCluster } from '../../operator/kubernetes/objects.ts';
import { CommandError, EXIT_DONE, EXIT_FAILED, EXIT_NOT_FOUND, UsageError } from '../command.ts';
import type { Command, CommandContext, ExitCode } from '../command.ts';
import { withAccess } from '../kubernetes/access.ts';
import type { Access } from '../kubernetes/access.ts';
import { MissingRightError } from '../kubernetes/rights.ts';
import { forwardPort, messageOf } from '../kubernetes/port-forwarder.ts';
import { openTunnel } from '../kubernetes/tunnel.ts';
import { CLIENT_OPTIONS, clientOptionsOf, converse, portOf } from '../redis/cli-command.ts';
import { clusterView } from '../view/cluster-view.ts';
import { ACCESS_OPTIONS } from './plugin-options.ts';

export const connectCommand: Command = {
  name: 'connect',
  summary: 'talk to a cluster as a Redis client, through a port-forward, with the password from its Secret',
  details: [
    'It connects to the leader where one is known, else to any ready member: followers pass commands on. With --listen it opens a port on this ' +
      'machine for any other client instead, and forwards each connection anew, so that it outlives the member that it leads to.',
    'Options come before the cluster: the words after it are a command of Redis and its arguments. Without one there is a prompt.',
    'Needs `get` on `storageclusters.quorate.io`, `list` on `pods`, `get` on `pods/portforward` (newer API servers want `create` as well), and `get` on the ' +
      'Secret `<cluster>-client`, unless -a or REDISCLI_AUTH gives the password.',
    'Examples:',
    '  kubectl quorate connect orders\n  kubectl quorate connect -n shop orders SET greeting "hello world"\n  kubectl quorate connect --listen 6380 orders',
  ],
  isPlugin: true,
  positionals: [
    { name: 'CLUSTER', required: true, summary: 'name of the StorageCluster' },
    { name: 'COMMAND', required: false, repeated: true, summary: 'a command of Redis with its arguments; without it a prompt' },
  ],
  options: {
    member: { value: 'MEMBER', summary: 'connect to this member' },
    listen: { value: 'PORT', summary: 'forward this port of 127.0.0.1 until Ctrl-C; 0 takes a free one' },
    ...CLIENT_OPTIONS,
    ...ACCESS_OPTIONS,
  },
  endsOptionsAtFirstWord: true,
  run: async (given, context) =>
    withAccess(given, context, async (access) => {
      const stored = await access.theCluster(given.positional('CLUSTER'));
      const words = given.positionals('COMMAND');
      const open = async (): Promise<{ readonly pod: Pod; readonly stream: Awaited<ReturnType<typeof openTunnel>> }> => {
        const pod = await podFor(access, stored, given.value('member'), context);
        return { pod, stream: await openTunnel(access.server, access.namespace, pod, PORTS.client) };
      };
      if (given.has('listen')) {
        if (words.length > 0) throw new UsageError('--listen and a command exclude each other');
        return listen(portOf(given.value('listen')), async () => (await open()).stream, stored.metadata.name, context);
      }
      const options = clientOptionsOf(given, context, null);
      const password = options.password ?? (await passwordOf(access, stored));
      const server = { label: stored.metadata.name, open: async () => (await open()).stream };
      return converse({ ...options, password, server }, words, context);
    }),
};

async function passwordOf(access: Access, { metadata, spec }: StoredStorageCluster): Promise<string | null> {
  const parsed = parseSpec(spec);
  if (parsed.ok && !parsed.value.auth.enabled) return null;
  try {
    return await access.secret(metadata.name, 'client');
  } catch (error) {
    if (!(error instanceof MissingRightError)) throw error;
    throw new CommandError(error.exitCode, `${error.message}; or give the password with -a or REDISCLI_AUTH`, { cause: error });
  }
}

/** Looked up at each connection: the leader of a moment ago may be gone. */
async function podFor(
  access: Access,
  { metadata }: StoredStorageCluster,
  member: string | null,
  { clock }: CommandContext,
): Promise<Pod> {
  const pods = await access.pods(metadata.name);
  if (member !== null) {
    const found = pods.find((pod) => pod.metadata.name === member);
    if (found !== undefined) return found;
    const names = pods.map((pod) => pod.metadata.name).join(', ');
    throw new CommandError(EXIT_NOT_FOUND, `${metadata.name} has no member ${member}: there are ${names || 'none'}`);
  }
  const view = clusterView(await access.cluster(metadata.name), (clock ?? access.clock).wallMs());
  const ready = pods.filter((pod) => isReady(pod) && pod.metadata.deletionTimestamp === undefined);
  const chosen = ready.find((pod) => pod.metadata.name === view.leader) ?? ready[0];
  if (chosen !== undefined) return chosen;
  throw new CommandError(EXIT_FAILED, `no member of ${metadata.name} is ready: see \`status ${metadata.name}\``);
}

function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;
}

/** Until the signal; a connection that cannot be forwarded ends alone. */
async function listen(
  port: number,
  open: () => ReturnType<typeof openTunnel>,
  cluster: string,
  { stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
  const note = (message: string): void => void stderr.write(`${message}\n`);
  const forwarder = await forwardPort(port, open, note).catch((error: unknown) => {
    throw new CommandError(EXIT_FAILED, `--listen ${port}: ${messageOf(error)}`, { cause: error });
  });
  stdout.write(`127.0.0.1:${forwarder.port} leads to ${cluster} until Ctrl-C\n`);
  await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
  await forwarder.close();
  return EXIT_DONE;
}
