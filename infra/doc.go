// Package infra renders a fleet as CloudFormation with the AWS CDK: the OIDC
// provider of each cluster, the role and policy of each pool, its association with EKS
// Pod Identity where that is its way to the role, the image repositories, and the roles by
// which GitHub Actions deploys all of it.
//
// Start at Synth. NewProvider, NewImageRepository and NewPool define parts of a fleet in the
// stacks of another app (docs/own-module.md). Resources are defined with the constructs that CDK generates
// from CloudFormation's own schema (Cfn...), because every name, ARN and document
// is a literal of the fleet: there is no Lambda function, custom resource or
// asset, and the template can be deployed without the CDK.
//
// A stack is made of its fleet.Stack and the tags, and of nothing else: keyless synth
// renders the stacks alone for which these have changed.
//
// Construct ids are an outside contract: CloudFormation's logical ids follow from
// them, and a changed logical id means a new resource. They come from the names
// of clusters, image repositories and pools, never from their order.
package infra
