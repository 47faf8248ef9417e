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
	large := size(1_000_001)
	if err := large.checkTemplates(); err == nil || err.Error() != want {
		t.Errorf("1,000,001 bytes: got %v, want %s", err, want)
	}
	for _, name := range []string{"b", "c", "d", "e", "f", "g"} {
		large["infra/"+name+".template.json"] = large["infra/a.template.json"]
	}
	if err := large.checkTemplates(); err == nil || err.Error() != want {
		t.Errorf("several of 1,000,001 bytes: got %v, want the first", err)
	}
}
