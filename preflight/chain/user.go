package chain

import (
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// User is an IAM user, and where it has a grant with an access key or a password.
type User struct {
	User    *facts.User
	Reaches []access.Reach
	// Why says why it may have it on what is not known, "" if it does not.
	Why string
}

// Title names the user.
func (u User) Title() string { return u.User.Title() }

// usersWith are the users that have a grant on something, or may have.
func (c *Chains) usersWith(grant access.Grant) []User {
	var users []User
	for n := range c.Index.Facts.Users {
		user := &c.Index.Facts.Users[n]
		role := access.Role{ARN: user.ARN.Value, Account: user.Account.Value, User: user.Name.Value,
			Identity: c.PoliciesOfUser(user), Boundary: c.BoundaryOfUser(user), Organization: c.organizationOf(user.Account)}
		if found := (User{user, c.Repositories.Reaches(role, grant, false), role.UnknownResource(grant)}); len(found.Reaches) > 0 || found.Why != "" {
			users = append(users, found)
		}
	}
	return users
}

// grantsOfUser are where a user has its grant.
func grantsOfUser(u User) []Access {
	var rows []Access
	for _, reach := range u.Reaches {
		row := Access{ImageRepository: reach.Name, Who: u.Title(), Possibly: reach.Why, Role: "(the user's policies)", Place: u.User.Place}
		if !reach.Single {
			row.ImageRepositorySuchAs = access.RegistryName(reach.ARN)
		}
		rows = append(rows, row)
	}
	if u.Why != "" {
		rows = append(rows, Access{ImageRepository: "(not known)", Who: u.Title(), Possibly: u.Why, Role: "(the user's policies)", Place: u.User.Place})
	}
	return rows
}
