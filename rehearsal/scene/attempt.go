package scene

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/rehearsal/ledger"
)

// attempt is something that a principal tries.
type attempt struct {
	who, what string
	// try returns the refusal's text, "" if nothing was refused.
	try func(context.Context) (string, error)
	// refusal is part of the text that has to come back: it shows that the refusal has the
	// right reason. "" if nothing may be refused.
	refusal string
	// by says who refuses, where AWS is not even asked.
	by string
}

// row is an attempt's outcome, for the table at the end.
type row struct {
	who, what, outcome, by string
}

const (
	outcomeAllowed = "allowed"
	outcomeRefused = "refused"
)

// try makes every attempt, and keeps what came of it. The error names all that were let
// in, were refused for another reason, or were refused and must not be.
func (r *Rehearsal) try(ctx context.Context, attempts []attempt) error {
	var wrong []error
	for _, a := range attempts {
		r.Story.Doing("%s: %s", a.who, a.what)
		mark := r.Cloud.Ledger.Mark()
		told, err := a.try(ctx)
		if err != nil {
			return fmt.Errorf("%s: %s: could not be tried: %w", a.who, a.what, err)
		}
		if err := a.judge(told); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %s: %w", a.who, a.what, err))
			continue
		}
		r.rows = append(r.rows, a.row(r.Cloud.Ledger.Since(mark)))
	}
	return errors.Join(wrong...)
}

// row returns the outcome: the last entry that a door of AWS wrote down, and that ended in
// the same way, decided. What everyone may was decided by no policy.
func (a attempt) row(entries []ledger.Entry) row {
	allowed := a.refusal == ""
	came := row{a.who, a.what, outcomeRefused, a.by}
	if allowed {
		came.outcome = outcomeAllowed
	}
	for _, entry := range slices.Backward(entries) {
		if entry.Verdict.Allowed == allowed && (!allowed || entry.Verdict.Reason == "") {
			came.by = entry.Verdict.String()
			break
		}
	}
	return came
}

// judge compares the text that came back with the one that has to.
func (a attempt) judge(told string) error {
	switch {
	case a.refusal == "" && told != "":
		return fmt.Errorf("refused: %s", told)
	case a.refusal != "" && told == "":
		return errors.New("allowed")
	case !strings.Contains(told, a.refusal):
		return fmt.Errorf("refused, but not with %q: %s", a.refusal, told)
	}
	return nil
}
