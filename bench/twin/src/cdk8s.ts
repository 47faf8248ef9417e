// The cdk8s app, which writes the workflows too: node lib/cdk8s.js FLEET OUTDIR WORKFLOWS
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFleet } from './fleet';
import { defineApps } from './manifests';
import { renderWorkflow } from './workflow';

const [file, outdir, workflows] = process.argv.slice(2);
const fleet = readFleet(file);
for (const app of defineApps(fleet, outdir)) app.synth();
mkdirSync(workflows, { recursive: true });
for (const pool of fleet.Pools) writeFileSync(join(workflows, `push-${pool.Name}.yaml`), renderWorkflow(pool));
