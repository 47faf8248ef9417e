package github

// budget is how much work a file may still cause beyond reading it once: a matrix
// and inputs can stand for far more strings than the file has bytes.
type budget int

// spend takes off what a step costs; ok is false if there was not enough left.
func (b *budget) spend(cost int) (ok bool) {
	*b -= budget(cost)
	return *b >= 0
}

// join is the strings made of one of each.
func (b *budget) join(left, right value) value {
	if len(left) == 1 && len(left[0].text) == 0 && len(left[0].world) == 0 && left[0].node == nil {
		return right
	}
	if len(left)*len(right) > maxAlternatives*4 || !b.spend(len(left)*len(right)) {
		return unknownValue(kindUnknown, tooMany)
	}
	joined := make(value, 0, len(left)*len(right))
	for _, l := range left {
		for _, r := range right {
			world, ok := l.world.and(r.world)
			if !ok {
				continue
			}
			whole := alternative{text: l.string().and(r.string()), world: world}
			if !b.spend(1 + len(world) + whole.text.size()/64) {
				return unknownValue(kindUnknown, tooMany)
			}
			joined = append(joined, whole)
		}
	}
	return b.capped(joined)
}

// string is the alternative as a part of a string.
func (a alternative) string() pieces {
	if a.node != nil {
		return pieces{{kindUnknown, "it is " + a.node.Kind.String() + ", and no string"}}
	}
	return a.text
}

func (b *budget) in(v value, w world) value {
	if len(w) == 0 {
		return v
	}
	if !b.spend(len(v) * (1 + len(w))) {
		return unknownValue(kindUnknown, tooMany)
	}
	limited := make(value, 0, len(v))
	for _, a := range v {
		var ok bool
		if a.world, ok = a.world.and(w); ok {
			limited = append(limited, a)
		}
	}
	return limited
}

// capped is the value, unknown if it has too many alternatives.
func (b *budget) capped(v value) value {
	if len(v) > maxAlternatives || !b.spend(len(v)) {
		return unknownValue(kindUnknown, tooMany)
	}
	return v
}
