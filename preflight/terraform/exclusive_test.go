package terraform_test

import (
	"fmt"
	"testing"
)

// An aws_iam_policy_attachment is to be the only one of its policy in the account.
func TestPolicyAttachmentsAreExclusive(t *testing.T) {
	const state = `{"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {"resources": [
		{"address": "aws_iam_role.r", "mode": "managed", "type": "aws_iam_role", "name": "r", "values": {"arn": "arn:aws:iam::111122223333:role/r", "name": "r", "path": "/", "assume_role_policy": "{}"}},
		{"address": "aws_iam_role_policy_attachment.r", "mode": "managed", "type": "aws_iam_role_policy_attachment", "name": "r", "values": {"role": "r", "policy_arn": "arn:aws:iam::111122223333:policy/p"}},
		{"address": "aws_iam_policy_attachment.all", "mode": "managed", "type": "aws_iam_policy_attachment", "name": "all", "values": {"name": "all", "roles": %s, "policy_arn": "arn:aws:iam::111122223333:policy/%s"}}]}}}`
	for _, test := range []struct{ name, roles, policy, want string }{
		{"that lists the role", `["r"]`, "p", "arn:aws:iam::111122223333:policy/p arn:aws:iam::111122223333:policy/p"},
		{"that lists another role", `["other"]`, "p", "?"},
		{"of another policy", `["other"]`, "q", "arn:aws:iam::111122223333:policy/p"},
	} {
		t.Run(test.name, func(t *testing.T) {
			all := read(t, fmt.Appendf(nil, state, test.roles, test.policy))
			if got := showAll(all.Roles[0].Attached); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
