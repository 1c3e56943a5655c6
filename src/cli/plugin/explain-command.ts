import { parseStorageCluster } from '../../api/storage-cluster.ts';
import type { StoredStorageCluster } from '../../operator/kubernetes/objects.ts';
import { plan } from '../../operator/plan/plan.ts';
import { BUILD_VERSION } from '../../shared/build.ts';
import type { Command } from '../command.ts';
import { withAccess } from '../kubernetes/access.ts';
import type { Access } from '../kubernetes/access.ts';
import { lookAt } from '../kubernetes/look.ts';
import { MissingRightError, rightText } from '../kubernetes/rights.ts';
import { clusterView } from '../view/cluster-view.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { explainText, plannedView } from '../view/explain-text.ts';
import type { ExplainView } from '../view/explain-text.ts';
import { ACCESS_OPTIONS, CLUSTER_POSITIONAL, nowMsOf, OUTPUT_OPTION, painterOf, show, WATCH_OPTION } from './plugin-options.ts';

export const explainCommand: Command = {
  name: 'explain',
  summary: 'say what the operator would do next and why, and what holds it back',
  details: [
    "It looks at what the operator looks at, with your own rights, and runs the operator's own planner on it; nothing is changed. The plan is of " +
      'this moment: the operator makes a new one at every look, and one step may lead to the next.',
    'Needs `get` on `storageclusters.quorate.io`; for a plan also `get` on `statefulsets.apps`, `list` on `pods` and `get` on `pods/proxy`. With ' +
      '`list` on `persistentvolumeclaims` and `get` on `services`, `secrets`, `networkpolicies.networking.k8s.io` and ' +
      '`poddisruptionbudgets.policy`, and cluster-wide `get` on `persistentvolumes`, the picture is whole. Without the rights for a plan it tells what the operator recorded.',
  ],
  isPlugin: true,
  positionals: [CLUSTER_POSITIONAL],
  options: { ...WATCH_OPTION, ...OUTPUT_OPTION, ...ACCESS_OPTIONS },
  run: async (given, context) =>
    withAccess(given, context, async (access) =>
      show(given, context, async () => {
        const stored = await access.theCluster(given.positional('CLUSTER'));
        const view = await explain(access, stored, nowMsOf(context));
        return { value: view, text: explainText(view, painterOf(context), nowMsOf(context)) };
      }),
    ),
};

async function explain(access: Access, stored: StoredStorageCluster, nowMs: number): Promise<ExplainView> {
  const status = clusterView(stored, nowMs);
  const parsed = parseStorageCluster(stored);
  if (!parsed.ok) return recordedView(status, [], [`the resource cannot be read, and nothing is done with it: ${parsed.reason}`]);
  try {
    const { observation, missing } = await lookAt(access, stored, parsed.value, new AbortController().signal);
    const named = {
      namespace: status.namespace,
      name: status.name,
      unseen: missing.map(rightText),
      notes: [...status.notes, ...versionNotes(status)],
    };
    return plannedView(named, plan(observation, nowMs), status.blockedBy);
  } catch (error) {
    if (!(error instanceof MissingRightError)) throw error;
    return recordedView(status, [error.message], ['no plan could be made: this is what the operator recorded']);
  }
}

/** Without a plan: the condition that says what goes on, and the gates, both as the operator wrote them. */
function recordedView(status: ClusterView, unseen: readonly string[], notes: readonly string[]): ExplainView {
  const progressing = status.conditions.find(({ type, status: value }) => type === 'Progressing' && value === 'True');
  return {
    namespace: status.namespace,
    name: status.name,
    source: 'recorded',
    activity: progressing === undefined ? null : { reason: progressing.reason, message: progressing.message },
    steps: [],
    heldBack: status.blockedBy,
    unseen,
    notes: [...status.notes, ...notes],
  };
}

function versionNotes({ version }: ClusterView): readonly string[] {
  return version === null || version === BUILD_VERSION
    ? []
    : [`this is the planner of ${BUILD_VERSION}; the members run ${version}, and the operator may plan as another version does`];
}
