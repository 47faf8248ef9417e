package policy

// Truth says what is known: No, Possibly or Yes.
type Truth int

const (
	No Truth = iota
	Possibly
	Yes
)

func (t Truth) String() string {
	return [...]string{"no", "possibly", "yes"}[t]
}

// found is a truth, and why it is Possibly and where.
type found struct {
	truth        Truth
	why, element string
}

func possibly(why string) found {
	return found{truth: Possibly, why: why}
}

// known is the truth of what is certain.
func known(holds bool) found {
	if holds {
		return found{truth: Yes}
	}
	return found{}
}

func (f found) in(element string) found {
	if f.truth == Possibly {
		f.element = element
	}
	return f
}

// and is the smaller of both, or the greater.
func (f found) and(other found) found {
	if other.truth < f.truth {
		return other
	}
	return f
}

func (f found) or(other found) found {
	if other.truth > f.truth {
		return other
	}
	return f
}

func (f found) not() found {
	f.truth = Yes - f.truth
	return f
}
