package render

import (
	"bytes"
	"testing"
)

func TestTemplateOf1MBIsTheLargest(t *testing.T) {
	size := func(n int) Files { return Files{"infra/a.template.json": bytes.Repeat([]byte(" "), n)} }
	if err := size(1_000_000).checkTemplates(); err != nil {
		t.Errorf("1,000,000 bytes: got %v, want no error", err)
	}
	want := "infra/a.template.json has 1000001 bytes, limit 1000000, nothing was written; give some pools another stack"
	if err := size(1_000_001).checkTemplates(); err == nil || err.Error() != want {
		t.Errorf("1,000,001 bytes: got %v, want %s", err, want)
	}
}
