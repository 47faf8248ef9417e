// Package story prints a rehearsal while it happens, for readers who never saw the
// project: what is done, what came of it, and how long it took. In a pipe every step is
// one line; a terminal shows the step that is under way, too.
package story

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// Story is told to one writer. Its methods may be called from several goroutines.
type Story struct {
	writer   io.Writer
	terminal bool
	began    time.Time
	// now is time.Now, or a test's clock.
	now func() time.Time

	mu sync.Mutex
	// pending is the step under way that the terminal's last line shows.
	pending string
}

// New begins a story. On a terminal, lines are rewritten.
func New(writer io.Writer, terminal bool) *Story {
	return &Story{writer: writer, terminal: terminal, began: time.Now(), now: time.Now}
}

// Chapter says what the next steps are about.
func (s *Story) Chapter(title string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clear()
	if s.terminal {
		title = "\033[1m" + title + "\033[0m"
	}
	fmt.Fprintf(s.writer, "\n%s\n", title)
}

// Line prints something that took no time.
func (s *Story) Line(format string, values ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.print(fmt.Sprintf(format, values...), "")
}

// width is the width of the narrowest terminal: what is longer than a line could not be
// taken away again.
const width = 80

// Doing shows on a terminal what is under way, until the next line.
func (s *Story) Doing(format string, values ...any) {
	if !s.terminal {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clear()
	s.pending = fmt.Sprintf("%s  %s ...", s.clock(), fmt.Sprintf(format, values...))
	if len(s.pending) >= width {
		s.pending = s.pending[:width-5] + " ..."
	}
	fmt.Fprint(s.writer, s.pending)
}

// Step does something that takes time, and prints the outcome that the function returns,
// or the error that it returns, and for how long it took.
func (s *Story) Step(what string, do func() (string, error)) error {
	s.Doing("%s", what)
	start := s.now()
	came, err := do()
	took := fmt.Sprintf(" (%.1f s)", s.now().Sub(start).Seconds())
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.print(what+": failed", took)
		return fmt.Errorf("%s: %w", what, err)
	}
	if came != "" {
		what += ": " + came
	}
	s.print(what, took)
	return nil
}

func (s *Story) print(text, suffix string) {
	s.clear()
	first, rest, more := strings.Cut(text, "\n")
	fmt.Fprintf(s.writer, "%s  %s%s\n", s.clock(), first, suffix)
	if more {
		fmt.Fprintf(s.writer, "         %s\n", strings.ReplaceAll(rest, "\n", "\n         "))
	}
}

// clear takes the step under way off the terminal.
func (s *Story) clear() {
	if s.pending != "" {
		fmt.Fprint(s.writer, "\r\033[K")
		s.pending = ""
	}
}

func (s *Story) clock() string {
	return fmt.Sprintf("%6.1f s", s.now().Sub(s.began).Seconds())
}
