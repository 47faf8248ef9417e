package initial

import (
	"strings"

	"keyless-runners/identity"
)

// Plan is a script for bash of the commands whose outputs Read wants, in the folder "existing".
// Each of them only reads, and no Secret of the cluster. Those of kubectl are for the current
// context.
func Plan(cluster identity.ClusterName, region identity.Region) string {
	return strings.NewReplacer("CLUSTER", string(cluster), "REGION", string(region)).Replace(plan)
}

// plan asks for each stack that this project deployed by the description of its template. An
// image repository without a policy and a kind that is not installed are errors of the commands,
// which leave no file.
const plan = `mkdir -p existing/CLUSTER
aws iam get-account-authorization-details --filter User Group Role LocalManagedPolicy > existing/account.json
aws iam list-open-id-connect-providers > existing/providers.json
aws eks describe-cluster --name CLUSTER --region REGION > existing/CLUSTER/cluster.json
aws eks list-pod-identity-associations --cluster-name CLUSTER --region REGION --query 'associations[].[associationId]' --output text |
  while read -r id; do
    aws eks describe-pod-identity-association --cluster-name CLUSTER --region REGION --association-id "$id" > "existing/CLUSTER/$id.json"
  done
aws ecr describe-repositories --region REGION > existing/repositories-REGION.json
aws ecr describe-repositories --region REGION --query 'repositories[].[repositoryName]' --output text |
  while read -r name; do
    file="existing/policy-REGION-${name//\//-}.json"
    aws ecr get-repository-policy --region REGION --repository-name "$name" > "$file" || rm "$file"
  done
aws cloudformation list-stacks --region REGION --stack-status-filter CREATE_COMPLETE UPDATE_COMPLETE --query "StackSummaries[?TemplateDescription=='GitHub Actions runners on EKS that push to ECR without a stored key'].[StackName]" --output text |
  while read -r stack; do
    aws cloudformation get-template --region REGION --stack-name "$stack" > "existing/stack-REGION-$stack.json"
  done
kubectl get namespaces,serviceaccounts,rolebindings,resourcequotas,limitranges,networkpolicies -A -o yaml > existing/CLUSTER/objects.yaml
for kind in runnerdeployments.actions.summerwind.dev horizontalrunnerautoscalers.actions.summerwind.dev autoscalingrunnersets.actions.github.com externalsecrets.external-secrets.io; do
  kubectl get "$kind" -A -o yaml > "existing/CLUSTER/$kind.yaml" || rm "existing/CLUSTER/$kind.yaml"
done
`
