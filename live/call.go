package live

import (
	"fmt"

	"keyless-runners/identity"
)

// Call is a call that Read makes, perhaps several times.
type Call struct {
	// Permission is the permission that it needs: an action of IAM, such as "iam:GetAccountSummary", or what a
	// role of Kubernetes lets do, such as "list runners.actions.summerwind.dev".
	Permission string
	// Where names what it asks, such as "account 111122223333".
	Where string
	// For says what is read by it.
	For string
	// Optional reports that nothing less is proved without it.
	Optional bool
}

// in is the call of someone.
func (c Call) in(where string) Call {
	c.Where = where
	return c
}

func inAccount(id identity.AccountID) string {
	if id == "" {
		return "the account of the credentials"
	}
	return "account " + string(id)
}

func inRegistry(registry identity.Registry) string {
	return fmt.Sprintf("%s, region %s", inAccount(registry.Account), registry.Region)
}

func inEKS(c Cluster) string {
	return fmt.Sprintf("%s, region %s, cluster %s", inAccount(c.Account), c.Region, c.Name)
}

func inKubernetes(c Cluster) string { return "Kubernetes, cluster " + c.label() }

// What AWS is asked. The order is that of the plan.
var (
	callerIdentity = Call{Permission: "sts:GetCallerIdentity", For: "which account the credentials are of"}

	authorizationDetails = Call{Permission: "iam:GetAccountAuthorizationDetails", For: "roles, users, groups and policies"}
	listProviders        = Call{Permission: "iam:ListOpenIDConnectProviders", For: "OIDC providers"}
	getProvider          = Call{Permission: "iam:GetOpenIDConnectProvider", For: "the client ids of OIDC providers"}
	accountSummary       = Call{Permission: "iam:GetAccountSummary", For: "quotas of IAM", Optional: true}

	describeOrganization = Call{Permission: "organizations:DescribeOrganization", For: "whether the account is in an organization", Optional: true}
	listParents          = Call{Permission: "organizations:ListParents", For: "which organizational units the account is in", Optional: true}
	listPolicies         = Call{Permission: "organizations:ListPoliciesForTarget", For: "service and resource control policies", Optional: true}
	describePolicy       = Call{Permission: "organizations:DescribePolicy", For: "what those policies say", Optional: true}

	describeRepositories = Call{Permission: "ecr:DescribeRepositories", For: "image repositories"}
	repositoryPolicy     = Call{Permission: "ecr:GetRepositoryPolicy", For: "the image repositories' own policies"}
	registryPolicy       = Call{Permission: "ecr:GetRegistryPolicy", For: "the registry's policy"}
	describeCaches       = Call{Permission: "ecr:DescribePullThroughCacheRules", For: "the rules of pull through caches", Optional: true}
	describeTemplates    = Call{Permission: "ecr:DescribeRepositoryCreationTemplates", For: "the templates of the image repositories that Amazon ECR creates", Optional: true}

	describeCluster        = Call{Permission: "eks:DescribeCluster", For: "the cluster's issuer and endpoint"}
	listAssociations       = Call{Permission: "eks:ListPodIdentityAssociations", For: "EKS Pod Identity associations"}
	describeAssociation    = Call{Permission: "eks:DescribePodIdentityAssociation", For: "the associations' roles"}
	describeAddon          = Call{Permission: "eks:DescribeAddon", For: "the EKS Pod Identity agent"}
	listFargateProfiles    = Call{Permission: "eks:ListFargateProfiles", For: "which Pods run on Fargate"}
	describeFargateProfile = Call{Permission: "eks:DescribeFargateProfile", For: "which Pods run on Fargate"}
)

// anyCall stands for all calls to an account.
var anyCall = Call{Permission: "any call", For: "all of it"}

var (
	accountCalls  = []Call{authorizationDetails, listProviders, getProvider, accountSummary, describeOrganization, listParents, listPolicies, describePolicy}
	registryCalls = []Call{describeRepositories, repositoryPolicy, registryPolicy}
	cacheCalls    = []Call{describeCaches, describeTemplates}
	clusterCalls  = []Call{describeCluster}
	childCalls    = []struct {
		call Call
		kind string
	}{
		{listAssociations, ""}, {describeAssociation, "podidentityassociation"}, {describeAddon, "addon"},
		{listFargateProfiles, ""}, {describeFargateProfile, "fargateprofile"},
	}
)
