// Package adopt renders what AWS CloudFormation's resource import takes for a rendered
// template, so that a stack takes over what exists already: an OIDC provider, a role, a
// managed policy, an image repository, a pull through cache or an association of EKS Pod Identity.
//
// Start at New. An import changes nothing in AWS: it records that the stack has the resources,
// with the properties that the import's template states. The next deployment changes what
// differs from that, so a property that is recorded as it is to be, and isn't so in AWS, would
// never be changed. The import's template therefore states of roles and policies what AWS shows
// of them, and of all else the name alone
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-import.html).
package adopt
