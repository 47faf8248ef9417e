package ecr

import "sync"

// Trouble breaks the registries in ways that happen. It may be used by several
// goroutines at once.
type Trouble struct {
	mu           sync.Mutex
	every, count int
}

// Set has the registries refuse one upload in so many, as they do when they are
// overloaded; 0: they are not.
func (t *Trouble) Set(every int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.every, t.count = every, 0
}

// strikes reports whether the upload that begins is to be refused.
func (t *Trouble) strikes() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.every == 0 {
		return false
	}
	t.count++
	return t.count%t.every == 0
}
