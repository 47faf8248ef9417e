package initial

import (
	"testing"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// A fleet that is written twice from the same files is the same, even if a statement names the
// subjects of several issuers.
func TestTheFirstSubjectOfAStatementIsTaken(t *testing.T) {
	equals := policy.Condition{policy.StringEquals: {}}
	for _, host := range []string{"b", "c", "a", "d", "e", "f"} {
		equals[policy.StringEquals][host+":sub"] = policy.Values{"system:serviceaccount:ci:" + host}
	}
	want := identity.Subject{Namespace: "ci", ServiceAccount: "a"}
	if got, is := subjectOf(policy.Statement{Condition: equals}); got != want || !is {
		t.Errorf("got %v, %t, want %v", got, is, want)
	}
}
