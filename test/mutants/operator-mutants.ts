/** The operator's planted bugs of README.md as edits of the source, as those of the store in mutants.ts. */
import type { Edit, Mutant } from './mutants.ts';

const conditions = 'src/operator/status/conditions.ts';
const derive = 'src/operator/status/derive.ts';
const execute = 'src/operator/execute.ts';
const executeVolumes = 'src/operator/execute-volumes.ts';
const facts = 'src/operator/plan/facts.ts';
const founders = 'src/operator/plan/founders.ts';
const founding = 'src/operator/plan/founding.ts';
const heardNodes = 'src/operator/observed-nodes.ts';
const observedVolumes = 'src/operator/observed-volumes.ts';
const replacing = 'src/operator/plan/replacing.ts';
const rolling = 'src/operator/plan/rolling.ts';
const scaling = 'src/operator/plan/scaling.ts';

function one(id: string, file: string, find: string, replace: string): Mutant {
  return { id, edits: [{ file, find, replace }] };
}

/** As it is, whatever comes next waits until the configuration is committed, whichever the planner reads. */
const UNCOMMITTED_IS_SETTLED: Edit = {
  file: facts,
  find: 'return configuration.index === committedConfiguration.index && recorded?.index === committedConfiguration.index;',
  replace: 'return configuration.index >= committedConfiguration.index && recorded?.index === committedConfiguration.index;',
};

export const OPERATOR_MUTANTS: readonly Mutant[] = [
  {
    id: 'O01',
    edits: [
      {
        file: scaling,
        find: 'const listed = leader.replication.committedConfiguration.members.find((member) => member.name === name);',
        replace: 'const listed = leader.replication.configuration.members.find((member) => member.name === name);',
      },
      UNCOMMITTED_IS_SETTLED,
    ],
  },
  {
    id: 'O02',
    edits: [
      {
        file: heardNodes,
        find: "if (!status.confirmed || replication === null || replication.role !== 'leader' || !replication.settled) return null;",
        replace: "if (replication === null || replication.role !== 'leader') return null;",
      },
      { file: heardNodes, find: '{ token, signal, confirm: true }', replace: '{ token, signal }' },
    ],
  },
  one(
    'O03',
    scaling,
    'const next = listed === undefined ? planShrink(facts, name, victim) : planDeparture(facts, leader, listed);',
    'const next = listed === undefined || listed.id !== leader.member.id ? planShrink(facts, name, victim) : planDeparture(facts, leader, listed);',
  ),
  one(
    'O04',
    'src/operator/render/stateful-set.ts',
    "{ whenScaled: 'Retain', whenDeleted: 'Retain' }",
    "{ whenScaled: 'Delete', whenDeleted: 'Retain' }",
  ),
  one(
    'O05',
    executeVolumes,
    'return api.delete(CLAIMS, key, { preconditions: { uid: step.uid }, signal });',
    'return api.delete(CLAIMS, key, { signal });',
  ),
  one(
    'O06',
    replacing,
    'if (claim === null || isListed || ordinal >= facts.target || claim.ownedByOther) return null;',
    'if (claim === null || (isListed && !facts.ordered.size) || ordinal >= facts.target || claim.ownedByOther) return null;',
  ),
  {
    id: 'O07',
    edits: [
      {
        file: facts,
        find: 'expectedClusterId: identity?.clusterId ?? cluster.spec.adoptClusterId ?? cluster.metadata.uid,',
        replace:
          'expectedClusterId: identity?.clusterId ?? cluster.spec.adoptClusterId ?? observation.members.find(({ claim }) => claim?.clusterId)?.claim?.clusterId ?? cluster.metadata.uid,',
      },
      {
        file: facts,
        find: 'const expected = identity?.clusterId ?? spec.adoptClusterId ?? metadata.uid;',
        replace:
          'const expected = identity?.clusterId ?? spec.adoptClusterId ?? members.find(({ claim }) => claim?.clusterId)?.claim?.clusterId ?? metadata.uid;',
      },
    ],
  },
  {
    id: 'O08',
    edits: [
      { file: founding, find: 'if (hasPast(facts)) return planRebuild(facts);', replace: '' },
      {
        file: founding,
        find: "status !== null && status.state === 'awaiting-membership' && member",
        replace: 'status !== null && member',
      },
    ],
  },
  {
    id: 'O09',
    edits: [
      {
        file: founding,
        find: "...founders.map(({ name }): Step => ({ type: 'found-node', member: name, ...record, because: 'the founding is written' })),",
        replace: '',
      },
      {
        file: founding,
        find: `    steps: [
      {
        type: 'record-founding',
        ...record,`,
        replace: `    steps: [
      ...founders.map(({ name }): Step => ({ type: 'found-node', member: name, ...record, because: 'early' })),
      {
        type: 'record-founding',
        ...record,`,
      },
    ],
  },
  one('O10', founders, 'if (left < quorumOf(founding.members.length)) return', 'if (left < 1) return'),
  one(
    'O11',
    'src/operator/plan/children.ts',
    'if (wanted > replicas) {',
    'if (wanted > replicas && (facts.leader !== null || facts.configuration === null)) {',
  ),
  one(
    'O12',
    scaling,
    'const message = `${name} is to leave, and no leader could confirm itself with a quorum.`;',
    'if (facts.configuration !== null) return { ...planShrink(facts, name, victim), activity };\n    const message = `${name} is to leave, and no leader could confirm itself with a quorum.`;',
  ),
  one(
    'O13',
    facts,
    'return facts.caughtUp.size - (facts.caughtUp.has(id) ? 1 : 0);',
    'return facts.caughtUp.size + (facts.caughtUp.has(id) ? 0 : 1);',
  ),
  one(
    'O14',
    facts,
    'return answerOf(member)?.memberId === id && (id === leader.member.id || caughtUp.has(id));',
    'return answerOf(member)?.memberId === id && (id === leader.member.id || caughtUp.size >= 0);',
  ),
  one(
    'O15',
    rolling,
    'if (!isOfFullSize(facts) || !facts.settled) return proposal({ activity });',
    'if (!facts.settled || facts.target < 0 || (isOfFullSize(facts) && false)) return proposal({ activity });',
  ),
  one(
    'O16',
    rolling,
    'const followers = outdated.filter(({ name }) => name !== leader.member.name);',
    'const followers = outdated;',
  ),
  one(
    'O17',
    'src/operator/kubernetes/client.ts',
    '      deleteOptions: { preconditions },\n',
    '      deleteOptions: preconditions.uid.length > 0 ? {} : { preconditions },\n',
  ),
  one(
    'O18',
    'src/operator/plan/broken-pods.ts',
    '} else if (outdated.includes(member)) {',
    '} else if (outdated.includes(member) && facts.caughtUp.size > facts.target / 2) {',
  ),
  one(
    'O19',
    observedVolumes,
    'const isOut = ({ spec }: Node): boolean => spec?.taints?.some(({ key }) => key === OUT_OF_SERVICE_TAINT) === true;',
    "const isOut = ({ spec }: Node): boolean => spec?.taints?.some(({ key }) => key === OUT_OF_SERVICE_TAINT || key === 'node.kubernetes.io/unreachable') === true;",
  ),
  {
    id: 'O20',
    edits: [
      {
        file: 'src/operator/plan/joining.ts',
        find: 'if (listed !== undefined) return listed.id === status.memberId ? planPromotion(facts, leader, member) : NOTHING;',
        replace: 'if (listed !== undefined && listed.id === status.memberId) return planPromotion(facts, leader, member);',
      },
      {
        file: 'src/operator/plan/joining.ts',
        find: 'if (member === null || isVoter(leader, member.name)) continue;',
        replace:
          'if (member === null || leader.replication.committedConfiguration.members.some(({ id, role }) => role === "voter" && id === answerOf(member)?.memberId)) continue;',
      },
      { file: 'src/operator/plan/plan.ts', find: '    planDeadMembers(facts, nowMs),\n', replace: '' },
      {
        file: 'src/operator/plan/plan.ts',
        find: '    planScaleIn(facts),\n',
        replace: '    planDeadMembers(facts, nowMs),\n    planScaleIn(facts),\n',
      },
    ],
  },
  one(
    'O21',
    conditions,
    'if (member === null || voter === undefined || !takesPart(member)) return false;\n  return member.pod?.ready',
    "if (member?.node.kind === 'silent') return facts.cluster.status?.members?.find((known) => known.name === name)?.ready === true;\n  if (member === null || voter === undefined || !takesPart(member)) return false;\n  return member.pod?.ready",
  ),
  one(
    'O22',
    derive,
    'return ageMs >= 0 && ageMs < OBSERVED_AT_REFRESH_MS;',
    'return ageMs >= 0 && ageMs < OBSERVED_AT_REFRESH_MS / 1_000;',
  ),
  one(
    'O23',
    'src/operator/main.ts',
    'await this.#reconciler.reconcile({ namespace, name }, signal);',
    'await this.#reconciler.reconcile({ namespace, name }, new AbortController().signal ?? signal);',
  ),
  one(
    'O24',
    execute,
    'const request = { change: changeOf(step), expectedIndex: step.expectedIndex };',
    'const request = { change: changeOf(step) } as never;',
  ),
  one(
    'O25',
    'src/operator/plan/joining.ts',
    'if (!isOf(identity, status)) return NOTHING;',
    'if (!isOf(identity, status) || status.memberId.length > 0) return NOTHING;',
  ),
];
