package source

// Word returns the text of the scalar to which the names lead, "" if there is none.
func (n *Node) Word(names ...string) string {
	if value := n.Get(names...); value.Scalar() {
		return value.Text
	}
	return ""
}

// IsTrue reports whether the node is the boolean true.
func (n *Node) IsTrue() bool {
	return n != nil && n.Kind == Bool && n.Text == "true"
}

// Values returns the items of a list, or the one value that stands for a list of one; none
// if there is no value or it is null.
func (n *Node) Values() []*Node {
	switch {
	case n == nil || n.Kind == Null:
		return nil
	case n.Kind == List:
		return n.Items
	}
	return []*Node{n}
}

// Item returns an item of a list, nil if there is none.
func (n *Node) Item(i int) *Node {
	if n == nil || i >= len(n.Items) {
		return nil
	}
	return n.Items[i]
}

// Elements returns the items of a list; none of anything else.
func (n *Node) Elements() []*Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// Objects returns the items of a list that are objects.
func (n *Node) Objects() []*Node {
	var objects []*Node
	for _, item := range n.Elements() {
		if item.Kind == Map {
			objects = append(objects, item)
		}
	}
	return objects
}

// Each reads each of the values, in their order; nil if there are none.
func Each[T any](values []*Node, read func(*Node) T) (all []T) {
	for _, value := range values {
		all = append(all, read(value))
	}
	return all
}

// Entries returns the members of an object; none of anything else.
func (n *Node) Entries() []Member {
	if n == nil {
		return nil
	}
	return n.Members
}

// ByName returns the values of an object's members by their names.
func (n *Node) ByName() map[string]*Node {
	named := map[string]*Node{}
	for _, member := range n.Entries() {
		named[member.Name] = member.Value
	}
	return named
}
