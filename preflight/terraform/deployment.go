package terraform

import (
	"fmt"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// deployment is where a resource is, or where a provider configuration makes resources.
type deployment struct{ account, region, partition facts.Text }

func (d *deployment) learn(found deployment) {
	learn(&d.account, found.account)
	learn(&d.region, found.region)
	learn(&d.partition, found.partition)
}

// learn takes over a text that is not known yet. Two that contradict each other make it
// unknown for good.
func learn(known *facts.Text, found facts.Text) {
	switch {
	case !found.Known() || found.Value == "":
	case !known.There:
		*known = found
	case known.Known() && known.Value != found.Value:
		*known = facts.Unknown(fmt.Sprintf("resources of one provider configuration are in %q and %q", known.Value, found.Value), found.Place)
	}
}

// deploymentIn returns the parts of an ARN; those that it does not have are not there.
func deploymentIn(arn facts.Text) deployment {
	parts := strings.SplitN(arn.Value, ":", 6)
	if !arn.Known() || len(parts) != 6 {
		return deployment{}
	}
	part := func(i int) facts.Text { return facts.Text{Value: parts[i], Place: arn.Place, There: parts[i] != ""} }
	return deployment{account: part(4), region: part(3), partition: part(1)}
}

// place finds the provider configurations of a plan, and where each makes resources: where it
// made some, whose credentials it has, and the region that it names.
func (r *reader) place() {
	if !r.isPlan || r.plan.Config == nil {
		return
	}
	for key, provider := range r.plan.Config.ProviderConfigs {
		if provider != nil && (provider.Name == "aws" || strings.HasSuffix(provider.FullName, "/aws")) {
			r.aws[key] = provider
		}
	}
	for _, of := range r.resources {
		if of.config == nil && len(r.aws) > 1 {
			continue // the plan does not name its provider configuration
		}
		d, own := r.providers[r.providerOf(of)], deploymentIn(textOf(of.values.Get("arn"), of.place))
		switch of.kind {
		case roleKind, policyKind, providerKind, repositoryKind, "aws_eks_cluster", "data." + providerKind, "data.aws_eks_cluster":
			d.learn(own)
		case "data.aws_caller_identity":
			d.learn(deployment{account: textOf(of.values.Get("account_id"), of.place), partition: own.partition})
		case "data.aws_region":
			d.learn(deployment{region: textOf(of.values.Get("name"), of.place)})
		}
		r.providers[r.providerOf(of)] = d
	}
}

// providerOf returns the key of the provider configuration of a resource; "" in a state, which
// has none, and in a plan that has only one of AWS.
func (r *reader) providerOf(of *resource) string {
	if of.config == nil || len(r.aws) < 2 {
		return ""
	}
	return of.config.ProviderConfigKey
}

// where returns the place of a resource: by its own ARN, by the other resources of its provider
// configuration, or as the user gives it for the provider configuration without an alias.
func (r *reader) where(of *resource) deployment {
	var d deployment
	for _, attribute := range []string{"arn", "association_arn"} {
		d.learn(deploymentIn(textOf(of.values.Get(attribute), of.place)))
	}
	if !d.region.There {
		d.region = r.ownRegion(of)
	}
	known, user := r.providers[r.providerOf(of)], deployment{}
	if r.isDefault(of) {
		user.account, user.region = of.knownText(string(r.account)), of.knownText(string(r.region))
	}
	d.account = first(d.account, known.account, user.account, r.unplaced(of, "account", "--account"))
	d.region = first(d.region, known.region, user.region, r.unplaced(of, "region", "--region"))
	d.partition = first(d.partition, known.partition, of.knownText(string(identity.Region(d.region.Value).Partition())), r.unplaced(of, "partition", "--region"))
	return d
}

func first(texts ...facts.Text) facts.Text {
	return texts[slices.IndexFunc(texts, func(text facts.Text) bool { return text.There })]
}

// ownRegion returns the region that the resource or its provider configuration names.
func (r *reader) ownRegion(of *resource) facts.Text {
	if region := textOf(of.values.Get("region"), of.place); region.There {
		return region
	}
	for key, provider := range r.aws {
		if len(r.aws) == 1 || r.providerOf(of) == key {
			return of.knownText(r.constant(provider.Expressions["region"]))
		}
	}
	return facts.Text{}
}

// constant returns the text that an expression of the root module states or has from one
// variable, "" for any other.
func (r *reader) constant(expression *tfjson.Expression) string {
	if expression == nil || expression.ExpressionData == nil {
		return ""
	}
	value := expression.ConstantValue
	if names := expression.References; len(names) == 1 {
		if variable := r.plan.Variables[strings.TrimPrefix(names[0], "var.")]; variable != nil {
			value = variable.Value
		}
	}
	text, _ := value.(string)
	return text
}

// isDefault reports whether the provider configuration of a resource is the root module's
// without an alias. Any other may be of another account than the user gives.
func (r *reader) isDefault(of *resource) bool {
	provider := r.aws[r.providerOf(of)]
	return len(r.aws) < 2 || provider != nil && provider.Alias == "" && provider.ModuleAddress == ""
}

func (r *reader) unplaced(of *resource, what, flag string) facts.Text {
	if r.isDefault(of) {
		return of.unknownText(fmt.Sprintf("the %s of %s is known after apply; give it with %s", what, of.address, flag))
	}
	return of.unknownText(fmt.Sprintf("the %s of %s, whose provider configuration has an alias, is known after apply", what, of.address))
}

// arn returns the ARN that a role or a managed policy will have, if its parts are known.
func (r *reader) arn(of *resource) facts.Text {
	where, name, path := r.where(of), r.text(of, "name").Value, r.text(of, "path").Or("/").Value
	partition, account := identity.Partition(where.partition.Value), identity.AccountID(where.account.Value)
	var arn interface {
		Check() error // fails for a part that is not known
		String() string
	}
	switch of.kind {
	case roleKind:
		arn = identity.RoleARN{Partition: partition, Account: account, Path: identity.RolePath(path), Name: identity.RoleName(name)}
	case policyKind:
		arn = identity.ManagedPolicyARN{Partition: partition, Account: account, Path: identity.PolicyPath(path), Name: identity.PolicyName(name)}
	}
	if arn == nil || arn.Check() != nil {
		return of.unknownText(fmt.Sprintf("the ARN of %s is known after apply", of.address))
	}
	return of.knownText(arn.String())
}
