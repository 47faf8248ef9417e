package source

// fewMembers is up to how many members of an object are looked through for a name. Most
// objects have fewer, and a map for each would cost more than the object.
const fewMembers = 8

// object is an object that is being read: each name comes once.
type object struct {
	*Node
	// places are where the names are, of an object with many members.
	places map[string]Place
}

// add adds a member. It reports a name that is there already: one reader would take the
// first value, another the last.
func (o *object) add(member Member) error {
	if first, twice := o.placeOf(member.Name); twice {
		return problem(member.Place, "%q is written twice in one object, first on line %d; keep one", member.Name, first.Line)
	}
	o.Members = append(o.Members, member)
	switch {
	case o.places != nil:
		o.places[member.Name] = member.Place
	case len(o.Members) > fewMembers:
		o.places = map[string]Place{}
		for _, member := range o.Members {
			o.places[member.Name] = member.Place
		}
	}
	return nil
}

func (o *object) placeOf(name string) (place Place, there bool) {
	if o.places != nil {
		place, there = o.places[name]
		return place, there
	}
	if member := o.Member(name); member != nil {
		return member.Place, true
	}
	return Place{}, false
}
