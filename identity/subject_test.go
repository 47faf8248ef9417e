package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestSubjectIsTheTokensClaim(t *testing.T) {
	subject := identity.Subject{Namespace: "actions-runners", ServiceAccount: "ecr-pusher"}
	wantText(t, subject.String(), "system:serviceaccount:actions-runners:ecr-pusher")
}

func TestSubjectReportsItsFirstWrongPart(t *testing.T) {
	testCheck(t, []checkCase[identity.Subject]{
		{"both parts right", identity.Subject{Namespace: "runners", ServiceAccount: "ecr.pusher"}, ""},
		{"zero value", identity.Subject{}, `namespace is missing`},
		{"namespace before ServiceAccount", identity.Subject{Namespace: "a_b", ServiceAccount: "a_b"}, `namespace "a_b": '_' at position 2 is not allowed; want lower-case letters, digits and -`},
		{"ServiceAccount", identity.Subject{Namespace: "runners"}, `ServiceAccount is missing`},
	})
}

func TestParseSubjectReadsWhatStringWrites(t *testing.T) {
	testParse(t, identity.ParseSubject, identity.Subject.String, []parseCase[identity.Subject]{
		{"hyphens", "system:serviceaccount:actions-runners:ecr-pusher", identity.Subject{Namespace: "actions-runners", ServiceAccount: "ecr-pusher"}, ""},
		{"dots in the ServiceAccount", "system:serviceaccount:a:b.c", identity.Subject{Namespace: "a", ServiceAccount: "b.c"}, ""},
	})
}

func TestParseSubjectRejectsAnyOtherText(t *testing.T) {
	none := identity.Subject{}
	testParse(t, identity.ParseSubject, identity.Subject.String, []parseCase[identity.Subject]{
		{"empty", "", none, `subject "": want system:serviceaccount:NAMESPACE:NAME`},
		{"wildcard", "*", none, `subject "*": want system:serviceaccount:NAMESPACE:NAME`},
		{"no name", "system:serviceaccount:runners", none, `subject "system:serviceaccount:runners": want system:serviceaccount:NAMESPACE:NAME`},
		{"another kind", "system:node:runners:pusher", none, `subject "system:node:runners:pusher": want system:serviceaccount:NAMESPACE:NAME`},
		{"capitals", "system:serviceAccount:runners:pusher", none, `subject "system:serviceAccount:runners:pusher": want system:serviceaccount:NAMESPACE:NAME`},
		{"GitHub's subject", "repo:octo/app:ref:refs/heads/main", none, `subject "repo:octo/app:ref:refs/heads/main": want system:serviceaccount:NAMESPACE:NAME`},
		{"empty namespace", "system:serviceaccount::pusher", none, `subject "system:serviceaccount::pusher": namespace is missing`},
		{"empty name", "system:serviceaccount:runners:", none, `subject "system:serviceaccount:runners:": ServiceAccount is missing`},
		{"any name", "system:serviceaccount:runners:*", none, `subject "system:serviceaccount:runners:*": ServiceAccount "*": '*' at position 1 is not allowed; want lower-case letters, digits and -, in parts joined by dots`},
		{"any namespace", "system:serviceaccount:*:pusher", none, `subject "system:serviceaccount:*:pusher": namespace "*": '*' at position 1 is not allowed; want lower-case letters, digits and -`},
		{"blank after a colon", "system:serviceaccount: runners:pusher", none, `subject "system:serviceaccount: runners:pusher": namespace " runners": ' ' at position 1 is not allowed; want lower-case letters, digits and -`},
		{"fifth part", "system:serviceaccount:a:b:c", none, `subject "system:serviceaccount:a:b:c": ServiceAccount "b:c": ':' at position 2 is not allowed; want lower-case letters, digits and -, in parts joined by dots`},
		{"newline", "system:serviceaccount:a:b\n", none, `subject "system:serviceaccount:a:b\n": ServiceAccount "b\n": '\n' at position 2 is not allowed; want lower-case letters, digits and -, in parts joined by dots`},
		{"placeholder of the article", "system:serviceaccount:YOUR_NAMESPACE:YOUR_SERVICE_ACCOUNT", none, `subject "system:serviceaccount:YOUR_NAMESPACE:YOUR_SERVICE_ACCOUNT": namespace "YOUR_NAMESPACE": 'Y' at position 1 is not allowed; want lower-case letters, digits and -`},
	})
}
