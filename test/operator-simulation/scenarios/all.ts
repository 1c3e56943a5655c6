/** All scenarios, in the order of the report. */
import type { Scenario } from '../scenario.ts';
import { found } from './found.ts';
import { founderToldLate } from './founder-told-late.ts';
import { roll } from './roll.ts';
import { scaleAndBack } from './scale-and-back.ts';
import { scaleAllSizes } from './scale-all-sizes.ts';
import { scaleOnKeptVolumes } from './scale-on-kept-volumes.ts';
import { keptVolumesAmongStrangers } from './kept-volumes-among-strangers.ts';
import { rollToNextLevel } from './roll-to-next-level.ts';
import { brokenImage } from './broken-image.ts';
import { brokenImageGoesBack } from './broken-image-goes-back.ts';
import { brokenFromTheStart } from './broken-from-the-start.ts';
import { rollDuringScaleIn } from './roll-during-scale-in.ts';
import { drainDuringRoll } from './drain-during-roll.ts';
import { rollBesideAPartition } from './roll-beside-a-partition.ts';
import { diskLost } from './disk-lost.ts';
import { leaderDiskLost } from './leader-disk-lost.ts';
import { nodeLost } from './node-lost.ts';
import { replaceByOrder } from './replace-by-order.ts';
import { memberSilent } from './member-silent.ts';
import { volumeGrown } from './volume-grown.ts';
import { scaledByHand } from './scaled-by-hand.ts';
import { deletedByHand } from './deleted-by-hand.ts';
import { hibernate } from './hibernate.ts';
import { madeAgain } from './made-again.ts';
import { statusErased } from './status-erased.ts';
import { allDisksLost } from './all-disks-lost.ts';
import { operatorUpgraded } from './operator-upgraded.ts';
import { oldLeaderWakes } from './old-leader-wakes.ts';
import { scaleInDeletesVolumes } from './scale-in-deletes-volumes.ts';
import { scaleInOnSlowDisks } from './scale-in-on-slow-disks.ts';
import { scaleInWithoutQuorum } from './scale-in-without-quorum.ts';
import { scaleInBesideAPartition } from './scale-in-beside-a-partition.ts';
import { leaderCutOff } from './leader-cut-off.ts';

export const SCENARIOS: readonly Scenario[] = [
  found,
  founderToldLate,
  roll,
  scaleAndBack,
  scaleAllSizes,
  scaleOnKeptVolumes,
  keptVolumesAmongStrangers,
  rollToNextLevel,
  brokenImage,
  brokenImageGoesBack,
  brokenFromTheStart,
  rollDuringScaleIn,
  drainDuringRoll,
  rollBesideAPartition,
  diskLost,
  leaderDiskLost,
  nodeLost,
  replaceByOrder,
  memberSilent,
  volumeGrown,
  scaledByHand,
  deletedByHand,
  hibernate,
  madeAgain,
  statusErased,
  allDisksLost,
  operatorUpgraded,
  oldLeaderWakes,
  scaleInDeletesVolumes,
  scaleInOnSlowDisks,
  scaleInWithoutQuorum,
  scaleInBesideAPartition,
  leaderCutOff,
];
