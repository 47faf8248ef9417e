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

// Read returns the facts in a plan or a state. Text is the file's; account and region are
// those of the provider configuration without an alias, for resources that the file does not
// place itself, or "". An incomplete plan, and any text that "terraform show -json" does not
// print, is a *source.Error.
func Read(root *source.Node, text []byte, account identity.AccountID, region identity.Region) (facts.Facts, error) {
	if isStored(root) {
		return facts.Facts{}, refuse(root.Place, "a state as Terraform stores it, in a form that may change: "+showState)
	}
	r := &reader{
		account: account, region: region,
		configs:   map[*tfjson.ConfigModule]map[string]*tfjson.ConfigResource{},
		byAddress: map[string]*resource{},
		aws:       map[string]*tfjson.ProviderConfig{},
		providers: map[string]deployment{},
		index:     map[*resource]int{},
		byName:    map[named][]*resource{},
		managed:   map[managedBy]bool{},
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if err := r.decode(root, text); err != nil {
		return facts.Facts{}, err
	}
	r.place()
	r.removeRepeated()
	r.findManaged()
	r.read()
	return r.facts, nil
}

// decode has terraform-json check the format, and adds the resources.
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

func misformed(what string, err error) string {
	problem := err.Error()
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		problem = fmt.Sprintf("%q is of the wrong kind: %s", wrong.Field, wrong.Value)
	}
	return fmt.Sprintf(`no %s as "terraform show -json" of Terraform 1 or OpenTofu 1 prints it: %s`, what, problem)
}

type reader struct {
	facts   facts.Facts
	account identity.AccountID
	region  identity.Region
	isPlan  bool
	plan    tfjson.Plan
	// configs has the resources in the configuration of a module by their addresses there.
	configs map[*tfjson.ConfigModule]map[string]*tfjson.ConfigResource
	// resources are in the order of the file; those that the plan deletes have no values.
	resources []*resource
	byAddress map[string]*resource
	// aws has the provider configurations of AWS in a plan, and providers the place in which
	// these make resources, by their keys.
	aws       map[string]*tfjson.ProviderConfig
	providers map[string]deployment
	// index is the position of a resource's fact in the facts of its kind.
	index  map[*resource]int
	byName map[named][]*resource
	// managed has the policies that separate resources give to roles.
	managed map[managedBy]bool
	// depth counts the references that are being followed.
	depth int
}

// The types of resources that others refer to.
const (
	roleKind         = "aws_iam_role"
	policyKind       = "aws_iam_policy"
	providerKind     = "aws_iam_openid_connect_provider"
	repositoryKind   = "aws_ecr_repository"
	organizationKind = "aws_organizations_policy"
	endpointKind     = "aws_vpc_endpoint"

	creationTemplateKind = "aws_ecr_repository_creation_template"
)

// passes read the resources by their types. What others refer to is read in an earlier pass
// than they are.
var passes = []map[string]func(*reader, *resource){
	{
		policyKind:               (*reader).addPolicy,
		"data." + policyKind:     (*reader).addPolicy,
		repositoryKind:           (*reader).addRepository,
		"data." + repositoryKind: (*reader).addRepository,
		organizationKind:         (*reader).addOrganizationPolicy,
	},
	{roleKind: (*reader).addRole},
	{
		"aws_cloudformation_stack":            (*reader).addStack,
		"aws_cloudformation_stack_set":        (*reader).addStack,
		"aws_ecr_registry_policy":             (*reader).addRegistryPolicy,
		"aws_ecr_repository_policy":           (*reader).addRepositoryPolicy,
		creationTemplateKind:                  (*reader).addCreationTemplate,
		"data." + creationTemplateKind:        (*reader).addCreationTemplate,
		"aws_ecr_pull_through_cache_rule":     (*reader).addPullThroughCache,
		"aws_eks_addon":                       (*reader).addAddon,
		"aws_eks_cluster":                     (*reader).addCluster,
		"data.aws_eks_cluster":                (*reader).addCluster,
		"aws_eks_fargate_profile":             (*reader).addFargateProfile,
		"aws_eks_pod_identity_association":    (*reader).addAssociation,
		"aws_iam_group_policy":                (*reader).addToUsers,
		"aws_iam_group_policy_attachment":     (*reader).addToUsers,
		providerKind:                          (*reader).addProvider,
		"data." + providerKind:                (*reader).addProvider,
		"aws_iam_policy_attachment":           (*reader).addAttachment,
		"aws_iam_role_policy":                 (*reader).addRolePolicy,
		"aws_iam_role_policy_attachment":      (*reader).addAttachment,
		"aws_iam_user_policy":                 (*reader).addToUsers,
		"aws_iam_user_policy_attachment":      (*reader).addToUsers,
		"aws_organizations_policy_attachment": (*reader).addTarget,
		endpointKind:                          (*reader).addEndpointPolicy,
		"aws_vpc_endpoint_policy":             (*reader).addEndpointPolicy,
		"helm_release":                        (*reader).addRelease,
		"kubernetes_config_map":               objectOf("ConfigMap", "metadata", "data"),
		"kubernetes_config_map_v1":            objectOf("ConfigMap", "metadata", "data"),
		"kubernetes_manifest":                 (*reader).addManifest,
		"kubernetes_namespace":                objectOf("Namespace", "metadata"),
		"kubernetes_namespace_v1":             objectOf("Namespace", "metadata"),
		"kubernetes_secret":                   objectOf("Secret", "metadata"),
		"kubernetes_secret_v1":                objectOf("Secret", "metadata"),
		"kubernetes_service_account":          objectOf("ServiceAccount", "metadata"),
		"kubernetes_service_account_v1":       objectOf("ServiceAccount", "metadata"),
	},
	{roleKind: (*reader).addListed},
	{
		"aws_iam_policy_attachment":                 (*reader).keepListed,
		"aws_iam_role_policies_exclusive":           (*reader).keepInline,
		"aws_iam_role_policy_attachments_exclusive": (*reader).keepAttached,
	},
}

func (r *reader) read() {
	r.addDeletions()
	for _, readers := range passes {
		for _, of := range r.resources {
			if read := readers[of.kind]; read != nil && of.values.Is(source.Map) {
				read(r, of)
			}
		}
	}
}
