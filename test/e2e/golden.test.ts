/**
 * Answers of this cluster's API server to the calls of `test/golden`, afresh: they must be those that were recorded, and the model's too.
 * GOLDEN=record writes them down instead (`make e2e-record`).
 */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import { ApiServerOfCluster } from '../support/golden/api-server.ts';
import { ModelServer } from '../support/golden/model-server.ts';
import { goldenAnswers, play, writeGoldenAnswers } from '../support/golden/play.ts';
import { callLists } from '../support/golden/steps.ts';
import { installOperator, kubectl, OPERATOR_NAMESPACE } from './support/kubernetes.ts';

jest.setTimeout(180_000);

const isRecording = process.env['GOLDEN'] === 'record';
const lists = callLists().map((list) => [list.name, list] as const);
let real: ApiServerOfCluster;
let model: ModelServer;

/** The calls are about the API alone: an operator that is awake would answer them with writes of its own. */
async function operators(count: number): Promise<void> {
  await kubectl('--namespace', OPERATOR_NAMESPACE, 'scale', 'deployment/quorate', `--replicas=${count}`);
  const condition = count === 0 ? '--for=delete' : '--for=condition=Ready';
  const selector = '--selector=app.kubernetes.io/component=operator';
  await kubectl('--namespace', OPERATOR_NAMESPACE, 'wait', 'pod', selector, condition, '--timeout=120s');
}

beforeAll(async () => {
  await installOperator();
  await operators(0);
  real = await ApiServerOfCluster.reach(present(process.env['KUBECONFIG'], 'KUBECONFIG names the cluster'));
  model = await ModelServer.start();
}, 300_000);

afterAll(async () => {
  model.stop();
  await real.close();
  await operators(1);
}, 300_000);

describe.each(lists)('%s', (name, list) => {
  test(isRecording ? 'is recorded' : 'this API server answers as was recorded', async () => {
    const answers = await play(real, list);
    if (isRecording) writeGoldenAnswers(name, answers);
    expect(answers).toEqual(goldenAnswers(name));
  });

  test('the model answers alike', async () => {
    expect(await play(model, list)).toEqual(goldenAnswers(name));
  });
});
