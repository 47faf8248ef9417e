package command

import (
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestVersionIsTheNewestOfTheChangelog(t *testing.T) {
	changelog, err := os.ReadFile("../../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	heading := regexp.MustCompile(`(?m)^## ([0-9]+\.[0-9]+\.[0-9]+) \((unreleased|[0-9]{4}-[0-9]{2}-[0-9]{2})\)$`)
	newest := heading.FindSubmatch(changelog)
	if newest == nil {
		t.Fatalf("CHANGELOG.md has no heading like %q", "## 0.2.0 (unreleased)")
	}
	if string(newest[1]) != version {
		t.Errorf("got version %s, the newest of CHANGELOG.md is %s", version, newest[1])
	}
	if first := regexp.MustCompile(`(?m)^## .*$`).Find(changelog); string(first) != string(newest[0]) {
		t.Errorf("the first heading of CHANGELOG.md is %q, want a version and its day, or unreleased", first)
	}
}

func TestVersionText(t *testing.T) {
	platform := " " + runtime.GOOS + "/" + runtime.GOARCH
	setting := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	for _, test := range []struct {
		name string
		info debug.BuildInfo
		want string
	}{
		{"of a changed commit", debug.BuildInfo{
			GoVersion: "go1.26.0",
			Settings:  []debug.BuildSetting{setting("vcs.revision", "0123abcd"), setting("vcs.modified", "true")},
			Deps: []*debug.Module{
				{Path: "github.com/aws/aws-cdk-go/awscdk/v2", Version: "v2.270.0"},
				{Path: "github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2", Version: "v2.69.20"},
				{Path: "github.com/aws/jsii-runtime-go", Version: "v1.139.0", Replace: &debug.Module{Path: "../jsii"}},
			},
		}, "keyless 0.2.0\n" +
			"commit 0123abcd, modified\n" +
			"go1.26.0" + platform + "\n" +
			"github.com/aws/aws-cdk-go/awscdk/v2 v2.270.0\n" +
			"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2 v2.69.20\n" +
			"github.com/aws/jsii-runtime-go v1.139.0 => ../jsii\n"},
		{"of a commit", debug.BuildInfo{
			GoVersion: "go1.26.0",
			Settings:  []debug.BuildSetting{setting("vcs.revision", "0123abcd"), setting("vcs.modified", "false")},
		}, "keyless 0.2.0\n" +
			"commit 0123abcd\n" +
			"go1.26.0" + platform + "\n" +
			"github.com/aws/aws-cdk-go/awscdk/v2 unknown\n" +
			"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2 unknown\n" +
			"github.com/aws/jsii-runtime-go unknown\n"},
		{"that renders nothing", debug.BuildInfo{
			GoVersion: "go1.26.0",
			Deps:      []*debug.Module{{Path: "github.com/spf13/cobra", Version: "v1.10.1"}},
		}, "keyless 0.2.0\n" +
			"commit unknown\n" +
			"go1.26.0" + platform + "\n"},
		{"without Git", debug.BuildInfo{GoVersion: "go1.26.0"}, "keyless 0.2.0\n" +
			"commit unknown\n" +
			"go1.26.0" + platform + "\n" +
			"github.com/aws/aws-cdk-go/awscdk/v2 unknown\n" +
			"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2 unknown\n" +
			"github.com/aws/jsii-runtime-go unknown\n"},
	} {
		if got := versionText(&test.info); got != test.want {
			t.Errorf("%s: got\n%swant\n%s", test.name, got, test.want)
		}
	}
}
