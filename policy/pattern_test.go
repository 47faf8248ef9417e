package policy_test

import (
	"strings"
	"testing"
	"time"

	"keyless-runners/policy"
)

// A matcher that tries every way to share the text among the stars would not end before the tests'
// time is up.
func TestEvaluateIsNotHeldUpByManyStars(t *testing.T) {
	document := parsed(t, `{"Statement":{"Effect":"Allow","Action":"*","Resource":"`+strings.Repeat("*a", 1000)+`*b"}}`)
	request := policy.Request{Resource: strings.Repeat("a", 5000)}
	if got := policy.Evaluate(request, document).Outcome; got != policy.ImplicitDeny {
		t.Errorf("got %s, want %s", got, policy.ImplicitDeny)
	}
}

// It takes tenths of a second; a parser that read the rest again for each value would take minutes.
func TestParseIsNotHeldUpByALargeText(t *testing.T) {
	start := time.Now()
	text := `{"Statement":{"Effect":"Allow","Action":["a"` + strings.Repeat(`,"a"`, policy.MaxTextSize/4-20) + `]}}`
	if got := len(parsed(t, text).Statement[0].Action); got != policy.MaxTextSize/4-19 {
		t.Errorf("got %d actions, want %d", got, policy.MaxTextSize/4-19)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %s, want less than a minute", took)
	}
}
