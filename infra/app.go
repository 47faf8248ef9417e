package infra

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
)

// Synth writes the cloud assembly of a checked fleet to outdir: a template for
// each stack, in "STACK.template.json", and what the CDK's command line needs
// beside them. It panics, as all of jsii does, when CDK's own validation of the
// templates finds an error; the findings are then on standard error.
func Synth(f fleet.Fleet, outdir string) {
	NewApp(f, outdir).Synth(nil)
}

// NewApp defines the stacks of a checked fleet.
func NewApp(f fleet.Fleet, outdir string) awscdk.App {
	app := awscdk.NewApp(&awscdk.AppProps{
		Outdir:             jsii.String(outdir),
		AnalyticsReporting: jsii.Bool(false),
		StackTraces:        jsii.Bool(false), // they would be of the kernel's JavaScript
		PostCliContext:     &settings,
	})
	for _, stack := range f.Stacks() {
		NewStack(app, stack, f.AllTags())
	}
	return app
}

// settings stand here and not in cdk.json, so that the same template comes out
// with and without the CDK's command line.
var settings = map[string]any{
	"@aws-cdk/core:validateAgainstDefaultRules": true,
	"aws:cdk:enable-path-metadata":              false,
}
