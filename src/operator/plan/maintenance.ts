/** Members that people keep for themselves, by annotation (annotations.ts): whose pods are left alone, and who is not to lead. */
import type { Facts } from './facts.ts';
import { gate, NOTHING, proposal } from './proposal.ts';
import type { Gate, Proposal } from './proposal.ts';
import { successorOf } from './succession.ts';

export function isLeftAlone({ maintenance }: Facts, name: string): boolean {
  return maintenance.get(name) === 'hands-off';
}

/** @param what what would happen to it, such as `it would be updated` */
export function maintenanceGate(name: string, what: string): Gate {
  const message = `${name} is in maintenance (hands-off): ${what}.`;
  return gate('Maintenance', name, message, `Take the annotation quorate.io/maintenance off ${name}, or off the StorageCluster.`);
}

/** Leadership leaves a member that is not to lead; a quorum loses nothing by it. */
export function planMaintenance(facts: Facts): Proposal {
  const { leader, maintenance, settled } = facts;
  if (leader === null || maintenance.get(leader.member.name) !== 'no-leadership') return NOTHING;
  const { name } = leader.member;
  const successor = settled ? successorOf(facts, leader, () => true) : null;
  if (successor === null) {
    const message = `${name} is in maintenance (no-leadership) and leads, and no other member is caught up and ready.`;
    return proposal({ blockedBy: [gate('LeadershipTransfer', name, message, 'Waits until another member has caught up.')] });
  }
  const because = `${name} is in maintenance (no-leadership)`;
  return proposal({
    steps: [{ type: 'transfer-leadership', leader: name, member: successor.name, id: successor.id, because }],
  });
}
