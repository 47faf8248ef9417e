// The cdk8s app, which writes the workflows too: node lib/cdk8s.js FLEET OUTDIR WORKFLOWS
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFleet } from './fleet';
import { writeManifests } from './manifests';
import { renderActionlint, renderWorkflow } from './workflow';

const [file, outdir, workflows] = process.argv.slice(2);
const fleet = readFleet(file);
writeManifests(fleet, outdir);
mkdirSync(join(workflows, '.github'), { recursive: true });
writeFileSync(join(workflows, '.github/actionlint.yaml'), renderActionlint(fleet));
for (const pool of fleet.Pools) writeFileSync(join(workflows, `push-${pool.Name}.yaml`), renderWorkflow(pool));
