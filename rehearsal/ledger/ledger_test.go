package ledger_test

import (
	"sync"
	"testing"
	"time"

	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/verdict"
)

func TestALedgerKeepsAttemptsInTheirOrder(t *testing.T) {
	var l ledger.Ledger
	before := time.Now()
	l.Add(ledger.Entry{Who: "a", Action: "ecr:PutImage", Resource: "*", Verdict: verdict.Refused("token expired")})
	mark := l.Mark()
	l.Add(ledger.Entry{Who: "b", Action: "ecr:PutImage", Resource: "*"})
	all, since := l.Since(0), l.Since(mark)
	if len(all) != 2 || all[0].Who != "a" || all[1].Who != "b" || all[0].Verdict.Reason != "token expired" {
		t.Errorf("got %+v, want those of a and b", all)
	}
	if len(since) != 1 || since[0].Who != "b" {
		t.Errorf("got %+v behind the mark, want that of b", since)
	}
	if all[0].Time.Before(before) || all[1].Time.Before(all[0].Time) {
		t.Errorf("got the times %s and %s, want them in order", all[0].Time, all[1].Time)
	}
}

func TestWhatWasReadIsNotWhatIsKept(t *testing.T) {
	var l ledger.Ledger
	l.Add(ledger.Entry{Who: "a"})
	l.Since(0)[0].Who = "b"
	if got := l.Since(0)[0].Who; got != "a" {
		t.Errorf("got %q, want a", got)
	}
}

func TestSeveralMayWriteAtOnce(t *testing.T) {
	var l ledger.Ledger
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			l.Add(ledger.Entry{})
			l.Since(l.Mark())
		})
	}
	group.Wait()
	if got := len(l.Since(0)); got != 50 {
		t.Errorf("got %d entries, want 50", got)
	}
}
