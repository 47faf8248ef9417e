package initial

import (
	"encoding/json"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// findRepositories declares the image repositories that rendered templates create. Others are
// declared where a pool is granted them.
func (a *declaration) findRepositories() {
	for _, fact := range a.facts().ImageRepositories {
		if resource, s := a.resourceAt(fact.Place); resource != nil {
			a.repositories = append(a.repositories, created(fact, s, resource.Get("Properties")))
		}
	}
}

// repository is the declared image repository, which exists if nothing creates it.
func (a *declaration) repository(id identity.ImageRepository) fleet.ImageRepository {
	for _, declared := range a.repositories {
		if declared.ID() == id {
			return declared
		}
	}
	existing := fleet.ImageRepository{Name: id.Name, Account: id.Registry.Account, Region: id.Registry.Region, Existing: true}
	a.repositories = append(a.repositories, existing)
	return existing
}

// created is an image repository as this project rendered it.
func created(fact facts.ImageRepository, s renderedStack, properties *source.Node) fleet.ImageRepository {
	r := fleet.ImageRepository{
		Name:    identity.ImageRepositoryName(fact.Name.Value),
		Account: identity.AccountID(fact.Account.Value),
		Region:  identity.Region(fact.Region.Value),
		Stack:   s.name,
		KMSKey:  kmsKey(properties.Word("EncryptionConfiguration", "KmsKey")),
	}
	for _, filter := range properties.Get("ImageTagMutabilityExclusionFilters").Objects() {
		r.MutableTags = append(r.MutableTags, filter.Word("ImageTagMutabilityExclusionFilterValue"))
	}
	addLifecycle(&r, properties.Word("LifecyclePolicy", "LifecyclePolicyText"))
	addPolicy(&r, fact.Policy.Policy)
	return r
}

func kmsKey(arn string) identity.KMSKeyARN {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 {
		return identity.KMSKeyARN{}
	}
	return identity.KMSKeyARN{Partition: identity.Partition(parts[1]), Region: identity.Region(parts[3]), Account: identity.AccountID(parts[4]), ID: strings.TrimPrefix(parts[5], "key/")}
}

// addLifecycle reads a lifecycle policy of ECR, as this project renders it.
func addLifecycle(r *fleet.ImageRepository, text string) {
	var lifecycle struct {
		Rules []struct {
			Selection struct {
				TagStatus, CountType string
				TagPatternList       []string
				CountNumber          int
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &lifecycle); err != nil {
		return
	}
	for _, rule := range lifecycle.Rules {
		switch selection := rule.Selection; {
		case selection.TagStatus == "any":
			r.CacheDays = selection.CountNumber
		case selection.TagStatus == "untagged":
			r.KeepUntagged = selection.CountNumber
		case selection.CountType == "sinceImagePushed":
			r.Lifecycle = append(r.Lifecycle, fleet.LifecycleRule{TagPatterns: selection.TagPatternList, KeepDays: selection.CountNumber})
		default:
			r.Lifecycle = append(r.Lifecycle, fleet.LifecycleRule{TagPatterns: selection.TagPatternList, KeepImages: selection.CountNumber})
		}
	}
}

// addPolicy reads the image repository's own policy, as this project renders it.
func addPolicy(r *fleet.ImageRepository, document policy.Document) {
	for _, statement := range document.Statement {
		if statement.Principal == nil {
			continue
		}
		for _, principal := range statement.Principal.AWS {
			role, err := identity.ParseRoleARN(principal)
			switch parts := strings.Split(principal, ":"); {
			case statement.Sid == policy.SidPush && err == nil:
				r.PushedBy = append(r.PushedBy, role)
			case statement.Sid == policy.SidPull && len(parts) == 6:
				r.PulledBy = append(r.PulledBy, identity.AccountID(parts[4]))
			}
		}
		for _, organization := range statement.Condition[policy.StringEquals]["aws:PrincipalOrgID"] {
			r.PulledByOrganization = identity.OrganizationID(organization)
		}
	}
}
