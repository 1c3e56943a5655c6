/** Children other than pods: made when missing, applied when they differ, never when the name belongs to somebody else. */
import { plainStatefulSetReplicas } from './replicas.ts';
import type { Facts } from './facts.ts';
import { gate, proposal } from './proposal.ts';
import type { Gate, Proposal } from './proposal.ts';
import type { Step } from './step.ts';
import { statefulSetName } from '../render/names.ts';

export function planChildren(facts: Facts): Proposal {
  const { children, secrets } = facts.observation;
  const steps: Step[] = [];
  const blockedBy: Gate[] = [];
  let leaving: string | null = null;
  for (const secret of secrets) {
    if (secret.state === 'missing')
      steps.push({ type: 'create-secret', purpose: secret.purpose, because: `Secret ${secret.name} is missing` });
    if (secret.state === 'leaving') leaving = `Secret ${secret.name}`;
    if (secret.state === 'unusable') blockedBy.push(nameTaken('Secret', secret.name, 'lacks the key that the pods mount'));
  }
  for (const { kind, name, state, uid } of children) {
    if (state === 'missing' || state === 'differs')
      steps.push({
        type: 'apply-child',
        kind,
        name,
        because: `${kind} ${name} ${state === 'missing' ? 'is missing' : 'differs from what is wanted'}`,
      });
    if (state === 'leaving') leaving = `${kind} ${name}`;
    if (state === 'taken') blockedBy.push(nameTaken(kind, name, 'belongs to somebody else'));
    if (state === 'unwanted' && uid !== null)
      steps.push({ type: 'delete-child', kind, name, uid, because: `${kind} ${name} is no longer wanted` });
  }
  const statefulSet = planStatefulSet(facts);
  if (facts.observation.statefulSet?.state === 'taken')
    blockedBy.push(nameTaken('StatefulSet', statefulSetName(facts.cluster.metadata.name), 'belongs to somebody else'));
  if (facts.observation.statefulSet?.state === 'leaving') leaving = `StatefulSet ${statefulSetName(facts.cluster.metadata.name)}`;
  const activity =
    leaving === null
      ? statefulSet.activity
      : { reason: 'Starting' as const, message: `${leaving} of an earlier life has to leave first` };
  return proposal({ steps: [...steps, ...statefulSet.steps], blockedBy, activity });
}

/** Made with all the pods that S7 demands, raised to them at once; the template follows whenever it differs (OnDelete: no pod minds). */
function planStatefulSet(facts: Facts): Proposal {
  const { statefulSet } = facts.observation;
  const wanted = plainStatefulSetReplicas(facts);
  const change = { type: 'apply-stateful-set', replicas: wanted } as const;
  if (statefulSet === null) {
    const because = `the StatefulSet is missing; ${wanted} pods have to run`;
    return proposal({
      steps: [{ ...change, replicasBefore: null, resourceVersion: null, because }],
      activity: wanted === 0 ? null : { reason: facts.configuration === null ? 'Starting' : 'Waking', message: because },
    });
  }
  const { replicas, resourceVersion, state } = statefulSet;
  if (state === 'taken' || state === 'leaving') return proposal({});
  if (wanted > replicas) {
    const because = `S7: ${wanted} pods have to run, the StatefulSet asks for ${replicas}`;
    return proposal({
      steps: [{ ...change, replicasBefore: replicas, resourceVersion, because }],
      activity: { reason: facts.configuration === null ? 'Starting' : 'Waking', message: because },
    });
  }
  if (state === 'current') return proposal({});
  const because = 'the StatefulSet differs from what is wanted';
  return proposal({ steps: [{ ...change, replicas, replicasBefore: replicas, resourceVersion, because }] });
}

function nameTaken(kind: string, name: string, what: string): Gate {
  return gate(
    'NameTaken',
    null,
    `${kind} ${name} ${what}; it was not touched.`,
    `Delete or rename that ${kind}, or give this StorageCluster another name.`,
  );
}
