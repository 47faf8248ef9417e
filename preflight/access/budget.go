package access

import "keyless-runners/policy"

// Budget bounds what all divisions into classes cost together, so that no files can make a
// check take for ever. The zero value is a whole one.
type Budget struct{ spent int }

const (
	// maxSpent is the budget in steps of policy.Partition; a trust policy with a pattern
	// costs some hundreds.
	maxSpent = 100_000_000
	// stepsOfDecision is about what it costs to decide about one class.
	stepsOfDecision = 100
	// maxDecisions bounds how many combinations of classes are asked about in one policy.
	maxDecisions = 20_000
)

// divide is policy's Partition, within the budget.
func (b *Budget) divide(universe policy.Universe, attribute policy.Attribute, request policy.Request, documents []policy.Document, more ...policy.Pattern) (policy.Partition, error) {
	if b.spent > maxSpent {
		return policy.Partition{}, policy.ErrTooManyStates
	}
	partition, err := universe.Partition(attribute, request, documents, more...)
	b.spent += partition.Steps
	return partition, err
}

// cut is policy's Divide, within the budget.
func (b *Budget) cut(universe policy.Universe, patterns []policy.Pattern) (policy.Partition, error) {
	if b.spent > maxSpent {
		return policy.Partition{}, policy.ErrTooManyStates
	}
	partition, err := universe.Divide(patterns)
	b.spent += partition.Steps
	return partition, err
}

// decide reports an error if so many decisions are too many.
func (b *Budget) decide(combinations int) error {
	if b.spent += combinations * stepsOfDecision; combinations > maxDecisions || b.spent > maxSpent {
		return policy.ErrTooManyStates
	}
	return nil
}
