import { join } from 'node:path';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { Amounts, Fleet, MANAGED_BY, Pool, Resources, roleArn } from './fleet';
import {
  HorizontalRunnerAutoscaler,
  HorizontalRunnerAutoscalerSpecScaleTargetRefKind,
  RunnerDeployment,
  RunnerDeploymentSpecTemplateSpec,
  RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesLimits as DockerQuantity,
  RunnerDeploymentSpecTemplateSpecResourcesLimits as Quantity,
} from './imports/actions.summerwind.dev';

/** Defines an app for each cluster, with a chart and a file for each pool. */
export function defineApps(fleet: Fleet, outdir: string): App[] {
  return fleet.Clusters.map((cluster) => {
    const app = new App({ outdir: join(outdir, cluster.Name), yamlOutputType: YamlOutputType.FILE_PER_CHART });
    for (const pool of fleet.Pools) {
      if (pool.Cluster.Name === cluster.Name) new PoolChart(app, pool);
    }
    return app;
  });
}

class PoolChart extends Chart {
  constructor(scope: Construct, pool: Pool) {
    super(scope, pool.Name, { disableResourceNameHashes: true });
    new ApiObject(this, 'Namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: pool.Namespace,
        labels: { 'app.kubernetes.io/managed-by': MANAGED_BY, 'pod-security.kubernetes.io/enforce': 'privileged' },
      },
    });
    new ApiObject(this, 'ServiceAccount', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { ...metadata(pool, pool.ServiceAccount), annotations: { 'eks.amazonaws.com/role-arn': roleArn(pool) } },
      automountServiceAccountToken: false,
    });
    new RunnerDeployment(this, 'RunnerDeployment', {
      metadata: metadata(pool, pool.RunnerDeployment),
      spec: {
        replicas: pool.Autoscaling ? undefined : pool.Replicas,
        template: { metadata: { annotations: { 'eks.amazonaws.com/skip-containers': 'docker' } }, spec: runner(pool) },
      },
    });
    if (pool.Autoscaling) {
      new HorizontalRunnerAutoscaler(this, 'HorizontalRunnerAutoscaler', {
        metadata: metadata(pool, pool.RunnerDeployment),
        spec: {
          scaleTargetRef: { kind: HorizontalRunnerAutoscalerSpecScaleTargetRefKind.RUNNER_DEPLOYMENT, name: pool.RunnerDeployment },
          minReplicas: pool.Autoscaling.MinReplicas,
          maxReplicas: pool.Autoscaling.MaxReplicas,
          metrics: [{
            type: 'PercentageRunnersBusy',
            scaleUpThreshold: '0.75',
            scaleUpFactor: '2',
            scaleDownThreshold: '0.25',
            scaleDownFactor: '0.5',
          }],
        },
      });
    }
  }
}

function metadata(pool: Pool, name: string) {
  return {
    name,
    namespace: pool.Namespace,
    labels: { 'app.kubernetes.io/managed-by': MANAGED_BY, 'app.kubernetes.io/instance': pool.Name },
  };
}

function runner(pool: Pool): RunnerDeploymentSpecTemplateSpec {
  return {
    enterprise: pool.Scope.Enterprise || undefined,
    organization: pool.Scope.Organization || undefined,
    repository: pool.Scope.SourceRepository || undefined,
    group: pool.Group || undefined,
    labels: pool.Labels,
    ephemeral: true,
    serviceAccountName: pool.ServiceAccount,
    automountServiceAccountToken: false,
    securityContext: { fsGroup: 1001 },
    image: pool.Image,
    imagePullPolicy: 'Always',
    env: [
      { name: 'AWS_EC2_METADATA_DISABLED', value: 'true' },
      ...(pool.Env ?? []).map(({ Name, Value }) => ({ name: Name, value: Value })),
    ],
    resources: resources(pool.Resources, Quantity.fromString),
    dockerEnabled: true,
    dockerdWithinRunnerContainer: false,
    dockerdContainerResources: resources(pool.DockerResources, DockerQuantity.fromString),
  };
}

function resources<Q>(r: Resources, quantity: (value: string) => Q) {
  const requests = amounts(r.Requests, quantity);
  const limits = amounts(r.Limits, quantity);
  return requests || limits ? { requests, limits } : undefined;
}

function amounts<Q>(a: Amounts, quantity: (value: string) => Q): Record<string, Q> | undefined {
  const set: Record<string, Q> = {};
  if (a.CPU) set.cpu = quantity(a.CPU);
  if (a.Memory) set.memory = quantity(a.Memory);
  return Object.keys(set).length > 0 ? set : undefined;
}
