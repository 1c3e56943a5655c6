import { EVENTS } from '../../operator/kubernetes/resources.ts';
import type { Command } from '../command.ts';
import { withAccess } from '../kubernetes/access.ts';
import { eventRows, eventsTable } from '../view/events-table.ts';
import { ACCESS_OPTIONS, CLUSTER_POSITIONAL, nowMsOf, OUTPUT_OPTION, painterOf, show, WATCH_OPTION } from './plugin-options.ts';

export const eventsCommand: Command = {
  name: 'events',
  summary: 'list the events of a cluster, its pods, claims and other children, the youngest last',
  details: [
    'docs/events.md explains those of the operator. Needs `get` on `storageclusters.quorate.io` and `list` on `events.events.k8s.io`.',
  ],
  isPlugin: true,
  positionals: [CLUSTER_POSITIONAL],
  options: { ...WATCH_OPTION, ...OUTPUT_OPTION, ...ACCESS_OPTIONS },
  run: async (given, context) =>
    withAccess(given, context, async (access) =>
      show(given, context, async () => {
        const { metadata } = await access.theCluster(given.positional('CLUSTER'));
        const rows = eventRows(await access.all(EVENTS, access.namespace), metadata.name);
        return { value: rows, text: eventsTable(rows, painterOf(context), nowMsOf(context)) };
      }),
    ),
};
