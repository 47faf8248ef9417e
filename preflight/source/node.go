package source

// Kind says what a node is.
type Kind uint8

const (
	// Null is an empty value or the word null.
	Null Kind = iota
	String
	Number
	Bool
	List
	Map
	// Unknown is a value that the files do not state, because it is decided
	// when they are deployed. No file is read as one; who resolves references
	// makes them.
	Unknown
)

func (k Kind) String() string {
	return [...]string{"null", "a string", "a number", "a boolean", "a list", "an object", "unknown"}[k]
}

// Node is a value in a file. A nil node is a value that is not there: its methods
// can be called and find nothing.
type Node struct {
	Kind Kind
	// Plain reports that YAML has it without quotes, and not as a block.
	Plain bool
	// Block reports that YAML has it as a literal block ("|"), whose lines follow.
	Block bool
	// Tag is the local tag that YAML gave the value, such as "!Sub"; "" in JSON.
	Tag string
	// Text is the value of a string, number or boolean as it is written, without
	// quotes. For Unknown it says why.
	Text string
	// Items are the values of a list.
	Items []*Node
	// Members are the values of an object, in their order, each name once.
	Members []Member
	Place   Place
}

// Member is a name in an object and its value.
type Member struct {
	Name string
	// Place is where the name is written.
	Place Place
	Value *Node
}

// Get returns the value of a member, following one name after the other; nil if
// there is none.
func (n *Node) Get(names ...string) *Node {
	for _, name := range names {
		member := n.Member(name)
		if member == nil {
			return nil
		}
		n = member.Value
	}
	return n
}

// Member returns the member with the name, nil if there is none.
func (n *Node) Member(name string) *Member {
	if n == nil {
		return nil
	}
	for i := range n.Members {
		if n.Members[i].Name == name {
			return &n.Members[i]
		}
	}
	return nil
}

// Has reports whether there is a value and it is not null.
func (n *Node) Has(names ...string) bool {
	found := n.Get(names...)
	return found != nil && found.Kind != Null
}

// Is reports whether there is a node and it is of the kind.
func (n *Node) Is(kind Kind) bool {
	return n != nil && n.Kind == kind
}

// Scalar reports whether the node is a string, a number or a boolean.
func (n *Node) Scalar() bool {
	return n != nil && (n.Kind == String || n.Kind == Number || n.Kind == Bool)
}

// FirstUnknown returns the first unknown value in the tree, nil if there is none.
func (n *Node) FirstUnknown() (found *Node) {
	n.Walk(func(within *Node) bool {
		if found == nil && within.Kind == Unknown {
			found = within
		}
		return found == nil
	})
	return found
}

// Lines returns the first and the last line on which something of the tree is written.
func (n *Node) Lines() (first, last int) {
	first, last = n.Place.Line, n.Place.Line
	n.Walk(func(within *Node) bool {
		first, last = min(first, within.Place.Line), max(last, within.Place.Line)
		for _, member := range within.Members {
			first, last = min(first, member.Place.Line), max(last, member.Place.Line)
		}
		return true
	})
	return first, last
}

// Walk calls visit for the node and every node below it, until visit returns
// false for one: that one's values are left out.
func (n *Node) Walk(visit func(*Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, item := range n.Items {
		item.Walk(visit)
	}
	for _, member := range n.Members {
		member.Value.Walk(visit)
	}
}
