import { CfnOutput, CfnResource, DefaultStackSynthesizer, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Repository, RepositoryEncryption, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { ManagedPolicy, OidcProviderNative, PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Cluster, Fleet, ImageRepository, MANAGED_BY, Pool, issuerHost, mark, providerArn, registry, repositoryArn, roleArn, subject } from './fleet';

/** Defines every stack that the fleet names. */
export function defineStacks(scope: Construct, fleet: Fleet): void {
  const stacks = new Map<string, Stack>();
  const stackOf = (name: string, account: string, region: string): Stack => {
    let stack = stacks.get(name);
    if (!stack) {
      stack = new RunnerStack(scope, name, account, region, fleet.Tags ?? {});
      stacks.set(name, stack);
    }
    return stack;
  };
  for (const cluster of fleet.Clusters) {
    if (!cluster.ExistingProvider) new ClusterProvider(stackOf(cluster.Stack, cluster.Account, cluster.Region), cluster);
  }
  for (const repository of fleet.ImageRepositories) {
    if (!repository.Existing) new ImageRepositoryOf(stackOf(repository.Stack, repository.Account, repository.Region), repository);
  }
  for (const pool of fleet.Pools) {
    new PoolRole(stackOf(pool.Stack || pool.Cluster.Stack, pool.Cluster.Account, pool.Cluster.Region), pool);
  }
}

class RunnerStack extends Stack {
  constructor(scope: Construct, name: string, account: string, region: string, tags: Record<string, string>) {
    super(scope, name, {
      description: 'GitHub Actions runners on EKS that push to ECR without a stored key',
      env: { account, region },
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
    this.addMetadata(MANAGED_BY, mark(`infra/${name}.template.json`));
    for (const [key, value] of Object.entries({ ...tags, 'managed-by': MANAGED_BY })) {
      Tags.of(this).add(key, value);
    }
  }
}

/** The OIDC provider of a cluster, kept when the stack goes. */
class ClusterProvider extends Construct {
  constructor(scope: Construct, cluster: Cluster) {
    super(scope, `Cluster-${cluster.Name}`);
    new OidcProviderNative(this, 'Provider', {
      url: cluster.Issuer,
      clientIds: ['sts.amazonaws.com'],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new CfnOutput(this, 'Arn', { description: `OIDC provider of cluster ${cluster.Name}`, value: providerArn(cluster) });
  }
}

/** An image repository with immutable tags, kept when the stack goes. */
class ImageRepositoryOf extends Construct {
  constructor(scope: Construct, repository: ImageRepository) {
    super(scope, `ImageRepository-${repository.Name}`);
    const resource = new Repository(this, 'Repository', {
      repositoryName: repository.Name,
      imageTagMutability: TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      encryption: RepositoryEncryption.AES_256,
      lifecycleRules: [{ description: 'expire untagged images', tagStatus: TagStatus.UNTAGGED, maxImageCount: repository.KeepUntagged }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    answerCheckov(resource);
    new CfnOutput(this, 'Uri', {
      description: `Where docker push sends images of ${repository.Name}`,
      value: `${registry(repository)}/${repository.Name}`,
    });
  }
}

/** What the runners of a pool may do, and who may take their role. */
class PoolRole extends Construct {
  constructor(scope: Construct, pool: Pool) {
    super(scope, `Pool-${pool.Name}`);
    const policy = new ManagedPolicy(this, 'Policy', {
      managedPolicyName: pool.Policy,
      description: `What the runners of pool ${pool.Name} may do`,
      statements: [
        new PolicyStatement({ sid: 'GetAuthorizationToken', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
        new PolicyStatement({
          sid: 'AllowPush',
          actions: [
            'ecr:GetDownloadUrlForLayer',
            'ecr:BatchGetImage',
            'ecr:BatchCheckLayerAvailability',
            'ecr:PutImage',
            'ecr:InitiateLayerUpload',
            'ecr:UploadLayerPart',
            'ecr:CompleteLayerUpload',
          ],
          resources: pool.PushesTo.map(repositoryArn),
        }),
      ],
    });
    const host = issuerHost(pool.Cluster);
    const role = new Role(this, 'Role', {
      roleName: pool.Role,
      path: pool.RolePath,
      description: `Taken by the runners of pool ${pool.Name}, as ${subject(pool)}`,
      assumedBy: new WebIdentityPrincipal(providerArn(pool.Cluster), {
        StringEquals: { [`${host}:sub`]: subject(pool), [`${host}:aud`]: 'sts.amazonaws.com' },
      }),
      managedPolicies: [policy],
    });
    waive(policy, role, pool);
    answerNag(policy);
    new CfnOutput(this, 'RoleArn', { description: `Role of pool ${pool.Name}`, value: roleArn(pool) });
  }
}

/** Writes down why findings about what exists already may stand. */
function waive(policy: ManagedPolicy, role: Role, pool: Pool): void {
  const existing = pool.PushesTo.filter((repository) => repository.Existing).map((repository) => repository.Name);
  if (existing.length > 0) addWaiver(policy, 'KR054', `the fleet declares that these exist: ${existing.join(', ')}`);
  if (pool.Cluster.ExistingProvider) {
    addWaiver(role, 'KR030', `the fleet declares that the provider of cluster ${pool.Cluster.Name} exists`);
  }
}

function addWaiver(construct: Construct, finding: string, reason: string): void {
  addMetadata(construct, 'keyless-runners', { waive: { [finding]: reason } });
}

/** Writes down where cdk-nag looks why a statement of the policy is on every resource. */
function answerNag(policy: ManagedPolicy): void {
  addMetadata(policy, 'cdk_nag', {
    rules_to_suppress: [
      { id: 'AwsSolutions-IAM5', reason: 'ecr:GetAuthorizationToken accepts no other resource', applies_to: ['Resource::*'] },
    ],
  });
}

/** Writes down where checkov looks why an image repository has no KMS key. */
function answerCheckov(repository: Repository): void {
  addMetadata(repository, 'checkov', {
    skip: [{ id: 'CKV_AWS_136', comment: 'AES256 encrypts images at rest and costs nothing; deleting a KMS key makes them unreadable' }],
  });
}

function addMetadata(construct: Construct, key: string, value: object): void {
  (construct.node.defaultChild as CfnResource).addMetadata(key, value);
}
