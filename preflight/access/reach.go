package access

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// Reach is an image repository, or a class of them, on which a role has a grant or may have.
type Reach struct {
	// Name is the image repository as docker push is given it, or describes a class.
	Name string
	// ARN is the image repository's, or that of one of the class.
	ARN string
	// Single reports that there is no other.
	Single bool
	Decision
}

// Target is the image repository; ok is false of a class, and of an ARN that ECR cannot
// have.
func (r Reach) Target() (target identity.ImageRepository, ok bool) {
	target, err := identity.ParseImageRepositoryARN(r.ARN)
	return target, r.Single && err == nil
}

// Reaches returns what the role has the grant on, or may have: the image repositories that its policies
// name, those of the files, and by class whatever else the policies allow. Policies that are
// not known at all allow none of them. A role that ServiceAccounts of the files have is
// asked about image repositories too on which everyone has it.
func (r *ImageRepositories) Reaches(role Role, grant Grant, ours bool) []Reach {
	allowing := statementsAllowing(role, grant)
	var kind kind // of pushes the answer's place is shown, so each role is asked
	if grant == Pull {
		kind = r.memory.kindOf(role)
	}
	var found []Reach
	can := map[string]bool{} // by ARN, of those that were asked about by name
	add := func(arn string) {
		if _, asked := can[arn]; asked {
			return
		}
		decision := r.remembered(question{kind, grant, arn, isGranted}, func() Decision { return r.AskFor(role, grant, arn) })
		if can[arn] = decision.Possible(); can[arn] {
			found = append(found, Reach{RegistryName(arn), arn, true, decision})
		}
	}
	var prefixes []string // of the patterns
	for _, statement := range allowing {
		for _, resource := range statement.Resource {
			if isPattern(resource) {
				prefixes = append(prefixes, resource[:strings.IndexAny(resource, "*?$")])
			} else if !facts.IsUnknown(resource) && identity.IsARN(resource) {
				add(resource)
			}
		}
		if statement.Resource == nil {
			prefixes = append(prefixes, "")
		}
	}
	for _, repository := range r.named(role, grant, ours) {
		if arn, ok := arnOf(repository); ok {
			add(arn)
		}
	}
	if len(prefixes) == 0 {
		return found
	}
	if r.left[grant].comparisons -= len(r.arns); r.left[grant].comparisons >= 0 {
		for _, arn := range r.arns {
			begins := slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(arn, prefix) })
			matches := func() Decision { return matchesOne(role, grant, allowing, arn) }
			if begins && r.remembered(question{kind, grant, arn, isAllowed}, matches).Possible() && r.take(grant, 1) {
				add(arn)
			}
		}
	}
	return append(found, r.beyond(role, grant, can)...)
}

// Exhausted reports that there were too many roles with patterns for all of the files' image
// repositories to be asked about pushes by name; their classes still are.
func (r *ImageRepositories) Exhausted() bool {
	return r.left[Push].comparisons < 0 || r.left[Push].matches < 0
}

// statementsAllowing are the statements of identity-based policies that allow the grant on something, or
// a part of it that it takes.
func statementsAllowing(role Role, grant Grant) []policy.Statement {
	var found []policy.Statement
	for _, document := range role.Identity {
		for _, statement := range document.Policy.Statement {
			if statement.Effect == policy.EffectAllow && Includes(statement, grant.first()) {
				found = append(found, statement)
			}
		}
	}
	return found
}

// Written are the resources on which the role's own policies allow the grant, each once, as
// they are written.
func (r Role) Written(grant Grant) []string {
	var written []string
	seen := map[string]bool{}
	for _, statement := range statementsAllowing(r, grant) {
		resources := statement.Resource
		if statement.NotResource != nil {
			resources = policy.Values{AnyResource}
		}
		for _, resource := range resources {
			if !seen[resource] && !facts.IsUnknown(resource) {
				seen[resource] = true
				written = append(written, resource)
			}
		}
	}
	return written
}

// UnknownResource says why the role may have the grant on image repositories that are not known: a
// policy of it is not, or the resource of a statement; "" if neither.
func (r Role) UnknownResource(grant Grant) (why string) {
	for _, document := range r.Identity {
		if document.Unknown != "" {
			return document.Unknown
		}
		for _, i := range slices.Sorted(maps.Keys(document.Maybe)) {
			maybe := document.Maybe[i]
			if maybe.AtMost.Effect == policy.EffectAllow && Includes(maybe.AtMost, grant.first()) && slices.ContainsFunc(document.Policy.Statement[i].Resource, facts.IsUnknown) {
				return maybe.Why
			}
		}
	}
	return ""
}

// isPattern reports whether a resource may be more than one.
func isPattern(resource string) bool {
	return strings.ContainsAny(resource, "*?") || strings.Contains(resource, "${")
}

// matchesOne decides whether one of the statements allows the grant on the ARN.
func matchesOne(role Role, grant Grant, statements []policy.Statement, arn string) (best Decision) {
	for _, statement := range statements {
		only := policy.Document{Version: policy.Version, Statement: []policy.Statement{statement}}
		best.Truth = max(best.Truth, policy.Judge(role.Request(grant.first(), arn), only).Allow.Truth)
	}
	return best
}

// beyond are the classes of image repositories on which the role has the grant, or may have, by a
// pattern, but for the ones that were asked about by name.
func (r *ImageRepositories) beyond(role Role, grant Grant, named map[string]bool) []Reach {
	documents := role.documents()
	more := registryPatterns(role, documents)
	for _, arn := range slices.Sorted(maps.Keys(named)) {
		if !named[arn] {
			more = append(more, policy.Exactly(arn))
		}
	}
	universe := r.universe(documents, more)
	patterns, err := grant.patterns(universe, role, documents)
	var partition policy.Partition
	if err == nil {
		partition, err = r.budget.cut(universe, slices.Concat(more, patterns))
	}
	if err == nil {
		err = r.budget.decide(len(partition.Classes) * len(grant.Actions()))
	}
	if err != nil {
		return []Reach{{Name: imageRepositoryWords.all, Decision: Decision{Truth: policy.Possibly, Why: err.Error(), on: []dependence{{err.Error(), role.written}}}}}
	}
	decisions := make([]Decision, len(partition.Classes))
	truths := make([]policy.Truth, len(partition.Classes))
	known := role.known()
	for i, class := range partition.Classes {
		if can, asked := named[class.Representative]; asked && class.Single && !can {
			continue
		}
		if judge(role.Request(grant.first(), class.Representative), known.Identity).allow.truth == policy.No {
			continue
		}
		decisions[i] = role.mayBeyond(grant, class.Representative)
		truths[i] = decisions[i].Truth
	}
	var found []Reach
	for _, group := range imageRepositoryWords.groups(partition, truths) {
		if _, asked := named[group.class.Representative]; asked && group.class.Single {
			continue
		}
		at := slices.IndexFunc(partition.Classes, func(class policy.Class) bool { return class.Representative == group.class.Representative })
		found = append(found, Reach{group.words, group.class.Representative, group.class.Single, decisions[at]})
	}
	return found
}

// documents are all that limit what the role may do, without the values that are not known.
func (r Role) documents() []policy.Document {
	all := append(slices.Clone(r.Identity), r.limiting()...)
	for _, limit := range r.Organization {
		all = append(all, limit.Document)
	}
	documents := make([]policy.Document, len(all))
	for i, document := range all {
		documents[i] = knownDocument(document)
	}
	return documents
}

// known is the role with what is known of its identity-based policies alone.
func (r Role) known() Role {
	var documents []*facts.Document
	for _, document := range r.Identity {
		if document.Unknown == "" {
			only := *document
			only.Maybe = nil
			documents = append(documents, &only)
		}
	}
	r.Identity = documents
	return r
}

// patterns returns the patterns by which the documents distinguish image repositories, for the grant's
// actions.
func (g Grant) patterns(universe policy.Universe, role Role, documents []policy.Document) ([]policy.Pattern, error) {
	var patterns []policy.Pattern
	for _, action := range g.Actions() {
		found, err := universe.Patterns(policy.ResourceAttribute, role.Request(action, ""), documents)
		if err != nil {
			return nil, err
		}
		patterns = append(patterns, found...)
	}
	return patterns, nil
}

func (r Role) mayBeyond(grant Grant, arn string) Decision {
	return grant.ask(func(action string) Decision { return r.MayBeyond(action, arn) })
}

// MayBeyond decides whether the role may act on an image repository that is asked about for
// its class. Those of other accounts are in it as far as their own policies let the role in.
func (r Role) MayBeyond(action, arn string) Decision {
	request := r.Request(action, arn)
	r.Account = ""
	return r.May(request, nil)
}

// universe is the image repositories of all accounts, in the regions that the documents can
// tell apart: those that they name, and two more of each partition, which stand for all
// others: one alone would be taken for the only one. It is every region if a wildcard may
// stand for a part of one.
func (r *ImageRepositories) universe(documents []policy.Document, more []policy.Pattern) policy.Universe {
	var named []identity.Region
	for _, document := range documents {
		for _, statement := range document.Statement {
			for _, resource := range slices.Concat(statement.Resource, statement.NotResource) {
				named = addRegions(named, resource)
			}
		}
	}
	for _, pattern := range more {
		named = addRegions(named, pattern.Text)
	}
	others := map[identity.Partition]int{}
	var registries []identity.Registry
	for _, region := range identity.Regions() {
		isNamed := slices.Contains(named, region)
		if !isNamed {
			others[region.Partition()]++
		}
		if isNamed || others[region.Partition()] <= 2 {
			registries = append(registries, identity.Registry{Region: region})
		}
	}
	key := fmt.Sprint(registries)
	universe, made := r.universes[key]
	if !made {
		universe = policy.ImageRepositoryARNs(registries)
		r.universes[key] = universe
	}
	return universe
}

// addRegions adds the regions that a resource's pattern distinguishes.
func addRegions(named []identity.Region, resource string) []identity.Region {
	parts := strings.SplitN(resource, ":", 6)
	switch {
	case resource == AnyResource:
		return named
	case len(parts) != 6 || strings.Contains(resource, "${") || strings.ContainsAny(parts[3], "*?") && parts[3] != "*":
		return identity.Regions()
	}
	return append(named, identity.Region(parts[3]))
}

// registryPatterns distinguish image repositories by what requests say of them beside their
// ARN, their account and region: those of the role's own account from others, and what
// conditions compare.
func registryPatterns(role Role, documents []policy.Document) []policy.Pattern {
	var patterns []policy.Pattern
	if role.Account != "" {
		patterns = policy.ARNPattern(registryARN("*", role.Account))
	}
	for _, document := range documents {
		for _, statement := range document.Statement {
			for _, operator := range slices.Sorted(maps.Keys(statement.Condition)) {
				keys := statement.Condition[operator]
				for _, key := range slices.Sorted(maps.Keys(keys)) {
					for _, value := range keys[key] {
						switch {
						case strings.EqualFold(key, resourceAccount):
							patterns = append(patterns, policy.ARNPattern(registryARN("*", value))...)
						case strings.EqualFold(key, requestedRegion):
							patterns = append(patterns, policy.ARNPattern(registryARN(value, "*"))...)
						}
					}
				}
			}
		}
	}
	return patterns
}

// registryARN matches the ARNs of the image repositories of a region and an account.
func registryARN(region, account string) string {
	return strings.Join([]string{"*", "*", "ecr", region, account, "*"}, ":")
}
