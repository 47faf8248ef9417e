package eksctl_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"keyless-runners/identity"
	"keyless-runners/preflight/eksctl"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

const header = "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: example, region: us-west-2}\n"

func read(t *testing.T, text string, account identity.AccountID) facts.Facts {
	t.Helper()
	roots, err := source.Parse("cluster.yaml", []byte(text))
	if err != nil || !eksctl.Recognize(roots[0]) {
		t.Fatalf("not recognized: %v", err)
	}
	return eksctl.Read(roots[0], account, nil)
}

func TestOtherClusterConfigsAreNotRecognized(t *testing.T) {
	for _, text := range []string{"apiVersion: example.com/v1\nkind: ClusterConfig", "apiVersion: eksctl.io/v1alpha5\nkind: Other", "kind: ClusterConfig"} {
		roots, err := source.Parse("f", []byte(text))
		if err != nil || eksctl.Recognize(roots[0]) {
			t.Errorf("%s: recognized, want not: %v", text, err)
		}
	}
}

func TestServiceAccounts(t *testing.T) {
	for _, c := range []struct {
		name, of   string
		account    identity.AccountID
		annotation string
		roles      int
	}{
		{"a name that CloudFormation makes", "{metadata: {name: s, namespace: n}}", "111122223333", `?CloudFormation makes the name of the role of "n/s"; set roleName`, 1},
		{"a name, and an account that the user gives", "{metadata: {name: s, namespace: n}, roleName: r}", "111122223333", "arn:aws:iam::111122223333:role/r", 1},
		{"a name, and no account", "{metadata: {name: s}, roleName: r}", "", `?a ClusterConfig does not state its account; give it with --account, or add what "aws eks describe-cluster" prints`, 1},
		{"a role that exists", "{metadata: {name: s, namespace: n}, attachRoleARN: arn}", "", "arn", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := read(t, header+"iam: {serviceAccounts: ["+c.of+"]}", c.account)
			if len(all.ServiceAccounts) != 1 || len(all.Roles) != c.roles {
				t.Fatalf("got %+v and %+v", all.ServiceAccounts, all.Roles)
			}
			annotation := all.ServiceAccounts[0].Annotations[0]
			got := annotation.Value.Value
			if annotation.Value.Unknown != "" {
				got = "?" + annotation.Value.Unknown
			}
			if annotation.Key != "eks.amazonaws.com/role-arn" || got != c.annotation {
				t.Errorf("got %s: %s, want %s", annotation.Key, got, c.annotation)
			}
		})
	}
}

func TestWhatARoleMayDo(t *testing.T) {
	all := read(t, header+`iam:
  serviceAccounts:
  - metadata: {name: s}
    roleOnly: true
    attachPolicyARNs: [a, b]
    permissionsBoundary: edge
    attachPolicy: {Statement: {Effect: Allow, Action: "a:B", Resource: "*"}}
    wellKnownPolicies: {imageBuilder: true, autoScaler: true, externalDNS: false, newOne: true}
`, "")
	if len(all.ServiceAccounts) != 0 || len(all.Roles) != 1 {
		t.Fatalf("got %+v, want a role alone", all)
	}
	role := all.Roles[0]
	var attached, inline []string
	for _, arn := range role.Attached {
		attached = append(attached, arn.Value)
	}
	for _, policy := range role.Inline {
		what := "?" + policy.Document.Unknown
		if policy.Document.Unknown == "" {
			what = policy.Document.Policy.Statement[0].Action[0]
		}
		inline = append(inline, policy.Name.Value+" "+what)
	}
	if got, want := strings.Join(attached, ", "), "a, b, arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser"; got != want {
		t.Errorf("attached are %s, want %s", got, want)
	}
	if got, want := strings.Join(inline, ", "), `Policy1 a:B, autoScaler autoscaling:SetDesiredCapacity, newOne ?what eksctl's policy "newOne" allows is not known`; got != want {
		t.Errorf("inline are %s, want %s", got, want)
	}
	if !role.Boundary.Is("edge") || !strings.Contains(role.Trust.Unknown, `"default/s" alone`) {
		t.Errorf("got boundary %+v, trust %+v", role.Boundary, role.Trust)
	}
}

func TestAssociationsAndTheCluster(t *testing.T) {
	all := read(t, header+`iam:
  podIdentityAssociations:
  - {namespace: n, serviceAccountName: s, createServiceAccount: true}
  - {namespace: n, serviceAccountName: t, roleARN: arn}
addons: [{name: eks-pod-identity-agent}]
fargateProfiles: [{name: f, selectors: [{namespace: "n*", labels: {a: b}}]}]
`, "")
	first, second := all.PodIdentityAssociations[0], all.PodIdentityAssociations[1]
	if first.Role.LogicalID != "Role1 of n/s" || len(all.Roles) != 1 || all.Roles[0].LogicalID != first.Role.LogicalID {
		t.Errorf("got %+v, want the role that eksctl makes", first.Role)
	}
	if actions := all.Roles[0].Trust.Policy.Statement[0].Action; strings.Join(actions, ",") != "sts:AssumeRole,sts:TagSession" {
		t.Errorf("got %v", actions)
	}
	if !second.Role.ARN.Is("arn") || !second.Cluster.Is("example") || !second.Region.Is("us-west-2") || second.Account.Unknown == "" {
		t.Errorf("got %+v", second)
	}
	if len(all.ServiceAccounts) != 1 || len(all.ServiceAccounts[0].Annotations) != 0 {
		t.Errorf("got %+v, want one ServiceAccount without annotations", all.ServiceAccounts)
	}
	if len(all.Addons) != 1 || !all.Addons[0].Name.Is("eks-pod-identity-agent") || !all.FargateProfiles[0].Selectors[0].Labels {
		t.Errorf("got %+v and %+v", all.Addons, all.FargateProfiles)
	}
}

// The role of nodes is there if the file gives it policies: they push with it, and so does what runs
// on them.
func TestRolesOfNodes(t *testing.T) {
	all := read(t, header+`
nodeGroups:
- {name: a, iam: {withAddonPolicies: {imageBuilder: true}}}
- {name: b, iam: {withAddonPolicies: {ebs: true}}}
- {name: c}
managedNodeGroups:
- {name: d, iam: {attachPolicyARNs: ["arn:aws:iam::111122223333:policy/push"], instanceRoleName: nodes}}
- {name: e, iam: {instanceRoleARN: "arn:aws:iam::111122223333:role/x", withAddonPolicies: {imageBuilder: true}}}
`, "111122223333")
	var got []string
	for _, role := range all.Roles {
		got = append(got, fmt.Sprintf("%s: %s, %s by %s", role.LogicalID, role.Name, role.Attached, role.Trust.Policy.Statement[0].Principal.Service))
	}
	want := []string{
		"NodeInstanceRole of nodes a: ?, [arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser] by [ec2.amazonaws.com]",
		"NodeInstanceRole of nodes d: nodes, [arn:aws:iam::111122223333:policy/push] by [ec2.amazonaws.com]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// readAny reads what can be read and checks what holds of all facts.
func readAny(t *testing.T, text string) {
	roots, err := source.Parse("f", []byte(text))
	if err != nil {
		return
	}
	for _, root := range roots {
		eksctl.Recognize(root)
		all := eksctl.Read(root, "", nil)
		for _, r := range all.Roles {
			if !r.Name.There || !r.Account.There || !r.Partition.There || !r.Trust.There {
				t.Errorf("%s: got role %+v", text, r)
			}
		}
		for _, a := range all.PodIdentityAssociations {
			if !a.Cluster.There || !a.Namespace.There || !a.ServiceAccount.There || !a.Role.ARN.There {
				t.Errorf("%s: got association %+v", text, a)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, value := range []string{"null", "0", `""`, "[]", "{}", "[null]", "[{}]", `[{"metadata": []}]`, `[{"metadata": {"name": {}}, "wellKnownPolicies": [true]}]`, `[{"roleName": {}, "attachPolicy": [], "attachPolicyARNs": {}}]`} {
		f.Add(header + "nodeGroups: [{iam: " + value + "}]\nmanagedNodeGroups: " + value)
		for _, name := range []string{"serviceAccounts", "podIdentityAssociations"} {
			f.Add(header + "iam: {" + name + ": " + value + "}")
		}
		f.Add(header + "iam: " + value)
		f.Add(header + "addons: " + value + "\nfargateProfiles: " + value)
	}
	f.Fuzz(readAny)
}
