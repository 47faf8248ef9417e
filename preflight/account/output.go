package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// output is what one command prints.
type output struct {
	// recognize says whether the members are those of the command.
	recognize func(root *source.Node) bool
	// read adds what the output says.
	read func(all *facts.Facts, root *source.Node)
}

var outputs = []output{
	{isAuthorizationDetails, readAuthorizationDetails},
	{isRole, readRole},
	{isProviderList, readProviderList},
	{isProvider, readProvider},
	{isImageRepositories, readImageRepositories},
	{isImageRepositoryPolicy, readImageRepositoryPolicy},
	{isCluster, readCluster},
	{isOrganizationPolicy, readOrganizationPolicy},
	{isAssociation, readAssociation},
	{isAssociationList, readAssociationList},
	{isAddon, readAddon},
	{isFargateProfile, readFargateProfile},
}

// Recognize says whether the tree is the output of a command that Read knows.
func Recognize(root *source.Node) bool {
	for _, output := range outputs {
		if output.recognize(root) {
			return true
		}
	}
	return false
}

// Read is what an output says. Outputs that were merged into one object are read
// like each of them.
func Read(root *source.Node) facts.Facts {
	var all facts.Facts
	for _, output := range outputs {
		if output.recognize(root) {
			output.read(&all, root)
		}
	}
	return all
}

// lists says whether the member is a list, empty or of objects that have the
// name; the first stands for all.
func lists(root *source.Node, member, name string) bool {
	return isList(root, member) && (len(root.Get(member).Items) == 0 || root.Get(member).Items[0].Has(name))
}

// isList says whether the member is a list.
func isList(node *source.Node, member string) bool {
	value := node.Get(member)
	return value != nil && value.Kind == source.List
}

// isText says whether the member is a string.
func isText(node *source.Node, member string) bool {
	value := node.Get(member)
	return value != nil && value.Kind == source.String
}

// objects are the items of a list that are objects.
func objects(list *source.Node) []*source.Node {
	if list == nil {
		return nil
	}
	var all []*source.Node
	for _, item := range list.Items {
		if item.Kind == source.Map {
			all = append(all, item)
		}
	}
	return all
}
