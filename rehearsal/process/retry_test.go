package process_test

import (
	"context"
	"errors"
	"testing"

	"keyless-runners/rehearsal/process"
)

func TestRetry(t *testing.T) {
	taken, broken := errors.New("etcd: listen tcp 127.0.0.1:2379: bind: address already in use"), errors.New("etcd: no space left on device")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		name     string
		ctx      context.Context
		failures []error
		starts   int
		want     error
	}{
		{"at once", t.Context(), nil, 1, nil},
		{"the port was taken", t.Context(), []error{taken, taken}, 3, nil},
		{"the port is taken each time", t.Context(), []error{taken, taken, taken, taken}, 3, taken},
		{"something else", t.Context(), []error{broken, broken}, 1, broken},
		{"the context has ended", ended, []error{taken, taken}, 1, taken},
	} {
		t.Run(test.name, func(t *testing.T) {
			starts := 0
			err := process.Retry(test.ctx, func() error {
				starts++
				if starts > len(test.failures) {
					return nil
				}
				return test.failures[starts-1]
			})
			if starts != test.starts || !errors.Is(err, test.want) {
				t.Errorf("%d starts and error %v, want %d and %v", starts, err, test.starts, test.want)
			}
		})
	}
}
