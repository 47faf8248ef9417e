package access

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// ImageRepositories finds the image repositories of the files.
type ImageRepositories struct {
	// arns are the ARNs of the image repositories whose account and region are known, in order and
	// as a set; withPolicy are the names of those that have a resource-based policy, or may.
	arns       []string
	known      map[string]bool
	withPolicy map[string]bool
	byName     map[string][]*facts.ImageRepository
	// registries are the policies of registries, and merged the policies of image repositories of
	// such registries, with these.
	registries []facts.RegistryPolicy
	merged     map[*facts.ImageRepository]*facts.Document
	// allowing are the image repositories whose own policy allows a grant, by the principals that it names.
	allowing map[allowed][]*facts.ImageRepository
	// left counts what may still be asked about each grant, and budget what the classes may cost.
	left   [len(grants)]questions
	budget Budget
	memory memory
	// universes are the image repositories of some regions, by these.
	universes map[string]policy.Universe
}

// allowed is a principal by its name, and what it is allowed.
type allowed struct {
	grant Grant
	name  string
}

// questions are how often an image repository may be held against a role's patterns, and how
// many that match may be asked about by name.
type questions struct{ comparisons, matches int }

// What is asked of all roles together: how often an image repository is held against
// patterns, and how many that match are asked about by name.
const (
	maxComparisons = 1_000_000
	maxMatches     = 50_000
)

// NewImageRepositories indexes image repositories, and the policies of registries.
func NewImageRepositories(all []facts.ImageRepository, registries ...facts.RegistryPolicy) *ImageRepositories {
	r := &ImageRepositories{registries: registries, merged: map[*facts.ImageRepository]*facts.Document{}, known: map[string]bool{}, withPolicy: map[string]bool{}, byName: map[string][]*facts.ImageRepository{}, allowing: map[allowed][]*facts.ImageRepository{}, memory: memory{map[string]kind{}, map[question]Decision{}}, universes: map[string]policy.Universe{}}
	for grant := range r.left {
		r.left[grant] = questions{maxComparisons, maxMatches}
	}
	for i := range all {
		repository := &all[i]
		r.byName[repository.Name.Value] = append(r.byName[repository.Name.Value], repository)
		if arn, ok := arnOf(repository); ok {
			r.arns, r.known[arn] = append(r.arns, arn), true
		}
		r.merged[repository] = r.withRegistry(repository)
		if r.ofAnotherRegion(repository) {
			r.merged[repository] = &facts.Document{There: true, Place: repository.Place, Unknown: fmt.Sprintf("the policies of image repository %q differ, and the files do not show which region's each is; give those of one region at a time", repository.Name)}
		}
		if own := r.PolicyOf(repository); own.There || own.Unknown != "" {
			r.withPolicy[repository.Name.Value] = true
		}
		r.addAllowing(repository)
	}
	return r
}

// ofAnotherRegion reports whether an image repository whose region is not known has another policy than
// one of its name and account before it: they are of different regions.
func (r *ImageRepositories) ofAnotherRegion(repository *facts.ImageRepository) bool {
	return !repository.Region.Known() && repository.Policy.There && slices.ContainsFunc(r.byName[repository.Name.Value], func(other *facts.ImageRepository) bool {
		return !other.Region.Known() && other.Policy.There && other.Account.Is(repository.Account.Value) && !reflect.DeepEqual(other.Policy.Policy, repository.Policy.Policy)
	})
}

// addAllowing adds the principals that the image repository's own policy names.
func (r *ImageRepositories) addAllowing(repository *facts.ImageRepository) {
	for _, statement := range repository.Policy.Policy.Statement {
		for _, grant := range grants {
			if statement.Effect != policy.EffectAllow || !Includes(statement, grant.first()) {
				continue
			}
			for _, who := range principalsOf(statement) {
				name := who.name
				if session, err := identity.ParseRoleSession(name); err == nil {
					name = sessionsOf(session.Partition, session.Account, session.Role)
				}
				r.allowing[allowed{grant, name}] = append(r.allowing[allowed{grant, name}], repository)
			}
		}
	}
}

// sessionsOf names all sessions of a role.
func sessionsOf(partition identity.Partition, account identity.AccountID, role identity.RoleName) string {
	return identity.RoleSession{Partition: partition, Account: account, Role: role}.String()
}

// Includes reports whether the statement's actions include the action.
func Includes(statement policy.Statement, action string) bool {
	only := policy.Statement{Effect: policy.EffectAllow, Action: statement.Action, NotAction: statement.NotAction}
	return policy.Judge(policy.Request{Action: action}, policy.Document{Statement: []policy.Statement{only}}).Allow.Truth == policy.Yes
}

// PolicyOf is the image repository's own policy, with that of its registry.
func (r *ImageRepositories) PolicyOf(repository *facts.ImageRepository) *facts.Document {
	if merged := r.merged[repository]; merged != nil {
		return merged
	}
	return &repository.Policy
}

// withRegistry is the image repository's own policy with those of registries that may be its own;
// nil: there is none.
func (r *ImageRepositories) withRegistry(repository *facts.ImageRepository) *facts.Document {
	var merged *facts.Document
	for _, registry := range r.registries {
		if registry.Account.Known() && repository.Account.Contradicts(registry.Account.Value) || registry.Region.Known() && repository.Region.Contradicts(registry.Region.Value) {
			continue
		}
		if merged == nil {
			own := repository.Policy
			if !own.There {
				own = facts.Document{There: true, Place: registry.Place, Policy: policy.Document{Version: registry.Document.Policy.Version}}
			}
			merged = &own
		}
		if unknown := registry.Document.Unknown; unknown != "" && merged.Unknown == "" {
			merged.There, merged.Unknown, merged.Place = true, unknown, registry.Document.Place
		}
		for n := range registry.Document.Policy.Statement {
			*merged = merged.With(registry.Document, n, "whether the registry's policy counts for it depends on the account setting REGISTRY_POLICY_SCOPE")
		}
	}
	return merged
}

// ARNs returns the ARNs of the image repositories whose account and region are known.
func (r *ImageRepositories) ARNs() []string { return r.arns }

// Find is the image repository among the files; nil if it is not. Of several facts of one,
// that with its policy is taken, and of those one whose policy is not known to be this one's.
func (r *ImageRepositories) Find(target identity.ImageRepository) *facts.ImageRepository {
	var found *facts.ImageRepository
	for _, repository := range r.byName[string(target.Name)] {
		if !repository.MayBeIn(target.Registry) {
			continue
		}
		if found == nil || found.Policy.Unknown != "" || repository.Policy.There && r.PolicyOf(repository).Unknown != "" {
			found = repository
		}
	}
	return found
}

// ByName are the image repositories of a name, in whichever registry.
func (r *ImageRepositories) ByName(name string) []*facts.ImageRepository { return r.byName[name] }

// Names are the names of all, if they are not more than so many.
func (r *ImageRepositories) Names(most int) []string {
	if len(r.byName) > most {
		return nil
	}
	return slices.Sorted(maps.Keys(r.byName))
}

// PolicyElsewhere is why it is open whether another account's image repository lets a role in.
const PolicyElsewhere = "the image repository is in another account and its policy is not among the files"

// Ask decides whether the role may act on the image repository with the ARN, by its policy
// among the files. Whether another account lets the role in is open if it is not there; in one
// account most have none, and none is assumed.
func (r *ImageRepositories) Ask(role Role, action, arn string) Decision {
	var own *facts.Document
	target, err := identity.ParseImageRepositoryARN(arn)
	repository := r.Find(target)
	switch {
	case err == nil && repository != nil:
		if policy := r.PolicyOf(repository); policy.There || role.Foreign(arn) {
			own = policy
		}
		if role.Foreign(arn) && repository.Policy.Unknown != "" {
			own = &repository.Policy
		}
	case role.Foreign(arn):
		own = &facts.Document{There: true, Unknown: PolicyElsewhere}
	case err == nil:
		own = r.withRegistry(&facts.ImageRepository{
			Account: facts.Text{Value: string(target.Registry.Account), There: true}, Region: facts.Text{Value: string(target.Registry.Region), There: true},
		})
	}
	return role.May(r.request(role, action, arn, target), own)
}

// Request is a role's request on the image repository with the ARN, with the tags of that.
func (r *ImageRepositories) Request(role Role, action, arn string) policy.Request {
	target, _ := identity.ParseImageRepositoryARN(arn)
	return r.request(role, action, arn, target)
}

// request is a role's request with an ARN that is a target's; one of no image repository has none.
func (r *ImageRepositories) request(role Role, action, arn string, target identity.ImageRepository) policy.Request {
	request := role.Request(action, arn)
	if target.Name != "" {
		addResourceTags(&request, r.tagsOf(target))
	}
	return request
}

// tagsOf are the tags of an image repository by all facts that are known to be of it. One whose account or
// region is not known counts if it is the only one of its name.
func (r *ImageRepositories) tagsOf(target identity.ImageRepository) (tags facts.Tags) {
	same := r.byName[string(target.Name)]
	for _, repository := range same {
		account, region := repository.Account, repository.Region
		if repository.MayBeIn(target.Registry) && (len(same) == 1 || account.Known() && region.Known()) {
			tags.List, tags.All = slices.Concat(tags.List, repository.Tags.List), tags.All || repository.Tags.All
		}
	}
	return tags
}

// AskFor decides whether the role has the grant on the image repository with the ARN, as Ask
// does.
func (r *ImageRepositories) AskFor(role Role, grant Grant, arn string) Decision {
	return grant.ask(func(action string) Decision { return r.Ask(role, action, arn) })
}

// named are the image repositories whose own policies may allow the role the grant.
func (r *ImageRepositories) named(role Role, grant Grant, ours bool) []*facts.ImageRepository {
	if role.ARN == "" {
		return nil
	}
	found := slices.Clone(r.allowing[allowed{grant, role.ARN}])
	if arn, err := identity.ParseRoleARN(role.ARN); err == nil {
		found = append(found, r.allowing[allowed{grant, sessionsOf(arn.Partition, arn.Account, arn.Name)}]...)
	}
	if ours && r.take(grant, len(r.allowing[allowed{grant, everyone}])) {
		found = append(found, r.allowing[allowed{grant, everyone}]...)
	}
	return found
}

// take reports whether so many more may be asked about by name.
func (r *ImageRepositories) take(grant Grant, matches int) bool {
	r.left[grant].matches -= matches
	return r.left[grant].matches >= 0
}

// arnOf is the ARN of an image repository of the files; ok is false if it is not known.
func arnOf(repository *facts.ImageRepository) (arn string, ok bool) {
	target := identity.ImageRepository{
		Registry: identity.Registry{Account: identity.AccountID(repository.Account.Value), Region: identity.Region(repository.Region.Value)},
		Name:     identity.ImageRepositoryName(repository.Name.Value),
	}
	if target.Check() != nil {
		return "", false
	}
	return target.ARN(), true
}
