import type { Command } from '../command.ts';
import { withAccess } from '../kubernetes/access.ts';
import type { Access } from '../kubernetes/access.ts';
import { hearMembers } from '../kubernetes/look.ts';
import { clusterView } from '../view/cluster-view.ts';
import { memberRow, membersTable } from '../view/members-table.ts';
import type { MemberRow } from '../view/members-table.ts';
import { ACCESS_OPTIONS, CLUSTER_POSITIONAL, nowMsOf, OUTPUT_OPTION, painterOf, show, WATCH_OPTION } from './plugin-options.ts';

export const membersCommand: Command = {
  name: 'members',
  summary: 'ask every member for its role, term, log positions and data at this moment',
  details: [
    'Unlike `status` it asks the members themselves, through the API server. A leader is one that has just confirmed itself with a quorum; LAG ' +
      'counts the entries that its follower has not acknowledged yet. `?` is unknown.',
    'Needs `get` on `storageclusters.quorate.io`, `list` on `pods` and `get` on `pods/proxy`.',
  ],
  isPlugin: true,
  positionals: [CLUSTER_POSITIONAL],
  options: { ...WATCH_OPTION, ...OUTPUT_OPTION, ...ACCESS_OPTIONS },
  run: async (given, context) =>
    withAccess(given, context, async (access) =>
      show(given, context, async () => {
        const rows = await membersOf(access, given.positional('CLUSTER'), nowMsOf(context));
        return { value: rows, text: membersTable(rows, painterOf(context)) };
      }),
    ),
};

/** Those that have a pod, and those that status names though they have none. */
async function membersOf(access: Access, name: string | null, nowMs: number): Promise<readonly MemberRow[]> {
  const view = clusterView(await access.theCluster(name), nowMs);
  const pods = await access.pods(view.name);
  const heard = await hearMembers(access.proxy, pods, new AbortController().signal);
  const names = new Set([...view.members.map((member) => member.name), ...pods.map(({ metadata }) => metadata.name)]);
  return [...names]
    .sort((left, right) => left.localeCompare(right, 'en', { numeric: true }))
    .map((member) => {
      const place = { namespace: view.namespace, cluster: view.name, name: member };
      return memberRow(place, heard.nodes.get(member) ?? { kind: 'absent' }, heard.leader);
    });
}
