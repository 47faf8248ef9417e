package migrate

import (
	"slices"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/policy"
	"keyless-runners/preflight"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// User is an IAM user that may push to image repositories of the fleet's pools, so that the keys
// may be its own. Which key a secret holds, no file says.
type User struct {
	Name, Account string
	// PushesTo are the image repositories, as REGISTRY/NAME.
	PushesTo []string
	// Unknown says why the user only may be able to; "" if it is for certain.
	Unknown string
}

// Users finds the users among what "aws iam get-account-authorization-details" printed to the
// files. It returns an error for a file that is something else.
func Users(f fleet.Fleet, files []string) (users []User, err error) {
	if len(files) == 0 {
		return nil, nil
	}
	read, _, err := preflight.Read(preflight.Input{Accounts: files})
	if err != nil {
		return nil, err
	}
	policies := index.New(read)
	for _, file := range files {
		content, err := source.Read(file)
		if err != nil {
			return nil, err
		}
		roots, err := source.Parse(file, content)
		if err != nil {
			return nil, err
		}
		for _, root := range roots {
			users = append(users, usersIn(root, policies, f)...)
		}
	}
	return users, nil
}

func usersIn(root *source.Node, policies *index.Index, f fleet.Fleet) (users []User) {
	for _, node := range items(root.Get("UserDetailList")) {
		user := User{Name: textIn(node, "UserName").Value, Account: accountOf(textIn(node, "Arn").Value)}
		documents := policies.Policies(asRole(root, node))
		for _, repository := range f.ImageRepositories {
			if string(repository.Account) != user.Account {
				continue
			}
			decision := access.Decide(policy.Request{Action: access.PutImage, Resource: repository.ID().ARN()}, documents...)
			if decision.Possible() {
				user.PushesTo = append(user.PushesTo, repository.ID().String())
			}
			if decision.Possible() && !decision.Allowed() && user.Unknown == "" {
				user.Unknown = decision.Why
			}
		}
		if len(user.PushesTo) > 0 {
			users = append(users, user)
		}
	}
	return users
}

// asRole has the policies of a user and its groups where those of a role are.
func asRole(root, user *source.Node) *facts.Role {
	role := &facts.Role{Place: user.Place}
	add := func(node *source.Node, inline string) {
		for _, one := range items(node.Get(inline)) {
			role.Inline = append(role.Inline, facts.Policy{Name: textIn(one, "PolicyName"), Document: facts.NewDocument(one.Get("PolicyDocument"), one.Place)})
		}
		for _, one := range items(node.Get("AttachedManagedPolicies")) {
			role.Attached = append(role.Attached, textIn(one, "PolicyArn"))
		}
	}
	add(user, "UserPolicyList")
	of := facts.TextsOf(user.Get("GroupList"))
	for _, group := range items(root.Get("GroupDetailList")) {
		if slices.ContainsFunc(of, func(name facts.Text) bool { return name.Is(textIn(group, "GroupName").Value) }) {
			add(group, "GroupPolicyList")
		}
	}
	return role
}

func items(list *source.Node) []*source.Node {
	if list == nil {
		return nil
	}
	return list.Items
}

func textIn(node *source.Node, name string) facts.Text {
	return facts.TextOf(node.Get(name), node.Place)
}

// accountOf is the account in an ARN.
func accountOf(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 {
		return ""
	}
	return parts[4]
}
