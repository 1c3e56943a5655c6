/** `quorate dev` installs what the chart makes; the e2e tests, which have Helm, hold the objects themselves equal. */
import { expect, test } from '@jest/globals';
import { operatorManifests } from '../../../src/cli/dev/manifests.ts';
import chart from '../../../src/cli/dev/chart-manifests.json' with { type: 'json' };
import { chartHash } from '../../../scripts/chart-manifests.mjs';

test('the objects were made from the chart as it is: after a change of it, `make manifests` makes them anew', () => {
  expect(chart.chart).toBe(chartHash());
});

test('namespace and CRD come first, and nothing that Helm would install is missing', () => {
  expect(operatorManifests().map(({ object }) => `${object.kind} ${object.metadata.name}`)).toEqual([
    'Namespace quorate-system',
    'CustomResourceDefinition storageclusters.quorate.io',
    'ServiceAccount quorate',
    'ClusterRole quorate-system-quorate',
    'ClusterRoleBinding quorate-system-quorate',
    'Role quorate-lease',
    'RoleBinding quorate-lease',
    'Service quorate',
    'Deployment quorate',
    'ValidatingAdmissionPolicy quorate-system-quorate-deletion-protection',
    'ValidatingAdmissionPolicyBinding quorate-system-quorate-deletion-protection',
  ]);
});
