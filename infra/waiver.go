package infra

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
)

// Findings of keyless check (docs/checks.md) that a template cannot help: what
// exists already is in no template of the fleet.
const (
	noProvider        = "KR030"
	noImageRepository = "KR054"
)

// waive writes into a resource's metadata why a finding about it may stand.
func waive(resource awscdk.CfnResource, finding, reason string) {
	resource.AddMetadata(jsii.String("keyless-runners"), map[string]any{"waive": map[string]any{finding: reason}})
}

// waiveExistingProvider says on a role that its provider is managed elsewhere.
func waiveExistingProvider(role awscdk.CfnResource, pool fleet.Pool) {
	if pool.UsesIRSA() && pool.Cluster.ExistingProvider {
		waive(role, noProvider, "the fleet declares that the provider of cluster "+string(pool.Cluster.Name)+" exists")
	}
}

// waiveExistingRepositories says on a policy which of its image repositories are
// managed elsewhere.
func waiveExistingRepositories(policy awscdk.CfnResource, repositories []fleet.ImageRepository) {
	var existing []string
	for _, repository := range repositories {
		if repository.Existing {
			existing = append(existing, string(repository.Name))
		}
	}
	if existing != nil {
		waive(policy, noImageRepository, "the fleet declares that these exist: "+strings.Join(existing, ", "))
	}
}
