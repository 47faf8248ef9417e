package terraform

import (
	"fmt"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// deployment is where a resource is, or what a provider configuration makes.
type deployment struct {
	account, region, partition facts.Text
}

// learn takes over what is not known yet. What contradicts is unknown from then on.
func (d *deployment) learn(account, region, partition facts.Text) {
	for _, part := range []struct{ known, found *facts.Text }{{&d.account, &account}, {&d.region, &region}, {&d.partition, &partition}} {
		switch {
		case !part.found.Known() || part.found.Value == "":
		case !part.known.There:
			*part.known = *part.found
		case part.known.Known() && part.known.Value != part.found.Value:
			*part.known = facts.Text{Unknown: fmt.Sprintf("resources of one provider configuration are in %q and %q", part.known.Value, part.found.Value), Place: part.found.Place, There: true}
		}
	}
}

// cutARN takes an ARN apart; what is not known is not there.
func cutARN(arn facts.Text) (account, region, partition facts.Text) {
	parts := strings.SplitN(arn.Value, ":", 6)
	if !arn.Known() || len(parts) != 6 {
		return account, region, partition
	}
	part := func(i int) facts.Text { return facts.Text{Value: parts[i], Place: arn.Place, There: parts[i] != ""} }
	return part(4), part(3), part(1)
}

// place finds out where the provider configurations of a plan make resources: where they
// made some, who they are, and which region they name.
func (r *reader) place() {
	r.aws = map[string]*tfjson.ProviderConfig{}
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
			continue // whose it is, the plan does not say
		}
		arn := textOf(of.values.Get("arn"), of.place)
		d := r.providers[r.providerOf(of)]
		account, region, partition := cutARN(arn)
		switch of.kind {
		case roleKind, policyKind, providerKind, repositoryKind, "aws_eks_cluster", "data." + providerKind, "data.aws_eks_cluster":
			d.learn(account, region, partition)
		case "data.aws_caller_identity":
			d.learn(textOf(of.values.Get("account_id"), of.place), facts.Text{}, partition)
		case "data.aws_region":
			d.learn(facts.Text{}, textOf(of.values.Get("name"), of.place), facts.Text{})
		}
		r.providers[r.providerOf(of)] = d
	}
}

// leaveOutRepeated leaves out data sources that show what a resource, or another of them,
// shows.
func (r *reader) leaveOutRepeated() {
	shown := map[string]bool{}
	for _, of := range r.resources {
		if !of.isData() {
			shown[word(of.values, "arn")] = true
		}
	}
	r.resources = slices.DeleteFunc(r.resources, func(of *resource) bool {
		arn := word(of.values, "arn")
		repeats := arn != "" && of.isData() && shown[arn]
		shown[arn] = true
		return repeats
	})
}

// providerOf is the key of the provider configuration of a resource; "" if the plan has one
// of AWS, or of a state, which does not say.
func (r *reader) providerOf(of *resource) string {
	if of.config == nil || len(r.aws) < 2 {
		return ""
	}
	return of.config.ProviderConfigKey
}

// where is where a resource is: by its own ARN, by the others of its provider configuration,
// or by what the user says of the one without an alias.
func (r *reader) where(of *resource) deployment {
	var d deployment
	for _, attribute := range []string{"arn", "association_arn"} {
		d.learn(cutARN(textOf(of.values.Get(attribute), of.place)))
	}
	if !d.region.There {
		d.region = r.ownRegion(of)
	}
	known, user := r.providers[r.providerOf(of)], deployment{}
	if r.isDefault(of) {
		user.account, user.region = given(string(r.account), of), given(string(r.region), of)
	}
	d.account = first(d.account, known.account, user.account, r.unplaced(of, "account", "--account"))
	d.region = first(d.region, known.region, user.region, r.unplaced(of, "region", "--region"))
	d.partition = first(d.partition, known.partition, given(string(identity.Region(d.region.Value).Partition()), of), r.unplaced(of, "partition", "--region"))
	return d
}

// first is the first text that is there.
func first(texts ...facts.Text) facts.Text {
	return texts[slices.IndexFunc(texts, func(text facts.Text) bool { return text.There })]
}

// ownRegion is the region that the resource names, or its provider configuration.
func (r *reader) ownRegion(of *resource) facts.Text {
	if region := textOf(of.values.Get("region"), of.place); region.There {
		return region
	}
	for key, provider := range r.aws {
		if len(r.aws) == 1 || r.providerOf(of) == key {
			return given(r.constant(provider.Expressions["region"]), of)
		}
	}
	return facts.Text{}
}

// constant is the text that an expression of the root module states or has from a variable,
// "" if it is anything else.
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
// without an alias: an account that the user names need not be another's.
func (r *reader) isDefault(of *resource) bool {
	provider := r.aws[r.providerOf(of)]
	return len(r.aws) < 2 || provider != nil && provider.Alias == "" && provider.ModuleAddress == ""
}

func given(value string, of *resource) facts.Text {
	return facts.Text{Value: value, Place: of.place, There: value != ""}
}

func (r *reader) unplaced(of *resource, what, flag string) facts.Text {
	if r.isDefault(of) {
		return unknownText(of, fmt.Sprintf("the %s of %s is known after apply; give it with %s", what, of.address, flag))
	}
	return unknownText(of, fmt.Sprintf("the %s of %s, whose provider configuration has an alias, is known after apply", what, of.address))
}

// arn is the ARN that a role or a managed policy will have, if its parts are known: one that
// is not is no part of an ARN.
func (r *reader) arn(of *resource) facts.Text {
	where, name, path := r.where(of), r.text(of, "name").Value, r.path(of).Value
	partition, account := identity.Partition(where.partition.Value), identity.AccountID(where.account.Value)
	var arn interface {
		Check() error
		String() string
	}
	switch of.kind {
	case roleKind:
		arn = identity.RoleARN{Partition: partition, Account: account, Path: identity.RolePath(path), Name: identity.RoleName(name)}
	case policyKind:
		arn = identity.ManagedPolicyARN{Partition: partition, Account: account, Path: identity.PolicyPath(path), Name: identity.PolicyName(name)}
	}
	if arn == nil || arn.Check() != nil {
		return unknownText(of, fmt.Sprintf("the ARN of %s is known after apply", of.address))
	}
	return facts.Text{Value: arn.String(), Place: of.place, There: true}
}

// path is that of a role or a policy.
func (r *reader) path(of *resource) facts.Text {
	path := r.text(of, "path")
	if !path.There {
		path.Value, path.There = "/", true
	}
	return path
}
