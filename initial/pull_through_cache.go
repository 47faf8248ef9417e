package initial

import (
	"encoding/json"
	"slices"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// addPullThrough declares the pull through caches for which statements of the role's policies let
// Amazon ECR fetch images.
func (a *declaration) addPullThrough(r *runner) {
	if r.role.pushing().fact == nil {
		return
	}
	for _, document := range a.policiesOf(r) {
		for _, statement := range document.Policy.Statement {
			if statement.Effect != policy.EffectAllow || !slices.Contains(statement.Action, "ecr:BatchImportUpstreamImage") {
				continue
			}
			for _, resource := range statement.Resource {
				prefix, below := strings.CutSuffix(resource, "/*")
				id, err := identity.ParseImageRepositoryARN(prefix)
				if cache := a.pullThroughCache(id); below && err == nil && !slices.Contains(r.pool.PullsThrough, cache) {
					r.pool.PullsThrough = append(r.pool.PullsThrough, cache)
				}
			}
		}
	}
}

// pullThroughCache is the declared cache with this prefix, which exists if no rendered template
// has its rule.
func (a *declaration) pullThroughCache(prefix identity.ImageRepository) fleet.PullThroughCache {
	cache := fleet.PullThroughCache{Prefix: prefix.Name, Account: prefix.Registry.Account, Region: prefix.Registry.Region, Existing: true}
	for _, template := range a.facts().Templates {
		s, rendered := a.stacks[template.Place.File]
		if rendered && isOrUnknown(template.Account, string(cache.Account)) && isOrUnknown(template.Region, string(cache.Region)) {
			addRule(&cache, s)
		}
	}
	if !slices.Contains(a.caches, cache) {
		a.caches = append(a.caches, cache)
	}
	return cache
}

func isOrUnknown(text facts.Text, value string) bool {
	return !text.Known() || text.Is(value)
}

// addRule reads the rule and the template of a cache, as this project renders them.
func addRule(cache *fleet.PullThroughCache, s renderedStack) {
	for _, resource := range s.body.Get("Resources").Entries() {
		switch properties := resource.Value.Get("Properties"); {
		case resource.Value.Word("Type") == "AWS::ECR::PullThroughCacheRule" && properties.Word("EcrRepositoryPrefix") == string(cache.Prefix):
			cache.Existing, cache.Stack, cache.Upstream = false, s.name, properties.Word("UpstreamRegistryUrl")
			_, cache.Secret, _ = strings.Cut(properties.Word("CredentialArn"), ":secret:")
		case resource.Value.Word("Type") == "AWS::ECR::RepositoryCreationTemplate" && properties.Word("Prefix") == string(cache.Prefix):
			cache.KeepDays = keptDays(properties)
		}
	}
}

func keptDays(properties *source.Node) int {
	var lifecycle struct {
		Rules []struct{ Selection struct{ CountNumber int } }
	}
	if err := json.Unmarshal([]byte(properties.Word("LifecyclePolicy")), &lifecycle); err != nil || len(lifecycle.Rules) == 0 {
		return 0
	}
	return lifecycle.Rules[0].Selection.CountNumber
}
