package terraform_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight/source"
	"keyless-runners/preflight/terraform"
)

// outputs are a plan and a state, with values in angle brackets to replace.
var outputs = []string{
	`{"format_version": <"1.2">, "complete": <true>, "variables": <{"v": <{"value": <"us-east-1">}>}>, "resource_changes": <[<{"address": <"module.m[0].aws_iam_role.r">, "module_address": <"module.m[0]">, "mode": <"managed">, "type": "aws_iam_role", "name": <"r">, "change": <{"actions": <["create"]>, "before": <{"name": <"r">}>, "after": <{"name": <"r">, "path": <"/">, "assume_role_policy": <"{}">, "inline_policy": <[<{"name": <"i">, "policy": <"{}">}>]>, "managed_policy_arns": <["a"]>}>, "after_unknown": <{"arn": <true>, "inline_policy": <[{"name": true}]>}>, "after_sensitive": <{"inline_policy": <[{"policy": true}]>}>}>}>, {"address": "aws_iam_role_policy_attachment.a", "type": "aws_iam_role_policy_attachment", "name": "a", "change": {"after": <{"role": <"r">}>, "after_unknown": {"policy_arn": <true>}}}, {"address": "kubernetes_manifest.s", "type": "kubernetes_manifest", "name": "s", "change": {"after": {"manifest": <{"apiVersion": <"v1">, "kind": <"ServiceAccount">, "metadata": <{"name": <"s">, "annotations": <{}>}>}>}, "after_unknown": {"manifest": <{"metadata": <{"annotations": <{"eks.amazonaws.com/role-arn": <true>}>}>}>}}}]>, "prior_state": <{"format_version": "1.0", "values": <{"root_module": <{"resources": <[{"mode": "data", "type": "aws_caller_identity", "name": "c", "values": <{"account_id": <"111122223333">}>}]>, "child_modules": <[]>}>}>}>, "configuration": <{"provider_config": <{"aws": <{"name": <"aws">, "expressions": <{"region": <{"references": <["var.v"]>}>}>}>}>, "root_module": <{"resources": <[{"address": <"aws_iam_role_policy_attachment.a">, "expressions": <{"policy_arn": <{"references": <["module.m[0].o"]>}>}>, "for_each_expression": <{"references": ["var.x"]}>}]>, "module_calls": <{"m": <{"expressions": <{"x": {"references": ["module.m[0].o"]}}>, "module": <{"outputs": <{"o": <{"expression": <{"references": <["var.x"]>}>}>}>}>}>}>}>}>}`,
	`{"format_version": <"1.0">, "terraform_version": <"1.9.8">, "values": <{"root_module": <{"address": <"">, "resources": <[<{"address": <"aws_iam_role.r">, "mode": <"managed">, "type": <"aws_iam_role">, "name": <"r">, "values": <{"arn": <"arn:aws:iam::1:role/r">, "name": <"r">, "assume_role_policy": <"{}">}>, "sensitive_values": <{"name": <true>}>}>, {"address": "b", "type": "aws_ecr_repository_policy", "name": "p", "values": {"repository": <"e">, "policy": <"{}">}}, {"address": "c", "type": "aws_eks_pod_identity_association", "name": "a", "values": {"association_arn": <"a">, "role_arn": <"r">}}, {"address": "d", "type": "aws_eks_cluster", "name": "c", "values": {"name": <"n">, "identity": <[<{"oidc": <[<{"issuer": <"i">}>]>}>]>}}, {"address": "e", "type": "kubernetes_service_account", "name": "s", "values": {"metadata": <[<{"name": <"s">, "annotations": <{"a": "b"}>}>]>}}, {"address": "f", "type": "aws_iam_policy_attachment", "name": "f", "values": {"roles": <["r", <"s">]>, "users": <["u"]>, "policy_arn": <"p">}}, {"address": "g", "type": "aws_iam_role_policy_attachments_exclusive", "name": "g", "values": {"role_name": <"r">, "policy_arns": <["p"]>}}]>, "child_modules": <[<{"address": <"module.m">, "resources": <[{"address": "h", "type": "aws_eks_fargate_profile", "values": {"selector": <[<{"namespace": <"n">, "labels": <{}>}>]>}}]>}>]>}>}>}`,
}

// hostile are values that nobody wants.
var hostile = []string{
	"null", "0", "-1e999", "true", `""`, `"."`, `"module"`, `"a[\"b"`, `":::::"`, `"{{{"`, "[]", "{}", "[null]", "[[]]", "[{}]", `["a", "a"]`, `[true]`, `{"a": null}`, `{"name": {}}`, `{"references": ["."]}`,
}

// hostileTexts are the outputs with every value that nobody wants in every place in turn.
func hostileTexts() []string {
	var texts []string
	for _, output := range outputs {
		plain := strings.NewReplacer("<", "", ">", "").Replace
		texts = append(texts, plain(output))
		for start := range len(output) {
			if output[start] != '<' {
				continue
			}
			end := closing(output, start)
			for _, value := range hostile {
				texts = append(texts, plain(output[:start])+value+plain(output[end+1:]))
			}
		}
	}
	return texts
}

// closing is where the bracket at start is closed.
func closing(text string, start int) int {
	depth := 0
	for i := start; ; i++ {
		switch text[i] {
		case '<':
			depth++
		case '>':
			if depth--; depth == 0 {
				return i
			}
		}
	}
}

func TestHostileOutputsAreRead(t *testing.T) {
	texts, accepted := hostileTexts(), 0
	for _, text := range texts {
		if _, err := source.Parse("f", []byte(text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if readAny(t, text) {
			accepted++
		}
	}
	if len(texts) < 2000 || accepted < len(texts)/2 {
		t.Errorf("got %d texts of which %d are read, want 2000 and half of them", len(texts), accepted)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { readAny(t, text) })
}

// readAny reads what can be read and checks what holds of all facts: what the proof needs is
// known, or it is said why not. It reports whether the text was accepted.
func readAny(t *testing.T, text string) bool {
	roots, err := source.Parse("f", []byte(text))
	if err != nil || len(roots) != 1 || !terraform.Recognize(roots[0]) {
		return false
	}
	all, err := terraform.Read(roots[0], []byte(text), "", "")
	if err != nil {
		return false
	}
	for _, r := range all.Roles {
		if !r.Name.There || !r.Account.There || !r.Partition.There || !r.Path.There {
			t.Errorf("%s: got role %+v", text, r)
		}
	}
	for _, p := range all.ManagedPolicies {
		if p.Place.Line == 0 {
			t.Errorf("%s: got policy %+v", text, p)
		}
	}
	for _, a := range all.PodIdentityAssociations {
		if !a.Cluster.There || !a.Namespace.There || !a.ServiceAccount.There || !a.Role.ARN.There {
			t.Errorf("%s: got association %+v", text, a)
		}
	}
	return true
}
