/**
 * What a protocol promises, as a value: docs, status, the advisor and the checkers read the same record, so that a weaker protocol is
 * honest rather than wrong (rule S22).
 */
export interface Guarantees {
  readonly protocol: 'Raft';
  /** What a reply to a write means. */
  readonly acknowledgement: string;
  /** The consistency model of the history that clients see. */
  readonly history: 'linearizable';
  /** What clients on the smaller side of a partition get. */
  readonly underPartition: string;
  /** What can be lost although it was acknowledged; empty when nothing can. */
  readonly canLose: readonly string[];
}

export const RAFT_GUARANTEES: Guarantees = {
  protocol: 'Raft',
  acknowledgement: 'the write is on the disks of a majority of the voters, synced, and applied on the leader',
  history: 'linearizable',
  underPartition: 'the side with a majority of the voters goes on after an election; the other side refuses reads and writes',
  canLose: [],
};
