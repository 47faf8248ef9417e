package infra

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
)

// Synth writes the cloud assembly of a fleet to outdir: a template for
// each stack, in "STACK.template.json", and what the CDK's command line needs
// beside them. It panics, as all of jsii does, when CDK's own validation of the
// templates finds an error; the findings are then on standard error.
func Synth(f fleet.Checked, outdir string) {
	app := NewApp(f, outdir)
	if err := releaseArchive(); err != nil {
		panic(err)
	}
	app.Synth(nil)
}

// NewApp defines the stacks of a fleet, in an app that writes to outdir.
func NewApp(f fleet.Checked, outdir string) awscdk.App {
	app := awscdk.NewApp(&awscdk.AppProps{
		Outdir:             jsii.String(outdir),
		AnalyticsReporting: jsii.Bool(false),
		StackTraces:        jsii.Bool(false), // they would be of the kernel's JavaScript
		PostCliContext:     &settings,
	})
	declared := f.Fleet()
	for _, stack := range declared.Stacks() {
		newStack(app, stack, declared.AllTags())
	}
	return app
}

// settings stand here and not in cdk.json, so that the same template comes out
// with and without the CDK's command line.
var settings = map[string]any{
	"@aws-cdk/core:validateAgainstDefaultRules": true,
	"aws:cdk:enable-path-metadata":              false,
}
