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

// answer is a truth, and why it is Possibly and where.
type answer struct {
	truth        Truth
	why, element string
}

func possibly(why string) answer {
	return answer{truth: Possibly, why: why}
}

// certain is the truth of what is certain.
func certain(holds bool) answer {
	if holds {
		return answer{truth: Yes}
	}
	return answer{}
}

func (f answer) in(element string) answer {
	if f.truth == Possibly {
		f.element = element
	}
	return f
}

// and is the smaller of both, or the greater.
func (f answer) and(other answer) answer {
	if other.truth < f.truth {
		return other
	}
	return f
}

func (f answer) or(other answer) answer {
	if other.truth > f.truth {
		return other
	}
	return f
}

func (f answer) not() answer {
	f.truth = Yes - f.truth
	return f
}
