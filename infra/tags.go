package infra

import (
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// addTags puts tags on all that is below a construct and takes tags.
func addTags(construct constructs.IConstruct, tags map[string]string) {
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		awscdk.Tags_Of(construct).Add(jsii.String(key), jsii.String(tags[key]), nil)
	}
}
