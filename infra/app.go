package infra

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
)

// NewApp defines the stacks of a checked fleet. Synth writes the cloud assembly
// to outdir.
func NewApp(f fleet.Fleet, outdir string) awscdk.App {
	app := awscdk.NewApp(&awscdk.AppProps{
		Outdir:             jsii.String(outdir),
		AnalyticsReporting: jsii.Bool(false),
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
