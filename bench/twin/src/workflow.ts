import { Fleet, Pool, mark, registry, roleArn } from './fleet';

const CHECKOUT = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2';
const LOGIN = 'aws-actions/amazon-ecr-login@f2e9fc6c2b355c1890b65e6f6f0e2ac3e6e22f78 # v2.1.2';

const quote = (value: string): string => JSON.stringify(value);

/** Lines of a list, each after the text that stands before it. */
const lines = (values: string[], before: string, after = ''): string => values.map((value) => `\n${before}${value}${after}`).join('');

/** How a workflow is shared among the source repositories of an organization or enterprise. */
function sharing(pool: Pool): string {
  return `, or
# keep it in one, without its push trigger, and call it from the others:
#
#   jobs:
#     push:
#       uses: OWNER/NAME/.github/workflows/push-${pool.Name}.yaml@COMMIT
#       with:
#         image-repository: ${pool.PushesTo[0].Name}`;
}

/** The configuration in which actionlint finds the labels of all pools. */
export function renderActionlint(fleet: Fleet): string {
  const labels = new Map(fleet.Pools.flatMap((pool) => pool.Labels).map((label) => [label.toLowerCase(), label]));
  for (const known of ['self-hosted', 'linux', 'x64', 'arm', 'arm64']) labels.delete(known);
  return `# ${mark('workflows/.github/actionlint.yaml')}
#
# Copy it to .github/ of the source repositories, or add its labels to theirs.
self-hosted-runner:
  labels:
${[...labels.keys()].sort().map((key) => `    - ${JSON.stringify(labels.get(key))}\n`).join('')}`;
}

/** What a person may choose who starts the workflow. */
function choice(names: string[]): string {
  return `
    # checkov:skip=CKV_GHA_7:the job refuses an image repository that is not the pool's
    inputs:
      image-repository:
        description: Where to push
        type: choice
        default: ${quote(names[0])}
        options:${lines(names.map(quote), '          - ')}`;
}

/** The workflow that builds an image and pushes it from the pool. */
export function renderWorkflow(pool: Pool): string {
  const first = pool.PushesTo[0];
  const names = pool.PushesTo.map((repository) => repository.Name);
  return `# ${mark(`workflows/push-${pool.Name}.yaml`)}
#
# Copy it to .github/workflows/ of a source repository that the pool serves${pool.Scope.SourceRepository ? '.' : sharing(pool)}
name: Push to Amazon ECR (${pool.Name})

on:
  push:
    branches: [main]
  workflow_dispatch:${names.length > 1 ? choice(names) : ''}
  workflow_call:
    inputs:
      image-repository:
        description: Where to push
        type: string
        default: ${quote(first.Name)}
      context:
        description: The folder to build
        type: string
        default: .
      file:
        description: The Dockerfile
        type: string
        default: Dockerfile
    outputs:
      image:
        description: The image that was pushed, with its tag
        value: \${{ jobs.push.outputs.image }}

permissions:
  contents: read

# Runs that push the same image wait for each other: its tag can be pushed once.
concurrency:
  group: ${registry(first)}/\${{ inputs.image-repository || '${first.Name}' }}:\${{ github.sha }}

env:
  AWS_REGION: ${quote(first.Region)}
  ECR_REGISTRY: ${quote(registry(first))}
  ECR_REPOSITORY: \${{ inputs.image-repository || '${first.Name}' }}
  IMAGE_TAG: \${{ github.sha }}

jobs:
  push:
    name: Build and push
    runs-on: [${['self-hosted', ...pool.Labels.map(quote)].join(', ')}] # zizmor: ignore[self-hosted-runner] only these runners have the role, and each runs one job
    timeout-minutes: 60
    outputs:
      image: \${{ steps.push.outputs.image }}
    steps:
      - name: Check the runner's role and the image repository
        env:
          WANT_ROLE_ARN: ${quote(roleArn(pool))}
        run: |
          if [ "\${AWS_ROLE_ARN:-}" != "$WANT_ROLE_ARN" ]; then
            echo "::error::this runner has the role '\${AWS_ROLE_ARN:-}', want '$WANT_ROLE_ARN': is it of pool ${pool.Name}, and was its Pod created after its ServiceAccount?"
            exit 1
          fi
          case "$ECR_REPOSITORY" in${lines(names, '            ', ') ;;')}
            *)
              echo "::error::pool ${pool.Name} does not push to '$ECR_REPOSITORY'"
              exit 1
              ;;
          esac
      - name: Check out
        uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - name: Build the Docker image
        env:
          BUILD_CONTEXT: \${{ inputs.context || '.' }}
          BUILD_FILE: \${{ inputs.file || 'Dockerfile' }}
        run: docker build "$BUILD_CONTEXT" --file "$BUILD_FILE" --tag "$IMAGE_TAG"
      - name: Login to Amazon ECR
        uses: ${LOGIN}
        with:
          registries: ${quote(first.Account)}
      - name: Push image to Amazon ECR
        id: push
        run: |
          image="$ECR_REGISTRY/$ECR_REPOSITORY:$IMAGE_TAG"
          echo "image=$image" >> "$GITHUB_OUTPUT"
          # Tags are immutable: a second run of the same commit finds its image there.
          if docker manifest inspect "$image" > /dev/null 2>&1; then
            echo "$image is there already"
            exit 0
          fi
          docker tag "$IMAGE_TAG" "$image"
          docker push "$image"
`;
}
