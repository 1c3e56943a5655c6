import type { StoredStorageCluster } from '../../operator/kubernetes/objects.ts';
import { CommandError, EXIT_NOT_FOUND, UsageError } from '../command.ts';
import type { Command } from '../command.ts';
import type { Arguments } from '../arguments.ts';
import { withAccess } from '../kubernetes/access.ts';
import type { Access } from '../kubernetes/access.ts';
import { clusterView } from '../view/cluster-view.ts';
import { statusTrees } from '../view/status-tree.ts';
import { ACCESS_OPTIONS, nowMsOf, OUTPUT_OPTION, painterOf, show, WATCH_OPTION } from './plugin-options.ts';

export const statusCommand: Command = {
  name: 'status',
  summary: 'show clusters as trees: members with roles and lag, conditions, what blocks and what would unblock',
  details: [
    'All of it is what the operator wrote into the status of the StorageCluster. Status that is older than 10 minutes says nothing about now: ' +
      'it is shown as Unknown.',
    'Needs `get` on `storageclusters.quorate.io`, and `list` without a name.',
    'Examples:',
    '  kubectl quorate status\n  kubectl quorate status orders --watch\n  kubectl quorate status orders -o json | jq -r .phase',
  ],
  isPlugin: true,
  positionals: [{ name: 'CLUSTER', required: false, summary: 'name of the StorageCluster; without it all of the namespace' }],
  options: {
    'all-namespaces': { short: 'A', value: null, summary: 'the StorageClusters of all namespaces' },
    ...WATCH_OPTION,
    ...OUTPUT_OPTION,
    ...ACCESS_OPTIONS,
  },
  run: async (given, context) => {
    const name = given.positional('CLUSTER');
    if (name !== null && given.has('all-namespaces')) throw new UsageError('--all-namespaces and a name exclude each other');
    return withAccess(given, context, async (access) =>
      show(given, context, async () => {
        const views = (await clustersOf(access, name, given)).map((stored) => clusterView(stored, nowMsOf(context)));
        // Named: one object, as `kubectl get -o json` does it. Not named: a list, whatever its length.
        return { value: name === null ? views : views[0], text: statusTrees(views, painterOf(context), nowMsOf(context)) };
      }),
    );
  },
};

async function clustersOf(access: Access, name: string | null, given: Arguments): Promise<readonly StoredStorageCluster[]> {
  if (name !== null) return [await access.theCluster(name)];
  const everywhere = given.has('all-namespaces');
  const found = await access.clusters(everywhere ? null : access.namespace);
  if (found.length > 0) return found;
  const where = everywhere ? 'any namespace' : `namespace ${access.namespace}`;
  throw new CommandError(EXIT_NOT_FOUND, `there is no StorageCluster in ${where}`);
}
