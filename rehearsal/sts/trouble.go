package sts

import (
	"context"
	"sync"
	"time"
)

// Trouble breaks an endpoint in ways that happen. It may be used by several goroutines
// at once.
type Trouble struct {
	mu     sync.Mutex
	delay  time.Duration
	outage int
}

// Set makes every answer late by the delay, and the next answers as many as is said
// those of a service that is down.
func (t *Trouble) Set(delay time.Duration, outage int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.delay, t.outage = delay, outage
}

// strikes waits as long as the endpoint is slow, and reports whether it is down.
func (t *Trouble) strikes(ctx context.Context) bool {
	t.mu.Lock()
	delay, down := t.delay, t.outage > 0
	if down {
		t.outage--
	}
	t.mu.Unlock()
	select {
	case <-time.After(delay):
	case <-ctx.Done():
	}
	return down
}
