package infra

import (
	"maps"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/policy"
)

// Findings of keyless check (docs/checks.md) that a template cannot help: what
// exists already is in no template of the fleet, and what a role is to do besides pushing
// is for the fleet to decide.
const (
	noProvider        = "KR030"
	noImageRepository = "KR054"
	severalIssuers    = "KR072"
	moreThanPush      = "KR077"
)

// waive writes into a resource's metadata why findings about it may stand, by their ids. Of two
// reasons the later counts.
func waive(resource awscdk.CfnResource, waivers ...map[string]string) {
	reasons := map[string]string{}
	for _, some := range waivers {
		maps.Copy(reasons, some)
	}
	if len(reasons) > 0 {
		resource.AddMetadata(jsii.String("keyless-runners"), map[string]any{"waive": reasons})
	}
}

func waiversOfRole(pool fleet.Pool) map[string]string {
	reasons := map[string]string{}
	if pool.UsesPodIdentity() {
		return reasons
	}
	var all, existing []string
	for _, cluster := range pool.Clusters() {
		all = append(all, string(cluster.Name))
		if cluster.ExistingProvider {
			existing = append(existing, string(cluster.Name))
		}
	}
	if existing != nil {
		reasons[noProvider] = "the fleet declares that the provider of cluster " + strings.Join(existing, " and ") + " exists"
	}
	if len(all) > 1 {
		reasons[severalIssuers] = "the fleet declares that the pool runs in clusters " + strings.Join(all, " and ")
	}
	return reasons
}

func waiversOfPolicy(pool fleet.Pool) map[string]string {
	reasons := map[string]string{}
	var existing, more []string
	for _, repository := range pool.PushesTo {
		if repository.Existing {
			existing = append(existing, string(repository.Name))
		}
	}
	if pool.CachesTo != nil && pool.CachesTo.Existing {
		existing = append(existing, string(pool.CachesTo.Name))
	}
	for _, statement := range pool.FurtherStatements() {
		if statement.Effect == policy.EffectAllow {
			more = append(more, statement.Sid)
		}
	}
	if existing != nil {
		reasons[noImageRepository] = "the fleet declares that these exist: " + strings.Join(existing, ", ")
	}
	if more != nil {
		reasons[moreThanPush] = "the fleet declares what else the role may do: " + strings.Join(more, ", ")
	}
	return reasons
}
