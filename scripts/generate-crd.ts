/**
 * Writes what follows from the schema in src/api: the CRD in crds/, the chart's template of it, and the tables in docs/resource.md.
 *
 *   npx esbuild scripts/generate-crd.ts --bundle --platform=node --format=esm --packages=external | node --input-type=module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { generatedFiles, RESOURCE_PAGE } from './crd-files.ts';

for (const [path, content] of generatedFiles(readFileSync(RESOURCE_PAGE, 'utf8'))) writeFileSync(path, content);
