// Platform is an app of the CDK that was there before: the runners' roles and their image
// repository are in its stack, beside a bucket to which the runners write. It takes the place of dist/infra.
package main

import (
	"fmt"
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"example.com/runners/ci"

	"keyless-runners/infra"
)

func main() {
	defer jsii.Close()
	declared, err := ci.Fleet()
	if err != nil {
		exit(err)
	}
	fleet, err := declared.Checked()
	if err != nil {
		exit(err)
	}
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("platform"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("us-east-1")},
	})
	infra.NewProvider(stack, jsii.String("Issuer"), &infra.ProviderProps{Fleet: fleet, Cluster: declared.Clusters[0].Name})
	images := infra.NewImageRepository(stack, jsii.String("Images"), &infra.ImageRepositoryProps{Fleet: fleet, ImageRepository: declared.ImageRepositories[0].ID()})
	web := infra.NewPool(stack, jsii.String("Web"), &infra.PoolProps{Fleet: fleet, Pool: ci.Web})

	// The rest of the stack refers to what the fleet defines by the resources.
	bucket := awss3.NewBucket(stack, jsii.String("Reports"), &awss3.BucketProps{EnforceSSL: jsii.Bool(true)})
	bucket.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Principals: &[]awsiam.IPrincipal{awsiam.NewArnPrincipal(web.Role().AttrArn())},
		Actions:    jsii.Strings("s3:PutObject"),
		Resources:  &[]*string{bucket.ArnForObjects(jsii.String("*"))},
	}))
	awscdk.NewCfnOutput(stack, jsii.String("ImageRepository"), &awscdk.CfnOutputProps{Value: images.Repository().AttrArn()})
	app.Synth(nil)
}

func exit(err error) {
	fmt.Fprintln(os.Stderr, "error:", err)
	os.Exit(1)
}
