package terraform_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/source"
	"keyless-runners/preflight/terraform"
)

// managed is a resource of a plan that is created, in the root module or another.
func managed(address, after, unknown string) string {
	steps := strings.Split(address, ".")
	module := strings.Join(steps[:len(steps)-2], ".")
	return fmt.Sprintf(`{"address": %q, "module_address": %q, "mode": "managed", "type": %q, "name": %q, "change": {"actions": ["create"], "before": null, "after": %s, "after_unknown": %s}}`,
		address, module, steps[len(steps)-2], steps[len(steps)-1], after, unknown)
}

// plan is one of resources, data sources of the state before, and a configuration.
func plan(resources []string, data, configuration string) string {
	return fmt.Sprintf(`{"format_version": "1.2", "terraform_version": "1.9.8", "resource_changes": [%s], "prior_state": {"format_version": "1.0", "values": {"root_module": {"resources": [%s]}}}, "configuration": %s}`,
		strings.Join(resources, ", "), data, configuration)
}

const (
	aws     = `"provider_config": {"aws": {"name": "aws"}}`
	trust   = `"assume_role_policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"a:Trust\"}}"`
	caller  = `{"address": "data.aws_caller_identity.c", "mode": "data", "type": "aws_caller_identity", "name": "c", "values": {"account_id": "111122223333", "arn": "arn:aws:iam::111122223333:user/u"}}`
	unknown = `{"arn": true, "id": true}`
)

func TestPlans(t *testing.T) {
	for _, c := range []struct{ name, plan, want string }{
		{"the annotation of a manifest is the ARN of the one role that it refers to, through modules", plan([]string{
			managed("module.a.module.b.aws_iam_role.r", `{"name": "r", "path": "/p/", `+trust+`}`, unknown),
			managed("module.c.kubernetes_manifest.s", `{"manifest": {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "s", "namespace": "n", "annotations": {}}}}`,
				`{"manifest": {"metadata": {"annotations": {"eks.amazonaws.com/role-arn": true}}}}`),
		}, caller, `{`+aws+`, "root_module": {"module_calls": {
			"a": {"module": {"outputs": {"arn": {"expression": {"references": ["module.b.arn", "module.b"]}}}, "module_calls": {"b": {"module": {
				"outputs": {"arn": {"expression": {"references": ["aws_iam_role.r.arn", "aws_iam_role.r"]}}}, "resources": [{"address": "aws_iam_role.r", "expressions": {}}]}}}}},
			"c": {"expressions": {"arn": {"references": ["module.a.arn", "module.a"]}}, "module": {"resources": [{"address": "kubernetes_manifest.s", "expressions": {"manifest": {"references": ["var.arn", "var.n"]}}}]}}}}}`), `
module.a.module.b.aws_iam_role.r: role /p/r in 111122223333 of aws trusts a:Trust, boundary - -
module.a.module.b.aws_iam_role.r: attached 
module.c.kubernetes_manifest.s: ServiceAccount n/s eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/p/r
module.c.kubernetes_manifest.s: object ServiceAccount n/s
`},
		{"a name that begins with another's is not that", plan([]string{
			managed("aws_iam_role.r", `{"name": "r", `+trust+`}`, unknown),
			managed("aws_iam_policy.p", `{"policy": null}`, `{"arn": true, "name": true}`),
		}, caller, `{`+aws+`, "root_module": {"resources": [{"address": "aws_iam_role.r", "expressions": {}},
			{"address": "aws_iam_policy.p", "expressions": {"name": {"references": ["aws_iam_role.r.id", "aws_iam_role.r"]}}}]}}`), `
aws_iam_role.r: role /r in 111122223333 of aws trusts a:Trust, boundary - -
aws_iam_role.r: attached 
aws_iam_policy.p: policy /? ? - for 
`},
		{"an attachment whose policy several resources decide", plan([]string{
			managed("aws_iam_role.r", `{"name": "r", `+trust+`}`, unknown),
			managed("aws_iam_policy.p", `{"name": "p", "policy": "{\"Statement\": []}"}`, unknown),
			managed("aws_iam_role_policy_attachment.a", `{"role": "r"}`, `{"policy_arn": true}`),
		}, caller, `{`+aws+`, "root_module": {"resources": [
			{"address": "aws_iam_role_policy_attachment.a", "expressions": {"policy_arn": {"references": ["aws_iam_policy.p.arn", "aws_iam_policy.p", "var.other"]}}}]}}`), `
aws_iam_role.r: role /r in 111122223333 of aws trusts a:Trust, boundary - -
aws_iam_role.r: attached ?
aws_iam_policy.p: policy /p arn:aws:iam::111122223333:policy/p !Statement: the list is empty; want at least one item for 
`},
		{"a manifest that is not known is said, and a resource that begins like another is not that", plan([]string{
			managed("aws_iam_policy.p", `{"name": "p", "policy": null}`, `{"arn": true}`),
			managed("aws_iam_policy.pp", `{"name": "pp", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"a:PP\", \"Resource\": \"*\"}}"}`, `{"arn": true}`),
			managed("aws_iam_role.r", `{"name": "r", `+trust+`, "permissions_boundary": null}`, `{"arn": true, "permissions_boundary": true, "managed_policy_arns": true}`),
			managed("kubernetes_manifest.m", `{}`, `{"manifest": true}`),
		}, "", `{"root_module": {"resources": [{"address": "aws_iam_role.r", "expressions": {"managed_policy_arns": {"references": ["aws_iam_policy.p"]}, "permissions_boundary": {"references": ["aws_iam_policy.pp.arn", "aws_iam_policy.pp", "aws_iam_policy.p"]}}}]}}`), `
aws_iam_role.r: role /r in ? of ? trusts a:Trust, boundary ? -
aws_iam_role.r: attached ?
aws_iam_policy.p: policy /p ? - for 
aws_iam_policy.pp: policy /pp ? a:PP for 
kubernetes_manifest.m: unread the object of kubernetes_manifest.m
`},
		{"what a role lists is of the resources that attach it, or did, and of no one else's", plan([]string{
			`{"address": "aws_iam_role.r", "type": "aws_iam_role", "name": "r", "change": {"actions": ["no-op"], "after": {"name": "r", ` + trust + `,
				"inline_policy": [{"name": "kept", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"a:Before\", \"Resource\": \"*\"}}"}, {"name": "gone", "policy": "{}"}, {"name": "byhand", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"a:ByHand\", \"Resource\": \"*\"}}"}],
				"managed_policy_arns": ["arn:kept", "arn:gone", "arn:byhand"]}}}`,
			`{"address": "aws_iam_role_policy.kept", "type": "aws_iam_role_policy", "name": "kept", "change": {"actions": ["update"], "before": {"name": "kept", "role": "r"}, "after": {"name": "kept", "role": "r", "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"a:After\", \"Resource\": \"*\"}}"}}}`,
			`{"address": "aws_iam_role_policy.gone", "type": "aws_iam_role_policy", "name": "gone", "change": {"actions": ["delete"], "before": {"name": "gone", "role": "r"}, "after": null}}`,
			`{"address": "aws_iam_role_policy_attachment.kept", "type": "aws_iam_role_policy_attachment", "name": "kept", "change": {"actions": ["no-op"], "after": {"role": "r", "policy_arn": "arn:kept"}}}`,
			`{"address": "aws_iam_policy_attachment.gone", "type": "aws_iam_policy_attachment", "name": "gone", "change": {"actions": ["delete"], "before": {"roles": ["r", "s"], "policy_arn": "arn:gone"}, "after": null}}`,
		}, caller, `{`+aws+`, "root_module": {"resources": [{"address": "aws_iam_role.r", "expressions": {}}]}}`), `
aws_iam_role.r: role /r in 111122223333 of aws trusts a:Trust, boundary - -
aws_iam_role.r: inline kept a:After
aws_iam_role.r: inline byhand a:ByHand
aws_iam_role.r: attached arn:kept arn:byhand
`},
		{"lists that are not known, beside an attachment that is not, and an object that is replaced later", plan([]string{
			managed("aws_iam_role.r", `{"name": "r", `+trust+`}`, `{"arn": true, "managed_policy_arns": true, "inline_policy": true}`),
			managed("aws_iam_role_policy_attachment.a", `{"role": "r"}`, `{"policy_arn": true}`),
			managed("aws_iam_role_policy_attachment.b", `{"role": "r"}`, `{"policy_arn": true}`),
			managed("aws_iam_policy.p", `{"name": "p", "policy": null}`, unknown),
			`{"address": "aws_iam_policy.p", "type": "aws_iam_policy", "name": "p", "deposed": "1", "change": {"actions": ["delete"], "before": {"name": "old"}, "after": null}}`,
		}, caller, `{`+aws+`, "root_module": {"resources": [
			{"address": "aws_iam_role.r", "expressions": {"managed_policy_arns": {"references": ["local.arns"]}, "inline_policy": {"references": ["local.policies"]}}},
			{"address": "aws_iam_role_policy_attachment.b", "expressions": {"policy_arn": {"references": ["aws_iam_policy.p.arn", "aws_iam_policy.p"]}}}]}}`), `
aws_iam_role.r: role /r in 111122223333 of aws trusts a:Trust, boundary - -
aws_iam_role.r: inline ? ?
aws_iam_role.r: attached ? arn:aws:iam::111122223333:policy/p ?
aws_iam_policy.p: policy /p arn:aws:iam::111122223333:policy/p - for 
`},
		{"a plan that refreshes has the resources in the state", `{"format_version": "1.2", "planned_values": {"root_module": {}}, "prior_state": {"format_version": "1.0", "values": {"root_module": {"child_modules": [{"address": "module.m", "resources": [
			{"address": "module.m.aws_iam_role.r", "mode": "managed", "type": "aws_iam_role", "name": "r", "values": {"arn": "arn:aws:iam::111122223333:role/r", "name": "r", ` + trust + `, "managed_policy_arns": ["arn:aws:iam::aws:policy/A"]}}]}]}}}}`, `
module.m.aws_iam_role.r: role /r in 111122223333 of aws trusts a:Trust, boundary - -
module.m.aws_iam_role.r: attached arn:aws:iam::aws:policy/A
`},
		{"who the default provider is says nothing of another", plan([]string{
			managed("aws_iam_role.r", `{"name": "r", `+trust+`}`, unknown),
			managed("aws_ecr_repository.e", `{"name": "e", "image_tag_mutability": "IMMUTABLE"}`, unknown),
		}, caller, `{"provider_config": {"aws": {"name": "aws"}, "aws.other": {"name": "aws", "alias": "other", "expressions": {"region": {"constant_value": "us-east-1"}}}}, "root_module": {"resources": [
			{"address": "data.aws_caller_identity.c", "provider_config_key": "aws"},
			{"address": "aws_iam_role.r", "provider_config_key": "aws.other", "expressions": {}}, {"address": "aws_ecr_repository.e", "provider_config_key": "aws", "expressions": {}}]}}`), `
aws_iam_role.r: role /r in ? of aws trusts a:Trust, boundary - -
aws_iam_role.r: attached 
aws_ecr_repository.e: image repository e in 111122223333 ? tags IMMUTABLE policy -
`},
		{"providers of AWS by another name", plan([]string{
			managed("aws_iam_role.r", `{"name": "r", `+trust+`}`, unknown),
		}, caller, `{"provider_config": {"amazon": {"name": "amazon", "full_name": "registry.terraform.io/hashicorp/aws"}, "amazon.other": {"name": "amazon", "full_name": "registry.terraform.io/hashicorp/aws", "alias": "other"}}, "root_module": {"resources": [
			{"address": "data.aws_caller_identity.c", "provider_config_key": "amazon"}, {"address": "aws_iam_role.r", "provider_config_key": "amazon.other"}]}}`), `
aws_iam_role.r: role /r in ? of ? trusts a:Trust, boundary - -
aws_iam_role.r: attached 
`},
		{"data sources, each once, and not from before if they are read again", plan([]string{
			managed("aws_iam_openid_connect_provider.p", `{"url": "oidc.example.com", "client_id_list": ["a"], "arn": "arn:aws:iam::111122223333:oidc-provider/oidc.example.com"}`, `{}`),
			`{"address": "data.aws_iam_policy.later", "mode": "data", "type": "aws_iam_policy", "name": "later", "change": {"actions": ["read"], "after": {"name": "l"}, "after_unknown": {"arn": true, "policy": true}}}`,
		}, `{"address": "data.aws_iam_policy.later", "mode": "data", "type": "aws_iam_policy", "name": "later", "values": {"name": "l", "arn": "arn:aws:iam::1:policy/l", "policy": "{}"}},
			{"address": "data.aws_iam_openid_connect_provider.p", "mode": "data", "type": "aws_iam_openid_connect_provider", "name": "p", "values": {"url": "oidc.example.com", "arn": "arn:aws:iam::111122223333:oidc-provider/oidc.example.com"}},
			{"address": "data.aws_ecr_repository.e", "mode": "data", "type": "aws_ecr_repository", "name": "e", "values": {"name": "e", "arn": "arn:aws:ecr:eu-central-1:111122223333:repository/e", "image_tag_mutability": "MUTABLE"}},
			{"address": "data.aws_ecr_repository.f", "mode": "data", "type": "aws_ecr_repository", "name": "f", "values": {"name": "e", "arn": "arn:aws:ecr:eu-central-1:111122223333:repository/e", "image_tag_mutability": "MUTABLE"}}`,
			`{`+aws+`}`), `
data.aws_iam_policy.later: policy /l ? ? for 
aws_iam_openid_connect_provider.p: provider https://oidc.example.com in 111122223333 takes a
data.aws_ecr_repository.e: image repository e in 111122223333 eu-central-1 tags MUTABLE policy ?
`},
		{"what is not read elsewhere", plan([]string{
			managed("kubernetes_config_map_v1.m", `{"metadata": [{"name": "m", "namespace": "n"}], "data": {"k": "v"}}`, `{}`),
			managed("aws_eks_fargate_profile.f", `{"cluster_name": "c", "selector": [{"namespace": "n", "labels": {"a": "b"}}, {"namespace": "o", "labels": {}}]}`, `{}`),
			managed("aws_organizations_policy.s", `{"name": "s", "type": "SERVICE_CONTROL_POLICY", "content": "{\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"a:B\", \"Resource\": \"*\"}}"}`, `{"id": true}`),
			managed("aws_organizations_policy_attachment.s", `{"target_id": "111122223333"}`, `{"policy_id": true}`),
			managed("helm_release.runners", `{"name": "r", "chart": "oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set"}`, `{}`),
			managed("helm_release.controller", `{"name": "c", "chart": "gha-runner-scale-set-controller"}`, `{}`),
			managed("aws_cloudformation_stack.s", `{"name": "s", "template_body": "{}"}`, `{}`),
			managed("aws_cloudformation_stack_set.s", `{"name": "s"}`, `{}`),
			managed("aws_ecr_registry_policy.p", `{"policy": "{\"Statement\": {\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"ecr:PutImage\", \"Resource\": \"*\"}}"}`, `{}`),
			managed("aws_iam_user_policy.u", `{"user": "ci", "name": "p", "policy": "{}"}`, `{}`),
			managed("aws_iam_user_policy_attachment.u", `{"user": "ci", "policy_arn": "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser"}`, `{}`),
			managed("aws_iam_group_policy.g", `{"name": "p", "policy": "{}"}`, `{"group": true}`),
			managed("aws_iam_group_policy_attachment.g", `{"group": "dev"}`, `{"policy_arn": true}`),
		}, caller, `{`+aws+`, "root_module": {"resources": [{"address": "aws_organizations_policy_attachment.s", "expressions": {"policy_id": {"references": ["aws_organizations_policy.s.id", "aws_organizations_policy.s"]}}}]}}`), `
aws_organizations_policy.s: organization SERVICE_CONTROL_POLICY s a:B targets known true 111122223333
aws_eks_fargate_profile.f: Fargate of c for n labels true
aws_eks_fargate_profile.f: Fargate of c for o labels false
kubernetes_config_map_v1.m: object ConfigMap n/m
kubernetes_config_map_v1.m: keys of m: 1
aws_iam_user_policy.u: IAM user "ci" in 111122223333: 1 inline, 0 attached
aws_iam_user_policy_attachment.u: IAM user "ci" in 111122223333: 0 inline, 1 attached
aws_iam_group_policy.g: IAM group aws_iam_group_policy.g in 111122223333: 1 inline, 0 attached
aws_iam_group_policy_attachment.g: IAM group "dev" in 111122223333: 0 inline, 1 attached
aws_ecr_registry_policy.p: registry policy in 111122223333 ?: ecr:PutImage
helm_release.runners: unread the manifest, which "helm get manifest" prints, of helm_release.runners
aws_cloudformation_stack.s: unread the template of aws_cloudformation_stack.s
aws_cloudformation_stack_set.s: unread the template of aws_cloudformation_stack_set.s
`},
		{"what a plan forgets stays, and what is sensitive is not known", `{"format_version": "1.2", "resource_changes": [
			{"address": "aws_iam_role.r", "type": "aws_iam_role", "name": "r", "change": {"actions": ["forget"], "before": {"name": "r", ` + trust + `, "inline_policy": [{"name": "i", "policy": "{}"}]}, "before_sensitive": {"inline_policy": [{"policy": true}]}, "after": null}},
			{"address": "aws_iam_role.d", "type": "aws_iam_role", "name": "d", "change": {"actions": ["delete"], "before": {"name": "d", ` + trust + `}, "after": null}},
			{"address": "aws_iam_role.r", "type": "aws_iam_role", "name": "r", "deposed": "1234", "change": {"actions": ["delete"], "before": {"name": "old", ` + trust + `}, "after": null}}]}`, `
aws_iam_role.r: role /r in ? of ? trusts a:Trust, boundary - -
aws_iam_role.r: inline i ?
aws_iam_role.r: attached 
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), showFacts(read(t, []byte(c.plan)))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestTheAccountThatTheUserNamesIsTheDefaultProviders(t *testing.T) {
	text := []byte(plan([]string{
		managed("aws_ecr_repository.e", `{"name": "e"}`, unknown),
		managed("aws_ecr_repository.f", `{"name": "f"}`, unknown),
		managed("aws_ecr_repository.g", `{"name": "g"}`, unknown),
		managed("aws_iam_policy.g", `{"name": "g", "arn": "arn:aws:iam::444455556666:policy/g"}`, `{}`),
	}, "", `{"provider_config": {"aws": {"name": "aws"}, "aws.other": {"name": "aws", "alias": "other"}}, "root_module": {"resources": [
		{"address": "aws_ecr_repository.e", "provider_config_key": "aws"}, {"address": "aws_ecr_repository.f", "provider_config_key": "aws.other"}]}}`))
	roots, err := source.Parse("f", text)
	if err != nil {
		t.Fatal(err)
	}
	all, err := terraform.Read(roots[0], text, "111122223333", "eu-central-1")
	if err != nil {
		t.Fatal(err)
	}
	all.ManagedPolicies = nil
	want := `
aws_ecr_repository.e: image repository e in 111122223333 eu-central-1 tags - policy -
aws_ecr_repository.f: image repository f in ? ? tags - policy -
aws_ecr_repository.g: image repository g in ? ? tags - policy -
`
	if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), showFacts(all)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestObjectsHaveSecretsAndNoWaivers(t *testing.T) {
	key := "AKIA" + "IOSFODNN7EXAMPLF"
	all := read(t, []byte(plan([]string{
		managed("kubernetes_manifest.m", `{"manifest": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "m", "annotations": {"keyless-runners/waive.KR012": "reason"}}, "data": {"key": "`+key+`"}}}`, `{}`),
		managed("aws_iam_user.u", `{"name": "`+key+`"}`, `{}`),
	}, "", `{}`)))
	if len(all.Waivers) > 0 {
		t.Errorf("got waivers %+v, want none: they would be for all of the line", all.Waivers)
	}
	if len(all.Secrets) != 1 || all.Secrets[0].Place.Resource() != "kubernetes_manifest.m" {
		t.Errorf("got secrets %+v, want that of the ConfigMap", all.Secrets)
	}
}

func TestWhatIsRefused(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{"format_version": "2.0", "planned_values": {}}`, `f:1:1: no plan as "terraform show -json" of Terraform 1 or OpenTofu 1 prints it: unsupported plan format version: "2.0.0" does not satisfy ">= 0.1, < 2.0"`},
		{`{"format_version": "2.0", "terraform_version": "3.0.0", "values": {}}`, `f:1:1: no state as "terraform show -json" of Terraform 1 or OpenTofu 1 prints it: unsupported state format version: "2.0.0" does not satisfy ">= 0.1, < 2.0"`},
		{`{"format_version": "1.2", "resource_changes": {}}`, `f:1:1: no plan as "terraform show -json" of Terraform 1 or OpenTofu 1 prints it: "resource_changes" is of the wrong kind: object`},
		{`{"format_version": "1.2", "planned_values": {}, "errored": true}`, `f:1:60: the plan failed, and does not have every resource: plan again`},
		{`{"format_version": "1.2", "planned_values": {}, "complete": false}`, `f:1:61: the plan is not complete, and what it leaves out may change who can push: plan without -target, or again after apply`},
		{`{"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"address": "aws_iam_role.r"}]}}}`, `f:1:1: a plan without its resource_changes: run "terraform plan -out FILE" and give what "terraform show -json FILE" prints, all of it`},
		{`{"version": 4, "terraform_version": "1.9.8", "serial": 1, "lineage": "l", "resources": []}`, `f:1:1: a state as Terraform stores it, in a form that may change: give what "terraform show -json" prints of it`},
	} {
		roots, err := source.Parse("f", []byte(c.text))
		if err != nil || !terraform.Recognize(roots[0]) {
			t.Fatalf("%s: not recognized: %v", c.text, err)
		}
		if _, err := terraform.Read(roots[0], []byte(c.text), "", ""); err == nil || err.Error() != c.want {
			t.Errorf("%s:\ngot  %v\nwant %s", c.text, err, c.want)
		}
	}
	for _, c := range []struct{ file, text, want string }{
		{"main.tf", `resource "aws_iam_role" "r" {}`, `main.tf: Terraform's configuration, of which Terraform alone knows what it comes to: run "terraform plan -out FILE" and give what "terraform show -json FILE" prints`},
		{"plan", "PK\x03\x04\x14", `plan: an archive, as "terraform plan -out" writes: give what "terraform show -json FILE" prints of it`},
		{"log.json", `{"@level":"info","@message":"Terraform 1.9.8"}`, `log.json: the log of a command of Terraform: run "terraform plan -out FILE" and give what "terraform show -json FILE" prints`},
	} {
		if err := terraform.Refuse(c.file, []byte(c.text)); err == nil || err.Error() != c.want {
			t.Errorf("%s: got  %v\nwant %s", c.file, err, c.want)
		}
	}
	if err := terraform.Refuse("a.yaml", []byte("kind: Pod")); err != nil {
		t.Errorf("got %v, want no error", err)
	}
}

func TestWhatIsNoneOfTerraforms(t *testing.T) {
	for _, text := range []string{
		`{"format_version": "1.0", "provider_schemas": {}}`,
		`{"format_version": "1.0", "valid": true, "diagnostics": []}`,
		`{"format_version": "1.0", "terraform_version": "1.9.8", "provider_selections": {}}`,
		`{"values": {"root_module": {}}}`,
		`{"version": 4, "resources": []}`,
	} {
		roots, err := source.Parse("f", []byte(text))
		if err != nil || terraform.Recognize(roots[0]) {
			t.Errorf("%s: recognized, want not: %v", text, err)
		}
	}
}

func TestAnEmptyStateIsRead(t *testing.T) {
	if got := showFacts(read(t, []byte(`{"format_version": "1.0", "terraform_version": "1.9.8"}`))); got != "" {
		t.Errorf("got %s, want nothing", got)
	}
	if got := showFacts(read(t, []byte(`{"format_version": "1.0"}`))); got != "" {
		t.Errorf("got %s, want nothing", got)
	}
}
