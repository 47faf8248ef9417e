package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// command is a command of the AWS CLI, known by the members of its output.
type command struct {
	recognize func(root *source.Node) bool
	read      func(all *facts.Facts, root *source.Node)
}

var commands = []command{
	{isAuthorizationDetails, readAuthorizationDetails},
	{isRole, readRole},
	{isProviderList, readProviderList},
	{isProvider, readProvider},
	{isImageRepositories, readImageRepositories},
	{isImageRepositoryPolicy, readImageRepositoryPolicy},
	{isRegistryPolicy, readRegistryPolicy},
	{isCluster, readCluster},
	{isOrganizationPolicy, readOrganizationPolicy},
	{isAssociation, readAssociation},
	{isAssociationList, readAssociationList},
	{isAddon, readAddon},
	{isFargateProfile, readFargateProfile},
}

// Recognize reports whether the tree is the output of a command that Read knows.
func Recognize(root *source.Node) bool {
	for _, c := range commands {
		if c.recognize(root) {
			return true
		}
	}
	return false
}

// Read returns the facts in an output; none if Recognize rejects it. Several outputs merged
// into one object are all read.
func Read(root *source.Node) facts.Facts {
	var all facts.Facts
	for _, c := range commands {
		if c.recognize(root) {
			c.read(&all, root)
		}
	}
	return all
}

// lists reports whether the member is a list, empty or of objects that have the
// name; only the first is checked.
func lists(root *source.Node, member, name string) bool {
	return root.Get(member).Is(source.List) && (len(root.Get(member).Items) == 0 || root.Get(member).Items[0].Has(name))
}
