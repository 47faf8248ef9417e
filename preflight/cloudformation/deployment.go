package cloudformation

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

type deployment struct {
	account, region, partition facts.Text
	// conflicts are literals that contradict what the user states, or each other.
	conflicts []facts.Text
}

// claim is an ARN or a URI in a template that can only be of the account, and only in the
// region, to which the template is deployed.
type claim struct {
	literal   facts.Text
	account   identity.AccountID
	region    identity.Region // "" if it has none
	partition identity.Partition
}

// deploymentOf returns the account, region and partition that the user states, and infers the
// others from the template.
//
// No template states where it is deployed, but IAM and CloudFormation leave only one account
// for some literals: a trust policy names a provider of the role's own account, a role has
// managed policies and a boundary of its own account, and an output with the ARN of a
// resource that the template defines has the template's account. The region follows only from
// outputs with an image repository that the template defines, or with the cluster of an
// association: everything else in a template of IAM resources may be about another region.
// AWS' own managed policies show nothing.
//
// Nothing is inferred from literals that contradict each other.
func deploymentOf(t *template, settings Settings) deployment {
	where := deployment{
		account:   fromUser(string(settings.Account), t.place, "AWS::AccountId is not known from the files; give it with --account"),
		region:    fromUser(string(settings.Region), t.place, "AWS::Region is not known from the files; give it with --region"),
		partition: fromUser(string(settings.Region.Partition()), t.place, "AWS::Partition is not known from the files; give --region"),
	}
	claims := claimsOf(newResolver(t, where, settings))
	where.decide(&where.account, claims, "ARNs in the template are of different accounts; give the right one with --account",
		func(c claim) string { return string(c.account) })
	where.decide(&where.region, claims, "the outputs name resources of different regions; give the right one with --region",
		func(c claim) string { return string(c.region) })
	slices.SortStableFunc(where.conflicts, func(a, b facts.Text) int { return byPlace(a.Place, b.Place) })
	where.conflicts = slices.Compact(where.conflicts)

	if partition := identity.Region(where.region.Value).Partition(); partition != "" {
		where.partition = facts.Known(string(partition), where.region.Place)
		return where
	}
	if found := distinct(claims, func(c claim) string { return string(c.partition) }); len(found) == 1 {
		where.partition = facts.Known(string(found[0].partition), found[0].literal.Place)
	}
	return where
}

func fromUser(value string, at source.Place, unknown string) facts.Text {
	if value == "" {
		return facts.Unknown(unknown, at)
	}
	return facts.Known(value, at)
}

// decide infers a text that the user does not state from the claims, if they agree.
func (d *deployment) decide(known *facts.Text, claims []claim, conflict string, of func(claim) string) {
	found := distinct(claims, of)
	if known.Known() {
		found = slices.DeleteFunc(found, func(c claim) bool { return of(c) == known.Value })
	} else if len(found) == 1 {
		known.Value, known.Unknown, known.Place = of(found[0]), "", found[0].literal.Place
		return
	}
	for _, c := range found {
		d.conflicts = append(d.conflicts, c.literal)
	}
	if !known.Known() && len(found) > 0 {
		known.Unknown = conflict
	}
}

// distinct returns the first claim, by place, of each value except "".
func distinct(claims []claim, of func(claim) string) []claim {
	var found []claim
	seen := map[string]bool{"": true}
	for _, c := range claims {
		if !seen[of(c)] {
			seen[of(c)] = true
			found = append(found, c)
		}
	}
	return found
}

func byPlace(a, b source.Place) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// claimsOf returns the claims in a template, sorted by place.
func claimsOf(r *resolver) []claim {
	var claims []claim
	add := func(node *source.Node, of func(string) (claim, bool)) {
		if !node.Scalar() {
			return
		}
		if c, ok := of(node.Text); ok {
			c.literal = facts.TextOf(node, node.Place)
			claims = append(claims, c)
		}
	}
	own := definitions{}
	for _, resource := range r.resources {
		if r.leftOut(resource) {
			continue
		}
		own.add(r, resource)
		if resource.kind != roleKind {
			continue
		}
		for _, principal := range federated(r.property(resource, "AssumeRolePolicyDocument")) {
			add(principal, ofProvider)
		}
		for _, policy := range append(slices.Clip(r.property(resource, "ManagedPolicyArns").Values()), r.property(resource, "PermissionsBoundary")) {
			add(policy, ofManagedPolicy)
		}
	}
	for _, output := range r.outputs {
		if condition := output.Value.Get("Condition"); !condition.Scalar() || !r.condition(condition.Text).is(false) {
			add(r.resolve(output.Value.Get("Value")), own.claim)
		}
	}
	slices.SortStableFunc(claims, func(a, b claim) int { return byPlace(a.literal.Place, b.literal.Place) })
	return claims
}

// federated returns the Federated principals of a trust policy, whatever else is wrong with it.
// CloudFormation reads a policy that is a text as JSON, never as YAML.
func federated(document *source.Node) []*source.Node {
	if document.Is(source.String) {
		if !json.Valid([]byte(document.Text)) {
			return nil
		}
		document = document.Contained()
	}
	var found []*source.Node
	for _, statement := range document.Get("Statement").Values() {
		found = append(found, statement.Get("Principal", "Federated").Values()...)
	}
	return found
}

func ofProvider(text string) (claim, bool) {
	partition, account, _, ok := cutProvider(text)
	return claim{account: account, partition: partition}, ok
}

// cutProvider also accepts providers that are not EKS', unlike identity.
func cutProvider(text string) (partition identity.Partition, account identity.AccountID, host string, ok bool) {
	parts := strings.SplitN(text, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "iam" || parts[3] != "" {
		return "", "", "", false
	}
	partition, account = identity.Partition(parts[1]), identity.AccountID(parts[4])
	host, ok = strings.CutPrefix(parts[5], "oidc-provider/")
	return partition, account, host, ok && partition.Check() == nil && account.Check() == nil
}

func ofManagedPolicy(text string) (claim, bool) {
	arn, err := identity.ParseManagedPolicyARN(text)
	return claim{account: arn.Account, partition: arn.Partition}, err == nil
}

type definition struct {
	kind, name string
}

type definitions map[definition]bool

func (d definitions) add(r *resolver, resource *resource) {
	var name facts.Text
	kind := resource.kind
	switch kind {
	case roleKind, repositoryKind:
		name = r.attribute(resource, ref)
	case managedPolicyKind:
		name = r.managedPolicyName(resource)
	case providerKind, cdkProviderKind:
		kind, name = providerKind, r.stated(resource, "Url")
	case associationKind:
		name = r.stated(resource, "ClusterName")
	}
	if name.Known() {
		d[definition{kind, identity.Issuer(name.Value).Host()}] = true
	}
}

// claim reads an ARN or a URI; ok is false if the template does not define the resource.
func (d definitions) claim(text string) (claim, bool) {
	if arn, err := identity.ParseRoleARN(text); err == nil {
		return claim{account: arn.Account, partition: arn.Partition}, d[definition{roleKind, string(arn.Name)}]
	}
	if arn, err := identity.ParseManagedPolicyARN(text); err == nil {
		return claim{account: arn.Account, partition: arn.Partition}, d[definition{managedPolicyKind, string(arn.Name)}]
	}
	if partition, account, host, ok := cutProvider(text); ok {
		return claim{account: account, partition: partition}, d[definition{providerKind, host}]
	}
	if arn, err := identity.ParseClusterARN(text); err == nil {
		return claim{account: arn.Account, region: arn.Region, partition: arn.Partition}, d[definition{associationKind, string(arn.Name)}]
	}
	repository, err := identity.ParseImageRepositoryARN(text)
	if err != nil {
		registry, name, _ := strings.Cut(text, "/")
		repository.Name = identity.ImageRepositoryName(name)
		if repository.Registry, err = identity.ParseRegistry(registry); err != nil {
			return claim{}, false
		}
	}
	at := repository.Registry
	return claim{account: at.Account, region: at.Region, partition: at.Region.Partition()}, d[definition{repositoryKind, string(repository.Name)}]
}
