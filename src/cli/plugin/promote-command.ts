import type { ConfirmedLeader } from '../../operator/plan/observation.ts';
import type { NodeFailure } from '../../operator/node-client.ts';
import { present } from '../../shared/assert.ts';
import { CommandError, EXIT_DONE, EXIT_FAILED, EXIT_NOT_FOUND, EXIT_UNREACHABLE, UsageError } from '../command.ts';
import type { Command } from '../command.ts';
import { withAccess } from '../kubernetes/access.ts';
import type { Access } from '../kubernetes/access.ts';
import { hearMembers } from '../kubernetes/look.ts';
import { ACCESS_OPTIONS } from './plugin-options.ts';

export const promoteCommand: Command = {
  name: 'promote',
  summary: 'hand leadership over to a member',
  details: [
    'The leader stops taking writes, waits until the member has every entry, and has it start an election at once: clients of the old leader wait ' +
      'for a moment, and no write is lost. Only voters lead. A member that lags too far behind does not take over in time; then nothing has changed.',
    'Needs `get` on `storageclusters.quorate.io`, `list` on `pods`, `get` and `create` on `pods/proxy`, and `get` on the Secret `<cluster>-admin`.',
    'Example:',
    '  kubectl quorate promote orders-shard-0-1',
  ],
  isPlugin: true,
  positionals: [{ name: 'MEMBER', required: true, summary: 'name of the member that is to lead: that of its pod' }],
  options: { ...ACCESS_OPTIONS },
  run: async (given, context) => {
    const member = present(given.positional('MEMBER'), 'MEMBER is required').replace(/^pods?\//, '');
    return withAccess(given, context, async (access) => {
      const outcome = await promote(access, member);
      context.stdout.write(`${outcome}\n`);
      return EXIT_DONE;
    });
  },
};

/** The name of the cluster that a member's name begins with. @throws UsageError */
export function clusterOfMember(member: string): string {
  const cluster = /^(.+)-shard-\d+-\d+$/.exec(member)?.[1];
  if (cluster === undefined) throw new UsageError(`${member} is no member's name, which is like orders-shard-0-1`);
  return cluster;
}

async function promote(access: Access, member: string): Promise<string> {
  const { metadata } = await access.cluster(clusterOfMember(member));
  const pods = await access.pods(metadata.name);
  const { leader } = await hearMembers(access.proxy, pods, new AbortController().signal);
  if (leader === null) {
    throw new CommandError(
      EXIT_FAILED,
      `no member of ${metadata.name} could confirm with a quorum that it leads: see \`status ${metadata.name}\``,
    );
  }
  const id = voterNamed(leader, member, metadata.name);
  if (id === leader.member.id) return `${member} leads ${metadata.name} already`;
  const token = await access.secret(metadata.name, 'admin');
  const answer = await access.proxy.transferLeadership(leader.member.name, { to: id }, token);
  if (!answer.ok) throw failureOf(answer.reason, leader.member.name, member);
  return `${member} leads ${metadata.name} now; before it was ${leader.member.name}`;
}

function voterNamed({ replication }: ConfirmedLeader, name: string, cluster: string) {
  const { members } = replication.committedConfiguration;
  const found = members.find((member) => member.name === name);
  if (found === undefined) {
    const names = members.map((member) => member.name).join(', ');
    throw new CommandError(EXIT_NOT_FOUND, `${name} is no member of ${cluster}, which has ${names}`);
  }
  if (found.role !== 'voter') {
    throw new CommandError(EXIT_FAILED, `${name} is a learner: it receives the log and cannot lead until it is a voter`);
  }
  return found.id;
}

function failureOf(failure: NodeFailure, leader: string, member: string): CommandError {
  if (failure.kind === 'unreachable') {
    const what = `${leader} was asked and gave no answer (${failure.message}); whether ${member} leads now, \`members\` tells`;
    return new CommandError(EXIT_UNREACHABLE, what);
  }
  return new CommandError(EXIT_FAILED, `${leader} refused: ${failure.message} (${failure.code})`);
}
