package doctor

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
)

// ofRegistry returns the name of a registry's document, in which to look for what a template creates; "" if
// the registry or the prefix is not known, or the document was not read.
func (e *examination) ofRegistry(account, region, prefix facts.Text, document string) string {
	name := fmt.Sprintf("live:ecr/%s/%s/%s", e.accountOf(account), region.Value, document)
	if !prefix.Known() || !region.Known() || !e.has(name) {
		return ""
	}
	return name
}

func (e *examination) comparePullThroughCache(declared *facts.PullThroughCacheRule) {
	document := e.ofRegistry(declared.Account, declared.Region, declared.Prefix, "pull-through-cache-rules")
	if document == "" {
		e.passOver("the pull through cache of %s: its prefix or registry is not known, or was not read", declared.Place)
		return
	}
	i := slices.IndexFunc(e.live.PullThroughCaches, func(r facts.PullThroughCacheRule) bool {
		return r.Place.File == document && r.Prefix.Same(declared.Prefix)
	})
	title := fmt.Sprintf("pull through cache %q of account %s in %s", declared.Prefix.Value, e.accountOf(declared.Account), declared.Region.Value)
	if i < 0 {
		e.drifts("pull-through-cache-missing", "%s is not there; %s has it", title, declared.Place)
		return
	}
	deployed := &e.live.PullThroughCaches[i]
	e.compareText("pull-through-cache-upstream", title, "upstream registry", deployed.Upstream, declared.Upstream)
	e.compareText("pull-through-cache-credential", title, "credential", deployed.Credential, declared.Credential)
}

func (e *examination) compareCreationTemplate(declared *facts.CreationTemplate) {
	document := e.ofRegistry(declared.Account, declared.Region, declared.Prefix, "creation-templates")
	if document == "" {
		e.passOver("the repository creation template of %s: its prefix or registry is not known, or was not read", declared.Place)
		return
	}
	i := slices.IndexFunc(e.live.CreationTemplates, func(t facts.CreationTemplate) bool {
		return t.Place.File == document && t.Prefix.Same(declared.Prefix)
	})
	title := fmt.Sprintf("repository creation template %q of account %s in %s", declared.Prefix.Value, e.accountOf(declared.Account), declared.Region.Value)
	if i < 0 {
		e.drifts("creation-template-missing", "%s is not there; %s has it", title, declared.Place)
		return
	}
	deployed := &e.live.CreationTemplates[i]
	e.compareSets("creation-template-applied-for", title+" is applied for something else", valuesOf(deployed.AppliedFor), valuesOf(declared.AppliedFor), declared.Place.String())
	e.compareDocument("creation-template-policy", title+" has another policy", &deployed.Policy, &declared.Policy)
}
