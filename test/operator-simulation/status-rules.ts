/** S20: status may only say what was heard in the pass that wrote it, and was so when it was heard. */
import { field } from '../support/model-api.ts';
import { textOf } from './scene.ts';

/** An answer that the operator got in this pass, and the truth about its member at that moment. */
export interface Heard {
  readonly name: string;
  /** Listed in the committed configuration as a voter, and running. */
  readonly isVoter: boolean;
  readonly isLeader: boolean;
  /** A majority of the committed configuration's voters ran. */
  readonly isQuorumThere: boolean;
}

/** @param status as stored after the write. @param heard by name, in this pass */
export function judgeStatus(
  status: unknown,
  replicas: number,
  cluster: string,
  heard: ReadonlyMap<string, Heard>,
): string | null {
  const said = (type: string): unknown => {
    const conditions = field(status, 'conditions');
    return Array.isArray(conditions)
      ? field(
          conditions.find((each) => field(each, 'type') === type),
          'status',
        )
      : undefined;
  };
  const asked = Array.from({ length: replicas }, (_, ordinal) => `${cluster}-shard-0-${ordinal}`);
  const takingPart = asked.filter((name) => heard.get(name)?.isVoter === true);
  if (said('Ready') === 'True' && takingPart.length < replicas) {
    const lacking = asked.filter((name) => !takingPart.includes(name));
    return `S20: Ready is True, and ${lacking.join(', ')} was not heard as a voter in this pass`;
  }
  const ready = Number(textOf(field(status, 'ready')).split('/')[0]);
  if (ready > takingPart.length) return `S20: ${textOf(field(status, 'ready'))} ready, and ${takingPart.length} were heard`;
  if (said('QuorumAvailable') === 'True' && ![...heard.values()].some(({ isQuorumThere }) => isQuorumThere))
    return 'S20: QuorumAvailable is True, and there was no quorum whenever a member was heard';
  const leader = field(status, 'leader');
  if (typeof leader === 'string' && heard.get(leader)?.isLeader !== true)
    return `S20: ${leader} is called leader, and did not lead when it was heard`;
  return null;
}
