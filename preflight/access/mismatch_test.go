package access_test

import (
	"slices"
	"testing"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// TestNearest asks why trust policies do not let the ServiceAccount ci/build in.
func TestNearest(t *testing.T) {
	issuer := access.Issuer{Provider: provider, Host: host, Cluster: true}
	const right = `"StringEquals":{sub:["system:serviceaccount:ci:build"]}`
	for _, test := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"nothing", []string{"Allow {" + right + "}"}, ""},
		{"another subject", []string{`Allow {"StringEquals":{sub:["system:serviceaccount:ci:web"]}}`},
			`StringEquals on "` + host + `:sub" wants "system:serviceaccount:ci:web", the token has "system:serviceaccount:ci:build"`},
		{"a wildcard that is a letter", []string{`Allow {"StringEquals":{sub:["system:serviceaccount:ci:*"]}}`},
			`StringEquals on "` + host + `:sub" wants "system:serviceaccount:ci:*", the token has "system:serviceaccount:ci:build": it compares letter by letter, and a wildcard in it is a letter`},
		{"another case", []string{`Allow {"StringEquals":{sub:["system:serviceaccount:ci:Build"]}}`},
			`StringEquals on "` + host + `:sub" wants "system:serviceaccount:ci:Build", the token has "system:serviceaccount:ci:build": they differ in upper and lower case`},
		{"blanks", []string{`Allow {"StringEquals":{sub:["system:serviceaccount:ci: build"]}}`},
			`StringEquals on "` + host + `:sub" wants "system:serviceaccount:ci: build", the token has "system:serviceaccount:ci:build": there are blanks in the policy`},
		{"the key of another issuer", []string{`Allow {"StringEquals":{"example.com:aud":["sts.amazonaws.com"]}}`},
			`condition key "example.com:aud" is of another issuer than the principal: the token's key is "` + host + `:aud"`},
		{"a key with a scheme", []string{`Allow {"StringEquals":{"https://` + host + `:aud":["sts.amazonaws.com"]}}`},
			`condition key "https://` + host + `:aud" has a scheme, the token's key is "` + host + `:aud"`},
		{"the nearer of two", []string{
			`Allow {"StringEquals":{sub:["system:serviceaccount:a:b"],aud:["vault"]}}`,
			`Allow {"StringEquals":{sub:["system:serviceaccount:ci:build"],aud:["vault"]}}`,
		}, `StringEquals on "` + host + `:aud" wants "vault", the token has "sts.amazonaws.com"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			mismatches, found := access.Nearest(trust(t, issuer, test.lines...), issuer.Request("system:serviceaccount:ci:build", "sts.amazonaws.com"))
			if got := access.Mismatched(mismatches); !found || got != test.want {
				t.Errorf("found %t:\n got %s\nwant %s", found, got, test.want)
			}
		})
	}
	if mismatches, found := access.Nearest(trust(t, issuer, "Deny {"+right+"}"), issuer.Request("system:serviceaccount:ci:build", "x")); found {
		t.Errorf("a Deny allows: %v", mismatches)
	}
}

func TestPodRequest(t *testing.T) {
	stated := func(value string) facts.Text { return facts.Text{Value: value, There: true} }
	association := func(change func(*facts.PodIdentityAssociation)) *facts.PodIdentityAssociation {
		a := &facts.PodIdentityAssociation{Cluster: stated("ci"), Account: stated("111122223333"), Region: stated("us-east-1"), Namespace: stated("runners"), ServiceAccount: stated("build")}
		change(a)
		return a
	}
	for _, test := range []struct {
		name, key  string
		change     func(*facts.PodIdentityAssociation)
		want       []string
		open, have bool
	}{
		{"the cluster", "aws:RequestTag/eks-cluster-arn", func(*facts.PodIdentityAssociation) {}, []string{"arn:aws:eks:us-east-1:111122223333:cluster/ci"}, false, true},
		{"the namespace", "aws:RequestTag/kubernetes-namespace", func(*facts.PodIdentityAssociation) {}, []string{"runners"}, false, true},
		{"the account", "aws:SourceAccount", func(*facts.PodIdentityAssociation) {}, []string{"111122223333"}, false, true},
		{"the Pod's name", "aws:RequestTag/kubernetes-pod-name", func(*facts.PodIdentityAssociation) {}, nil, true, false},
		{"a region that is not known", "aws:RequestTag/eks-cluster-arn", func(a *facts.PodIdentityAssociation) { a.Region = facts.Text{Unknown: "?", There: true} }, nil, true, false},
		{"an account that is not known", "aws:SourceAccount", func(a *facts.PodIdentityAssociation) { a.Account = facts.Text{Unknown: "?", There: true} }, nil, true, false},
		{"no tags", "aws:RequestTag/kubernetes-namespace", func(a *facts.PodIdentityAssociation) { a.DisableSessionTags = stated("true") }, nil, false, true},
		{"perhaps no tags", "aws:RequestTag/kubernetes-namespace", func(a *facts.PodIdentityAssociation) {
			a.DisableSessionTags = facts.Text{Unknown: "?", There: true}
		}, nil, true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			request := access.PodRequest(association(test.change), access.TagSession)
			got, have := request.Context[test.key]
			if !slices.Equal(got, test.want) || have != test.have || request.Open(test.key) != test.open {
				t.Errorf("got %q, there %t, open %t; want %q, there %t, open %t", got, have, request.Open(test.key), test.want, test.have, test.open)
			}
			if request.Action != "sts:TagSession" || !slices.Equal(request.Principal.Service, []string{"pods.eks.amazonaws.com"}) {
				t.Errorf("got %q by %q", request.Action, request.Principal.Service)
			}
		})
	}
}
