package index

import (
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// CreationTemplate is the repository creation template that Amazon ECR goes by for an image repository
// that is not there, nil if none is among the files: that of the longest prefix (Amazon ECR user guide,
// "Templates to control repositories created ...").
func (i *Index) CreationTemplate(target identity.ImageRepository) *facts.CreationTemplate {
	var found *facts.CreationTemplate
	for n := range i.CreationTemplates {
		template := &i.CreationTemplates[n]
		isRoot := template.Prefix.Is("ROOT")
		covers := isRoot || template.Prefix.Known() && strings.HasPrefix(string(target.Name), template.Prefix.Value+"/")
		if !covers || template.Account.Contradicts(string(target.Registry.Account)) || template.Region.Contradicts(string(target.Registry.Region)) {
			continue
		}
		if found == nil || found.Prefix.Is("ROOT") || !isRoot && len(template.Prefix.Value) > len(found.Prefix.Value) {
			found = template
		}
	}
	return found
}

// PullThroughCache is the rule by which Amazon ECR fetches the image repository's images, nil if none is among the files.
func (i *Index) PullThroughCache(target identity.ImageRepository) *facts.PullThroughCacheRule {
	for n := range i.PullThroughCaches {
		rule := &i.PullThroughCaches[n]
		covers := rule.Prefix.Is("ROOT") || rule.Prefix.Known() && strings.HasPrefix(string(target.Name), rule.Prefix.Value+"/")
		if covers && !rule.Account.Contradicts(string(target.Registry.Account)) && !rule.Region.Contradicts(string(target.Registry.Region)) {
			return rule
		}
	}
	return nil
}
