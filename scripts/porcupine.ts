/** `make porcupine`: both judges on many histories drawn at random, and on those that the e2e tests recorded last. */
import { compareJudges, keptHistories, RECORDED_HISTORIES } from '../test/support/history/porcupine.ts';
import type { Comparison } from '../test/support/history/porcupine.ts';
import { KNOWN_HISTORIES } from '../test/support/history/known-histories.ts';
import { assortedHistories } from '../test/support/history/random-history.ts';

const [count = '1000', firstSeed = '1'] = process.argv.slice(2);

function report(what: string, { linearizable, notLinearizable, disagreements }: Comparison): void {
  console.log(
    `${what}: ${linearizable} linearizable, ${notLinearizable} not, ${disagreements.length} on which the judges disagree`,
  );
  for (const disagreement of disagreements) console.log(disagreement);
  if (disagreements.length > 0) process.exitCode = 1;
}

report('named histories', await compareJudges(KNOWN_HISTORIES.map(({ history }) => history)));
report(`${count} histories from seed ${firstSeed}`, await compareJudges(assortedHistories(Number(count), Number(firstSeed))));
const recorded = await keptHistories();
if (recorded.length === 0) console.log(`no recorded history: \`make e2e\` leaves them in ${RECORDED_HISTORIES}`);
else {
  const calls = recorded.reduce((sum, { operations }) => sum + operations.length, 0);
  report(`${recorded.length} recorded histories of ${calls} calls`, await compareJudges(recorded));
}
