package terraform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Read returns what a plan or a state says. Text is the file's; account and region are
// those of the provider configuration without an alias, for what the file does not place
// itself, or "". Anything else than "terraform show -json" prints, and a plan that is not
// whole, is a *source.Error.
func Read(root *source.Node, text []byte, account identity.AccountID, region identity.Region) (facts.Facts, error) {
	if isStored(root) {
		return facts.Facts{}, refuse(root.Place, "a state as Terraform stores it, in a form that may change: "+showState)
	}
	r := newReader(account, region)
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if err := r.decode(root, text); err != nil {
		return facts.Facts{}, err
	}
	r.place()
	r.leaveOutRepeated()
	r.read()
	return r.facts, nil
}

// decode has terraform-json check the format, and finds the resources.
func (r *reader) decode(root *source.Node, text []byte) error {
	if !isPlan(root) {
		var state tfjson.State
		if err := json.Unmarshal(text, &state); err != nil {
			return refuse(root.Place, misformed("state", err))
		}
		r.addModule(root.Get("values", "root_module"))
		return nil
	}
	if err := json.Unmarshal(text, &r.plan); err != nil {
		return refuse(root.Place, misformed("plan", err))
	}
	switch errored := root.Get("errored"); {
	case errored.Scalar() && errored.Text == "true":
		return refuse(errored.Place, "the plan failed, and does not have every resource: plan again")
	case r.plan.Complete != nil && !*r.plan.Complete:
		return refuse(root.Get("complete").Place, "the plan is not complete, and what it leaves out may change who can push: plan without -target, or again after apply")
	}
	if values := r.plan.PlannedValues; !r.hasChanges() && values != nil && values.RootModule != nil && len(values.RootModule.Resources)+len(values.RootModule.ChildModules) > 0 {
		return refuse(root.Place, "a plan without its resource_changes: "+showPlan+", all of it")
	}
	r.isPlan = true
	r.addChanges(root.Get("resource_changes"))
	r.addModule(root.Get("prior_state", "values", "root_module"))
	return nil
}

// misformed says what terraform-json has against a plan or a state.
func misformed(what string, err error) string {
	problem := err.Error()
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		problem = fmt.Sprintf("%q is of the wrong kind: %s", wrong.Field, wrong.Value)
	}
	return fmt.Sprintf(`no %s as "terraform show -json" of Terraform 1 or OpenTofu 1 prints it: %s`, what, problem)
}

// reader makes facts of resources.
type reader struct {
	facts   facts.Facts
	account identity.AccountID
	region  identity.Region
	isPlan  bool
	plan    tfjson.Plan
	// configs are the resources of modules in the configuration, by their addresses there.
	configs map[*tfjson.ConfigModule]map[string]*tfjson.ConfigResource
	// resources are in the order of the file; those that the plan deletes have no values.
	resources []*resource
	byAddress map[string]*resource
	// aws are the provider configurations of AWS in a plan, and providers where these make
	// resources, by their keys.
	aws       map[string]*tfjson.ProviderConfig
	providers map[string]deployment
	// index says where in the facts of its kind a resource is, and byName which others may
	// name it so.
	index  map[*resource]int
	byName map[named][]*resource
	// managed are the policies that resources of their own give roles.
	managed map[managedBy]bool
	// depth counts the references that are being followed.
	depth int
}

func newReader(account identity.AccountID, region identity.Region) *reader {
	return &reader{
		account: account, region: region,
		configs:   map[*tfjson.ConfigModule]map[string]*tfjson.ConfigResource{},
		byAddress: map[string]*resource{},
		providers: map[string]deployment{},
		index:     map[*resource]int{},
		byName:    map[named][]*resource{},
		managed:   map[managedBy]bool{},
	}
}

// read begins with what others refer to.
func (r *reader) read() {
	r.each(func(of *resource) {
		switch of.kind {
		case policyKind, "data." + policyKind:
			r.addPolicy(of)
		case repositoryKind, "data." + repositoryKind:
			r.addRepository(of)
		case organizationKind:
			r.addOrganizationPolicy(of)
		}
	})
	r.each(func(of *resource) {
		if of.kind == roleKind {
			r.addRole(of)
		}
	})
	r.findManaged()
	r.each(func(of *resource) {
		switch of.kind {
		case rolePolicyKind:
			r.addRolePolicy(of)
		case attachmentKind, "aws_iam_policy_attachment":
			r.addAttachment(of)
		case "aws_ecr_repository_policy":
			r.addRepositoryPolicy(of)
		case providerKind, "data." + providerKind:
			r.addProvider(of)
		case "aws_eks_cluster", "data.aws_eks_cluster":
			r.addCluster(of)
		case "aws_eks_pod_identity_association":
			r.addAssociation(of)
		case "aws_eks_addon":
			r.addAddon(of)
		case "aws_eks_fargate_profile":
			r.addFargateProfile(of)
		case "aws_organizations_policy_attachment":
			r.addTarget(of)
		}
		r.addObject(of)
		r.addUnread(of)
	})
	r.each(r.addListed)
	r.each(r.keepExclusive)
}

// each visits the resources that are there when the plan is applied.
func (r *reader) each(visit func(*resource)) {
	for _, of := range r.resources {
		if of.values != nil && of.values.Kind == source.Map {
			visit(of)
		}
	}
}
