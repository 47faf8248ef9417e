package keyless_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"go.yaml.in/yaml/v3"
)

// The templates of the controller's chart use the README's values. The chart is the one
// that the Go module v0.27.6 carries, whose version is 0.23.5: no module has 0.23.7.
func TestHelmValuesOfTheReadmeAreUsed(t *testing.T) {
	templates := chartTemplates(t)
	for _, key := range []string{"authSecret.name", "image.dindSidecarRepositoryAndTag", "env.https_proxy", "env.no_proxy"} {
		if !has(helmValues(t), strings.Split(key, ".")) {
			t.Errorf("the README's values lack %s", key)
		}
	}
	for _, key := range keys("", helmValues(t)) {
		if strings.HasPrefix(key, "env.") {
			key = "env" // whose keys are the user's
		}
		if !regexp.MustCompile(`\.Values\.` + regexp.QuoteMeta(key) + `\b`).MatchString(templates) {
			t.Errorf("no template of the chart uses the README's value %s", key)
		}
	}
}

// commented is a line of YAML that is commented out.
var commented = regexp.MustCompile(`(?m)^# ( *[a-z_]+:( \S+)?)$`)

// helmValues are the README's values.yaml, with what is commented out there.
func helmValues(t *testing.T) map[string]any {
	t.Helper()
	var values map[string]any
	walkReadme(t, func(block *ast.FencedCodeBlock, source []byte) {
		text := content(block, source)
		if !strings.HasPrefix(text, "# values.yaml\n") {
			return
		}
		if err := yaml.Unmarshal([]byte(commented.ReplaceAllString(text, "$1")), &values); err != nil {
			t.Fatal(err)
		}
	}, func(string) {})
	return values
}

func has(values map[string]any, path []string) bool {
	value, ok := values[path[0]]
	if len(path) == 1 {
		return ok
	}
	inner, _ := value.(map[string]any)
	return inner != nil && has(inner, path[1:])
}

// keys are the paths of all values.
func keys(prefix string, values map[string]any) []string {
	var all []string
	for key, value := range values {
		if inner, ok := value.(map[string]any); ok {
			all = append(all, keys(prefix+key+".", inner)...)
		} else {
			all = append(all, prefix+key)
		}
	}
	return all
}

// chartTemplates are the templates of the controller's chart.
func chartTemplates(t *testing.T) string {
	t.Helper()
	module, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/actions/actions-runner-controller").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	folder := os.DirFS(filepath.Join(strings.TrimSpace(string(module)), "charts/actions-runner-controller/templates"))
	err = fs.WalkDir(folder, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(folder, file)
		all.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
