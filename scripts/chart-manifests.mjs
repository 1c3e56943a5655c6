// Writes what the chart makes with its own values into src/cli/dev/chart-manifests.json, which `quorate dev` installs where there is no Helm;
// needs helm in the PATH (make manifests). The CRD is not in it, because src/api has it, and neither are hooks. The hash is of the chart's files:
// a test holds it, so that no change of the chart is forgotten here, and the e2e tests hold the objects equal to what Helm makes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { loadAll } from 'js-yaml';

const root = new URL('../', import.meta.url);
const chart = 'charts/quorate';
export const MANIFESTS_FILE = 'src/cli/dev/chart-manifests.json';
export const HELM_WORDS = [
  'template',
  'quorate',
  chart,
  '--namespace',
  'quorate-system',
  '--kube-version',
  '1.34.0',
  '--no-hooks',
];

/** SHA-256 of every file of the chart that these objects follow from. */
export function chartHash() {
  const templates = readdirSync(new URL(`${chart}/templates/`, root), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'crd.yaml' && entry.name !== 'NOTES.txt')
    .map(({ name }) => `templates/${name}`)
    .sort();
  const hash = createHash('sha256');
  for (const file of ['Chart.yaml', 'values.yaml', ...templates]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(new URL(`${chart}/${file}`, root)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Documents of a manifest; the CRD and what is empty are left out. */
export function objectsOf(yaml) {
  return loadAll(yaml).filter((object) => object !== null && object !== undefined && object.kind !== 'CustomResourceDefinition');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const objects = objectsOf(execFileSync('helm', HELM_WORDS, { cwd: root, encoding: 'utf8' }));
  writeFileSync(new URL(MANIFESTS_FILE, root), `${JSON.stringify({ chart: chartHash(), objects }, null, 2)}\n`);
  console.log(`${MANIFESTS_FILE}: ${objects.length} objects`);
}
