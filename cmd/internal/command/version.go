package command

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// version is this copy's version: the newest of CHANGELOG.md.
const version = "0.2.0"

// libraries decide, besides this project's code, what is rendered. A program that renders
// nothing has none of them.
var libraries = []string{
	"github.com/aws/aws-cdk-go/awscdk/v2",
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2",
	"github.com/aws/jsii-runtime-go",
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print what a report of a defect should begin with",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := io.WriteString(cmd.OutOrStdout(), cmd.Root().Version)
			return err
		},
	}
}

// built is what Go noted in this program, nothing if it was built without.
func built() *debug.BuildInfo {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info
	}
	return &debug.BuildInfo{}
}

// versionText is the version, and what the program was built from and with, a line each.
func versionText(info *debug.BuildInfo) string {
	var out strings.Builder
	fmt.Fprintf(&out, "keyless %s\n", version)
	fmt.Fprintf(&out, "commit %s\n", commit(info.Settings))
	fmt.Fprintf(&out, "%s %s/%s\n", cmp.Or(info.GoVersion, runtime.Version()), runtime.GOOS, runtime.GOARCH)
	for _, library := range libraries {
		if version := moduleVersion(info.Deps, library); version != "" || len(info.Deps) == 0 {
			fmt.Fprintf(&out, "%s %s\n", library, cmp.Or(version, "unknown"))
		}
	}
	return out.String()
}

// commit is the one that Git had checked out when the program was built. Go notes it
// unless it is told not to, or finds no repository.
func commit(settings []debug.BuildSetting) string {
	noted := map[string]string{}
	for _, setting := range settings {
		noted[setting.Key] = setting.Value
	}
	revision := cmp.Or(noted["vcs.revision"], "unknown")
	if noted["vcs.modified"] == "true" {
		revision += ", modified"
	}
	return revision
}

func moduleVersion(modules []*debug.Module, path string) string {
	for _, module := range modules {
		if module.Path != path {
			continue
		}
		if module.Replace != nil {
			return strings.TrimSpace(module.Version + " => " + module.Replace.Path + " " + module.Replace.Version)
		}
		return module.Version
	}
	return ""
}
