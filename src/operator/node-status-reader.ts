/**
 * Reads a node's status document. It decides what is done to volumes, so each field is checked before anything follows from it; fields that
 * a newer node added pass through unread.
 */
import { z } from 'zod';
import type { NodeStatus } from '../api/node-status.ts';
import { parseClusterId, parseMemberId } from '../shared/ids.ts';
import type { ClusterId, MemberId } from '../shared/ids.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';

const memberId = z.custom<MemberId>((value) => typeof value === 'string' && parseMemberId(value) !== null, 'not a member id');
const clusterId = z.custom<ClusterId>((value) => typeof value === 'string' && parseClusterId(value) !== null, 'not a cluster id');
const index = z.int().min(0);
const count = z.number().min(0);
/** A member as nodes name it, in statuses and refusals. */
export const nodeMember = z.looseObject({ id: memberId, name: z.string(), role: z.enum(['voter', 'learner']) });

const configuration = z.looseObject({
  index,
  members: z.array(nodeMember),
  removed: z.array(z.looseObject({ id: memberId, index })),
});

const progress = z.looseObject({
  id: memberId,
  matchIndex: index,
  active: z.boolean(),
  caughtUp: z.boolean(),
  state: z.enum(['probe', 'replicate', 'snapshot']),
});

const replication = z.looseObject({
  role: z.enum(['follower', 'pre-candidate', 'candidate', 'leader']),
  term: index,
  leader: nodeMember.nullable(),
  firstIndex: index,
  lastIndex: index,
  durableIndex: index,
  commitIndex: index,
  appliedIndex: index,
  settled: z.boolean(),
  configuration,
  committedConfiguration: configuration,
  progress: z.array(progress),
  electionsStarted: count,
  leadershipsWon: count,
});

export const HALT_REASONS = [
  'LogCorrupt',
  'DiskOfThePast',
  'PoisonEntry',
  'StateDiverged',
  'UnknownFormat',
  'ForeignFolder',
  'HigherGeneration',
] as const;

const guarantees = z.looseObject({
  protocol: z.string(),
  acknowledgement: z.string(),
  history: z.string(),
  underPartition: z.string(),
  canLose: z.array(z.string()),
});

const nodeStatus = z.looseObject({
  formatVersion: z.literal(1),
  name: z.string(),
  memberId,
  formerIds: z.array(memberId),
  state: z.enum(['awaiting-membership', 'joining', 'member', 'halted', 'stopping']),
  halt: z.looseObject({ reason: z.enum(HALT_REASONS), message: z.string(), wantsReplacement: z.boolean() }).nullable(),
  ready: z.boolean(),
  readyReason: z.string(),
  version: z.string(),
  featureLevelMax: index,
  featureLevel: index,
  clusterId: clusterId.nullable(),
  generation: z.looseObject({ number: z.int().positive(), id: z.string() }).nullable(),
  founding: z.looseObject({ epoch: z.int().positive(), members: z.array(nodeMember) }).nullable(),
  replication: replication.nullable(),
  guarantees,
  confirmed: z.boolean(),
  keys: count,
  dataBytes: count,
  dataBytesMax: count,
  diskFreeBytes: count.nullable(),
  diskTotalBytes: count.nullable(),
  full: z.enum(['no', 'memory', 'disk']),
  clockOffsetMs: z.number().nullable(),
  asideFolder: z.string().nullable(),
  divergence: z.string().nullable().optional(),
  scrub: z.looseObject({ passes: count, damagesFound: count, damaged: z.string().nullable() }).nullable().optional(),
  healing: z.string().nullable().optional(),
  clients: count,
  startedAt: z.string(),
});

/** The reason names each field that is not as it must be. */
export function readNodeStatus(value: unknown): Result<NodeStatus, string> {
  const parsed = nodeStatus.safeParse(value);
  if (parsed.success) return succeed(parsed.data);
  return refuse(parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`).join('; '));
}
