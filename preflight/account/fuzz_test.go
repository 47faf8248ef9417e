package account_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight/account"
	"keyless-runners/preflight/source"
)

// outputs are those that are read, each with a member in braces to replace.
var outputs = []string{
	`{"RoleDetailList": [{"Arn": "arn:aws:iam::1:role/r"}, <{"Arn": <"a">, "RoleName": <"r">, "Path": <"/">, "AssumeRolePolicyDocument": <{"Statement": <[]>}>, "RolePolicyList": <[<{"PolicyName": <"p">, "PolicyDocument": <{}>}>]>, "AttachedManagedPolicies": <[{"PolicyArn": <"a">}]>, "PermissionsBoundary": <{"PermissionsBoundaryArn": <"a">}>}>]}`,
	`{"Policies": [{"Arn": "a"}, {"Arn": <"a">, "PolicyName": <"p">, "DefaultVersionId": <"v1">, "PolicyVersionList": <[<{"Document": <{}>, "VersionId": <"v1">, "IsDefaultVersion": <true>}>]>}]}`,
	`{"Role": <{"Arn": <"a">, "AssumeRolePolicyDocument": <"%7B">}>}`,
	`{"OpenIDConnectProviderList": <[{"Arn": <"a">}]>}`,
	`{"Url": <"u">, "ClientIDList": <["a", <"b">]>, "ThumbprintList": <[]>}`,
	`{"repositories": <[{"repositoryArn": <"a">, "repositoryName": <"n">, "imageTagMutability": <"MUTABLE">}]>}`,
	`{"repositoryName": <"n">, "registryId": <"1">, "policyText": <"{}">}`,
	`{"cluster": <{"name": <"n">, "arn": <"arn:aws:eks:r:a:cluster/c">, "identity": <{"oidc": <{"issuer": <"i">}>}>}>}`,
	`{"association": <{"clusterName": <"c">, "namespace": <"n">, "serviceAccount": <"s">, "associationArn": <"arn:aws:eks:r:a:podidentityassociation/c/i">, "roleArn": <"a">, "targetRoleArn": <"b">, "disableSessionTags": <true>, "policy": <"{}">}>}`,
	`{"associations": <[{"associationArn": <"a">}, <{"associationArn": <"a">, "clusterName": <"c">, "namespace": <"n">, "serviceAccount": <"s">}>]>}`,
	`{"addon": <{"addonName": <"a">, "clusterName": <"c">}>}`,
	`{"fargateProfile": <{"clusterName": <"c">, "selectors": <[<{"namespace": <"n">, "labels": <{"a": <"b">}>}>]>}>}`,
	`{"Version": <"2012-10-17">, "Id": <"i">, "Statement": <[<{"Effect": <"Allow">, "Principal": <{"AWS": <"*">}>, "Action": <["a:B"]>, "Condition": <{"StringEquals": <{"a": <"b">}>}>}>]>}`,
}

// hostile are values that nobody wants.
var hostile = []string{
	"null", "0", "-1e999", "true", `""`, `":::::"`, `"arn:::::"`, `"%7B%ZZ"`, `"{{{"`, `"[1]"`, `"---\n---"`, "[]", "{}", "[null]", "[[]]", "[{}]", `["a"]`, `{"a": null}`, `{"Arn": []}`,
}

// hostileTexts are the outputs with every value that nobody wants in every place
// in turn.
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
	texts := hostileTexts()
	if len(texts) < 500 {
		t.Errorf("got %d texts, want five hundred", len(texts))
	}
	for _, text := range texts {
		if _, err := source.Parse("f", []byte(text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		readAny(t, text)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	f.Fuzz(readAny)
}

// readAny reads what can be read and checks what holds of all facts: what the
// proof needs is known, or it is said why not.
func readAny(t *testing.T, text string) {
	roots, err := source.Parse("f", []byte(text))
	if err != nil {
		return
	}
	for _, root := range roots {
		account.Recognize(root)
		all := account.Read(root)
		if account.RecognizeDocument(root) {
			read := account.ReadDocument(root)
			all.Add(&read)
		}
		for _, r := range all.Roles {
			if !r.Name.There || !r.Account.There || !r.Partition.There || !r.Trust.There || !r.Path.There {
				t.Errorf("%s: got role %+v", text, r)
			}
		}
		for _, p := range all.Providers {
			if !p.URL.There || !p.Account.There {
				t.Errorf("%s: got provider %+v", text, p)
			}
		}
		if shown := showFacts(all); strings.Contains(shown, "??") {
			t.Errorf("%s: unknown for no reason:\n%s", text, shown)
		}
	}
}
