import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { Fleet, MANAGED_BY, Pool, Resources, mark, roleArn } from './fleet';
import {
  HorizontalRunnerAutoscaler,
  HorizontalRunnerAutoscalerSpecScaleTargetRefKind,
  RunnerDeployment,
  RunnerDeploymentSpecTemplateSpec,
  RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesLimits as DockerQuantity,
  RunnerDeploymentSpecTemplateSpecResourcesLimits as Quantity,
} from './imports/actions.summerwind.dev';

/** Writes a folder for each cluster, with a file for each namespace and for each pool, and the list of them. */
export function writeManifests(fleet: Fleet, outdir: string): void {
  for (const cluster of fleet.Clusters) {
    const pools = fleet.Pools.filter((pool) => pool.Cluster.Name === cluster.Name);
    if (pools.length > 0) writeCluster(cluster.Name, pools, join(outdir, cluster.Name));
  }
}

function writeCluster(cluster: string, pools: Pool[], outdir: string): void {
  const app = new App({ outdir, yamlOutputType: YamlOutputType.FILE_PER_CHART });
  const namespaces = [...new Set(pools.map((pool) => pool.Namespace))].sort();
  for (const namespace of namespaces) new NamespaceChart(app, namespace);
  for (const pool of pools) new PoolChart(app, pool);
  app.synth();
  const files = [...namespaces.map((name) => `00-${name}`), ...pools.map((pool) => pool.Name).sort()].map((name) => `${name}.k8s.yaml`);
  for (const name of files) {
    const file = join(outdir, name);
    writeFileSync(file, `# ${mark(`manifests/${cluster}/${name}`)}\n${readFileSync(file, 'utf8')}`);
  }
  writeFileSync(join(outdir, 'Kustomization'), `# ${mark(`manifests/${cluster}/Kustomization`)}
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${files.map((name) => `  - ${name}\n`).join('')}`);
}

class NamespaceChart extends Chart {
  constructor(scope: Construct, namespace: string) {
    super(scope, `00-${namespace}`, { disableResourceNameHashes: true });
    new ApiObject(this, 'Namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: { 'app.kubernetes.io/managed-by': MANAGED_BY, 'pod-security.kubernetes.io/enforce': 'privileged' },
      },
    });
  }
}

class PoolChart extends Chart {
  constructor(scope: Construct, pool: Pool) {
    super(scope, pool.Name, { disableResourceNameHashes: true });
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
        template: {
          metadata: { annotations: { 'eks.amazonaws.com/skip-containers': 'docker', 'karpenter.sh/do-not-disrupt': 'true' } },
          spec: runner(pool),
        },
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
      ...(pool.Env ?? []),
    ],
    resources: resources(pool.Resources, Quantity.fromString),
    dockerEnabled: true,
    dockerdWithinRunnerContainer: false,
    dockerdContainerResources: resources(pool.Builder.Docker?.Resources ?? {}, DockerQuantity.fromString),
  };
}

function resources<Q>(r: Resources, quantity: (value: string) => Q) {
  const requests = amounts(r.requests, quantity);
  const limits = amounts(r.limits, quantity);
  return requests || limits ? { requests, limits } : undefined;
}

function amounts<Q>(list: Record<string, string> | undefined, quantity: (value: string) => Q): Record<string, Q> | undefined {
  return list && Object.fromEntries(Object.entries(list).map(([name, value]) => [name, quantity(value)]));
}
