package story

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// told is a story whose clock goes on by half a second each time that it is read.
func told(terminal bool) (*Story, *strings.Builder) {
	var text strings.Builder
	s := New(&text, terminal)
	clock := s.began
	s.now = func() time.Time {
		clock = clock.Add(500 * time.Millisecond)
		return clock
	}
	return s, &text
}

func tell(s *Story) error {
	s.Chapter("AWS")
	if err := s.Step("cdk deploy", func() (string, error) { return "4 resources", nil }); err != nil {
		return err
	}
	s.Doing("waiting")
	s.Line("read back:\nrole build")
	return s.Step("push", func() (string, error) { return "", errors.New("denied") })
}

func TestPipeHasALineForEachStep(t *testing.T) {
	s, text := told(false)
	if err := tell(s); err == nil || err.Error() != "push: denied" {
		t.Errorf("got error %v", err)
	}
	const want = `
AWS
   1.5 s  cdk deploy: 4 resources (0.5 s)
   2.0 s  read back:
         role build
   3.5 s  push: failed (0.5 s)
`
	if got := text.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTerminalShowsWhatIsUnderWay(t *testing.T) {
	s, text := told(true)
	_ = tell(s)
	const want = "\n\033[1mAWS\033[0m\n" +
		"   0.5 s  cdk deploy ...\r\033[K   2.0 s  cdk deploy: 4 resources (0.5 s)\n" +
		"   2.5 s  waiting ...\r\033[K   3.0 s  read back:\n         role build\n" +
		"   3.5 s  push ...\r\033[K   5.0 s  push: failed (0.5 s)\n"
	if got := text.String(); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestWhatIsUnderWayFitsALine(t *testing.T) {
	s, text := told(true)
	s.Doing("%s", strings.Repeat("longer", 40))
	const want = "   0.5 s  longerlongerlongerlongerlongerlongerlongerlongerlongerlongerlonge ..."
	if got := text.String(); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}
