// The CDK app: node lib/cdk.js FLEET OUTDIR
import { App } from 'aws-cdk-lib';
import { readFleet } from './fleet';
import { defineStacks } from './infra';

const [fleet, outdir] = process.argv.slice(2);
const app = new App({
  outdir,
  analyticsReporting: false,
  postCliContext: {
    '@aws-cdk/core:validateAgainstDefaultRules': true,
    'aws:cdk:enable-path-metadata': false,
  },
});
defineStacks(app, readFleet(fleet));
app.synth();
