/** What a run has seen: a fault class or a verb that no seed meets is not tested, whatever the seeds say. */
import type { World } from './world.ts';

export interface Availability {
  asked: number;
  acknowledged: number;
}

export class Counters {
  readonly counts: Record<string, number> = {};
  readonly duringFaults: Availability = { asked: 0, acknowledged: 0 };
  readonly inPeace: Availability = { asked: 0, acknowledged: 0 };
  operations = 0;
  unknownOutcomes = 0;

  count(what: string, by = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + by;
  }

  said(sentence: string): void {
    if (sentence === 'cut a torn tail from the log') this.count('torn tails cut');
    if (sentence.startsWith('this member was removed')) this.count('folders set aside');
    if (sentence === 'took a snapshot') this.count('snapshots taken');
    if (sentence === 'a snapshot is damaged') this.count('damaged snapshots skipped');
  }

  /** A call is asked; returns what is to be told of its end. During faults it counts if there was a quorum then and is one at its end. */
  asked(isPeace: boolean, hasQuorum: () => boolean): (acknowledged: boolean) => void {
    this.operations += 1;
    const hadQuorum = hasQuorum();
    return (acknowledged) => {
      const tally = isPeace ? this.inPeace : this.duringFaults;
      if (!isPeace && !(hadQuorum && hasQuorum())) return;
      tally.asked += 1;
      if (acknowledged) tally.acknowledged += 1;
    };
  }

  finish({ watcher, history, network }: World): void {
    this.unknownOutcomes = history.count('unknown');
    this.count('unknown outcomes', this.unknownOutcomes);
    this.count('refused', history.count('refused'));
    const { elections, truncations, installedSnapshots } = watcher.counters;
    this.count('elections', elections);
    this.count('truncations', truncations);
    this.count('installed snapshots', installedSnapshots);
    this.count('configurations committed', watcher.configurationChanges);
    this.count('writes held back', network.heldBack);
    this.count('fault: writes delayed', network.slowed);
    this.count('fault: writes reordered', network.overtaken);
  }
}
