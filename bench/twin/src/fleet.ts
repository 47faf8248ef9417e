import { readFileSync } from 'node:fs';

/** A fleet as Go's encoding/json writes it: the fields are those of package fleet. */
export interface Fleet {
  readonly Clusters: Cluster[];
  readonly ImageRepositories: ImageRepository[];
  readonly Pools: Pool[];
  readonly Tags: Record<string, string> | null;
}

export interface Cluster {
  readonly Name: string;
  readonly Account: string;
  readonly Region: string;
  readonly Issuer: string;
  readonly Stack: string;
  readonly ExistingProvider: boolean;
}

export interface ImageRepository {
  readonly Name: string;
  readonly Account: string;
  readonly Region: string;
  readonly Existing: boolean;
  readonly Stack: string;
  readonly KeepUntagged: number;
}

export interface Pool {
  readonly Name: string;
  readonly Cluster: Cluster;
  readonly Stack: string;
  readonly Scope: { readonly SourceRepository: string; readonly Organization: string; readonly Enterprise: string };
  readonly Group: string;
  readonly Labels: string[];
  readonly Namespace: string;
  readonly ServiceAccount: string;
  readonly RunnerDeployment: string;
  readonly RolePath: string;
  readonly Role: string;
  readonly Policy: string;
  readonly PushesTo: ImageRepository[];
  readonly Replicas: number;
  readonly Autoscaling: { readonly MinReplicas: number; readonly MaxReplicas: number } | null;
  readonly Image: string;
  readonly Resources: Resources;
  readonly Builder: { readonly Docker: { readonly Resources: Resources } | null };
  readonly Env: { readonly name: string; readonly value?: string }[] | null;
}

/** Quantities by the name of what a node has. */
export interface Resources {
  readonly requests?: Record<string, string>;
  readonly limits?: Record<string, string>;
}

/** The tag and label by which what is rendered can be found. */
export const MANAGED_BY = 'keyless-runners';

/** The sentence by which a file below dist/ is known to be rendered. */
export function mark(path: string): string {
  return `Rendered by ${MANAGED_BY} to dist/${path}. Change the fleet, not this file.`;
}

export function readFleet(file: string): Fleet {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function partition(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The issuer without its scheme, which is how IAM writes it in ARNs and condition keys. */
export function issuerHost(cluster: Cluster): string {
  return cluster.Issuer.replace('https://', '');
}

export function providerArn(cluster: Cluster): string {
  return `arn:${partition(cluster.Region)}:iam::${cluster.Account}:oidc-provider/${issuerHost(cluster)}`;
}

export function roleArn(pool: Pool): string {
  return `arn:${partition(pool.Cluster.Region)}:iam::${pool.Cluster.Account}:role${pool.RolePath}${pool.Role}`;
}

export function subject(pool: Pool): string {
  return `system:serviceaccount:${pool.Namespace}:${pool.ServiceAccount}`;
}

export function repositoryArn(repository: ImageRepository): string {
  return `arn:${partition(repository.Region)}:ecr:${repository.Region}:${repository.Account}:repository/${repository.Name}`;
}

export function registry(repository: ImageRepository): string {
  const domain = repository.Region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `${repository.Account}.dkr.ecr.${repository.Region}.${domain}`;
}
