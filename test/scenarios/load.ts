/** A cluster that is changed under a write load, and what the load saw, judged: nothing acknowledged is lost, and both judges find every history linearizable. */
import { expect } from '@jest/globals';
import { compareJudges } from '../support/history/porcupine.ts';
import { summarize, verifyWorkload } from '../support/history/verification.ts';
import { Workload } from '../support/history/workload.ts';
import type { WorkloadReport } from '../support/history/workload.ts';
import type { RespAddress } from '../support/resp-client.ts';
import type { TestCluster } from './test-cluster.ts';

export class LoadedCluster {
  readonly reports: WorkloadReport[] = [];
  readonly #access: { readonly addresses: readonly RespAddress[]; readonly password: string };
  readonly #writesMin: number;

  private constructor(addresses: readonly RespAddress[], password: string, writesMin: number) {
    this.#access = { addresses, password };
    this.#writesMin = writesMin;
  }

  /** The cluster has to be ready. @param writesMin acknowledged writes without which a load has shown nothing */
  static async reach(cluster: TestCluster, writesMin: number): Promise<LoadedCluster> {
    return new LoadedCluster(await cluster.expose(), await cluster.password(), writesMin);
  }

  async underLoad(name: string, act: (load: Workload) => Promise<void>): Promise<void> {
    const load = Workload.start({ name, ...this.#access, seed: 11 });
    await load.acknowledge(50);
    let report: WorkloadReport;
    try {
      await act(load);
      await load.acknowledge(this.#writesMin, 300_000);
    } finally {
      report = await load.stop();
    }
    console.log(summarize(report));
    this.reports.push(report);
    expect(await verifyWorkload(report, this.#access)).toEqual([]);
    const history = { name, initial: {}, logTimeErrorMs: null, operations: report.operations };
    expect(await compareJudges([history])).toEqual({ linearizable: 1, notLinearizable: 0, disagreements: [] });
  }

  /** Everything that any of the loads was told is written. */
  async verify(): Promise<void> {
    for (const report of this.reports) expect(await verifyWorkload(report, this.#access)).toEqual([]);
  }
}
