package process

import (
	"context"
	"strings"
)

// attempts is how often a program is started whose port another took between
// its being found and its being used.
const attempts = 3

// Retry starts a program again, on other ports, if its output says that one it was
// given is in use.
func Retry(ctx context.Context, start func() error) error {
	for attempt := 1; ; attempt++ {
		err := start()
		if err == nil || ctx.Err() != nil || attempt == attempts || !strings.Contains(err.Error(), "address already in use") {
			return err
		}
	}
}
