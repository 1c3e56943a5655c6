/** The report of a whole run, for docs/reports. */
import type { ErrandReport } from './run.ts';
import type { Scenario } from './scenario.ts';

export function reportText(scenarios: readonly Scenario[], passed: readonly ErrandReport[], failures: readonly string[]): string {
  const rows = scenarios.map((scenario) =>
    rowOf(
      scenario,
      passed.filter((report) => report.scenario === scenario.name),
    ),
  );
  const runs = passed.length + failures.length;
  const crashes = passed.filter(({ crash }) => crash !== null).length;
  const faulty = passed.filter(({ faults }) => faults).length;
  const hours = passed.reduce((sum, { virtualMs }) => sum + virtualMs, 0) / 3_600_000;
  return `# The operator, ended at every write

Written by \`make operator-crashes\`: the production operator against the model of Kubernetes, with production nodes in its pods. Each scenario
first runs undisturbed and its writes are counted, those to the API server and those to members' admin part; then it runs once for each write
with the operator ended before it is sent, and once with the operator ended after it was carried out; and it runs under faults that seeds draw.
Every run is judged in every call of the operator and every turn of a member ([testing](../TESTING.md)).

**${runs} runs, ${failures.length} failed**: ${scenarios.length} undisturbed, ${crashes} with a crash, ${faulty} under drawn faults; ${hours.toFixed(1)} simulated hours.

| scenario | writes | crash points | runs | slowest, simulated seconds | calls, undisturbed | calls, at most | allowed |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}

"Calls" are those of the operator to the API server and to members from the beginning of what happens to its end; "allowed" is the bound beyond
which an undisturbed run fails as a hot loop.
${failures.length === 0 ? '' : `\nFailed:\n\n${failures.map((failure) => `- ${failure.split('\n')[0] ?? ''}`).join('\n')}\n`}`;
}

function rowOf({ name, callsMost }: Scenario, reports: readonly ErrandReport[]): string {
  const plain = reports.find(({ crash, faults }) => crash === null && !faults);
  const most = (of: (report: ErrandReport) => number): number => Math.max(0, ...reports.map(of));
  const cells = [
    name,
    plain?.writes ?? 0,
    (plain?.writes ?? 0) * 2,
    reports.length,
    (most(({ virtualMs }) => virtualMs) / 1000).toFixed(0),
    plain?.calls ?? 0,
    most(({ calls }) => calls),
    callsMost,
  ];
  return `| ${cells.join(' | ')} |`;
}
