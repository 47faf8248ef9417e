package infra_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
	"keyless-runners/infra"
)

// Who has an app of the CDK defines parts of a checked fleet in stacks of their own, beside
// what else is there, and goes on from the resources.
func TestPartsOfAFleetGoIntoAnotherAppsStack(t *testing.T) {
	f := fleettest.Article()
	f.Tags = map[string]string{"team": "platform"}
	f.PullThroughCaches = []fleet.PullThroughCache{{Prefix: "quay", Account: "111122223333", Region: "us-east-1", Stack: "keyless-runners", Upstream: "quay.io"}}
	checked := fleettest.Checked(t, f)
	outdir := t.TempDir()
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(outdir), AnalyticsReporting: jsii.Bool(false)})
	stack := awscdk.NewStack(app, jsii.String("platform"), nil)
	bucket := awss3.NewCfnBucket(stack, jsii.String("Bucket"), nil)
	provider := infra.NewProvider(stack, jsii.String("Issuer"), &infra.ProviderProps{Fleet: checked, Cluster: "example"})
	repository := infra.NewImageRepository(stack, jsii.String("App"), &infra.ImageRepositoryProps{Fleet: checked, ImageRepository: f.ImageRepositories[0].ID()})
	cache := infra.NewPullThroughCache(stack, jsii.String("Quay"), &infra.PullThroughCacheProps{Fleet: checked, PullThroughCache: f.PullThroughCaches[0].ID()})
	cache.Template().Node().AddDependency(cache.Rule())
	pool := infra.NewPool(stack, jsii.String("Build"), &infra.PoolProps{Fleet: checked, Pool: "build"})
	pool.Construct().Node().AddDependency(bucket)
	for id, arn := range map[string]*string{
		"ProviderARN":   provider.Provider().AttrArn(),
		"RepositoryARN": repository.Repository().AttrArn(),
		"RoleARN":       pool.Role().AttrArn(),
		"PolicyARN":     pool.Policy().AttrPolicyArn(),
	} {
		awscdk.NewCfnOutput(stack, jsii.String(id), &awscdk.CfnOutputProps{Value: arn})
	}
	app.Synth(nil)

	content, err := os.ReadFile(filepath.Join(outdir, "platform.template.json"))
	if err != nil {
		t.Fatal(err)
	}
	var template struct {
		Resources map[string]struct {
			Type       string
			DependsOn  []string
			Properties struct{ Tags []struct{ Key, Value string } }
		}
		Outputs map[string]struct{ Value any }
	}
	if err := json.Unmarshal(content, &template); err != nil {
		t.Fatal(err)
	}
	var got []string
	for id, resource := range template.Resources {
		got = append(got, fmt.Sprint(id, " ", resource.Type, " ", resource.Properties.Tags, " ", resource.DependsOn))
	}
	slices.Sort(got)
	want := []string{
		"AppRepositoryFDD7DD9B AWS::ECR::Repository [{managed-by keyless-runners} {team platform}] []",
		"Bucket AWS::S3::Bucket [] []",
		"BuildPolicyB59BBC44 AWS::IAM::ManagedPolicy [] [Bucket]",
		"BuildRole056160F8 AWS::IAM::Role [{managed-by keyless-runners} {team platform}] [Bucket]",
		"IssuerProvider2FDAE043 AWS::IAM::OIDCProvider [{managed-by keyless-runners} {team platform}] []",
		"QuayRuleA4725645 AWS::ECR::PullThroughCacheRule [] []",
		"QuayTemplate32D07566 AWS::ECR::RepositoryCreationTemplate [] [QuayRuleA4725645]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for id, want := range map[string]string{
		"ProviderARN":   "map[Fn::GetAtt:[IssuerProvider2FDAE043 Arn]]",
		"RepositoryARN": "map[Fn::GetAtt:[AppRepositoryFDD7DD9B Arn]]",
		"RoleARN":       "map[Fn::GetAtt:[BuildRole056160F8 Arn]]",
		"PolicyARN":     "map[Fn::GetAtt:[BuildPolicyB59BBC44 PolicyArn]]",
	} {
		if got := fmt.Sprint(template.Outputs[id].Value); got != want {
			t.Errorf("output %s: got %s, want %s", id, got, want)
		}
	}
}

// What no check has seen is in no template.
func TestConstructsRefuseWhatTheFleetDoesNotCreateThere(t *testing.T) {
	f := fleettest.Article()
	f.Clusters[0].ExistingProvider, f.ImageRepositories[0].Existing = true, true
	f.ImageRepositories[0].Stack, f.ImageRepositories[0].KeepUntagged = "", 0
	f.PullThroughCaches = []fleet.PullThroughCache{{Prefix: "quay", Account: "111122223333", Region: "us-east-1", Existing: true}}
	f.Pools[0].Cluster, f.Pools[0].PushesTo = f.Clusters[0], f.ImageRepositories
	existing, checked := fleettest.Checked(t, f), fleettest.Checked(t, fleettest.Article())
	repository := f.ImageRepositories[0].ID()
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("platform"), nil)
	elsewhere := awscdk.NewStack(app, jsii.String("elsewhere"), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String("444455556666"), Region: jsii.String("us-east-1")}})
	abroad := awscdk.NewStack(app, jsii.String("abroad"), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("eu-west-1")}})
	provider := func(scope constructs.Construct, f fleet.Checked, name identity.ClusterName) func() {
		return func() {
			infra.NewProvider(scope, jsii.String("Refused"), &infra.ProviderProps{Fleet: f, Cluster: name})
		}
	}
	image := func(scope constructs.Construct, f fleet.Checked, id identity.ImageRepository) func() {
		return func() {
			infra.NewImageRepository(scope, jsii.String("Refused"), &infra.ImageRepositoryProps{Fleet: f, ImageRepository: id})
		}
	}
	cache := func(f fleet.Checked) func() {
		id := identity.ImageRepository{Registry: repository.Registry, Name: "quay"}
		return func() {
			infra.NewPullThroughCache(stack, jsii.String("Refused"), &infra.PullThroughCacheProps{Fleet: f, PullThroughCache: id})
		}
	}
	pool := func(scope constructs.Construct, f fleet.Checked, name identity.PoolName) func() {
		return func() { infra.NewPool(scope, jsii.String("Refused"), &infra.PoolProps{Fleet: f, Pool: name}) }
	}
	through := fleettest.Article()
	through.Pools[0].Way = fleet.WayPodIdentity
	through.Pools[0].TargetRole = &fleet.TargetRole{Account: "444455556666", Role: "push", Policy: "push", Stack: "images"}
	through.ImageRepositories[0].Account, through.ImageRepositories[0].Stack = "444455556666", "images"
	through.Pools[0].PushesTo = through.ImageRepositories
	target := func(scope constructs.Construct, id string, f fleet.Fleet) func() {
		return func() {
			infra.NewTargetRole(scope, jsii.String(id), &infra.PoolProps{Fleet: fleettest.Checked(t, f), Pool: "build"})
		}
	}
	for _, c := range []struct {
		define func()
		want   string
	}{
		{target(stack, "Refused", fleettest.Article()), `infra.NewTargetRole: the checked fleet has no pool "build" with a target role to create`},
		{target(abroad, "Refused", through), `infra.NewTargetRole: the target role of pool "build" is in account "444455556666", stack "abroad" in "111122223333": define it in a stack of its own account`},
		{target(elsewhere, "Defined", through), ""},
		{pool(stack, fleet.Checked{}, "build"), `infra.NewPool: the checked fleet has no pool "build"`},
		{pool(stack, checked, "biuld"), `infra.NewPool: the checked fleet has no pool "biuld"`},
		{provider(stack, fleet.Checked{}, "example"), `infra.NewProvider: the checked fleet has no cluster "example"`},
		{provider(stack, existing, "example"), `infra.NewProvider: cluster "example" has no provider to create: the fleet declares that it exists, or no issuer`},
		{image(stack, fleet.Checked{}, repository), `infra.NewImageRepository: the checked fleet has no image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app"`},
		{image(stack, existing, repository), `infra.NewImageRepository: the fleet declares that image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app" exists`},
		{cache(checked), `infra.NewPullThroughCache: the checked fleet has no pull through cache "111122223333.dkr.ecr.us-east-1.amazonaws.com/quay"`},
		{cache(existing), `infra.NewPullThroughCache: the fleet declares that pull through cache "111122223333.dkr.ecr.us-east-1.amazonaws.com/quay" exists`},
		{pool(elsewhere, checked, "build"), `infra.NewPool: pool "build" is in account "111122223333", stack "elsewhere" in "444455556666": define it in a stack of its own account`},
		{provider(elsewhere, checked, "example"), `infra.NewProvider: cluster "example" is in account "111122223333", stack "elsewhere" in "444455556666": define it in a stack of its own account`},
		{image(abroad, checked, repository), `infra.NewImageRepository: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app" is in region "us-east-1", stack "abroad" in "eu-west-1": define it in a stack of its own region`},
	} {
		if got := panicOf(c.define); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// panicOf is what a function panics with, "" if it does not.
func panicOf(f func()) (message string) {
	defer func() {
		if failure := recover(); failure != nil {
			message = fmt.Sprint(failure)
		}
	}()
	f()
	return ""
}
