// Package eksctl reads a ClusterConfig into facts: the ServiceAccounts, roles and EKS Pod
// Identity associations that eksctl makes of it (eksctl, pkg/apis/eksctl.io/v1alpha5 and
// pkg/cfn/builder/iam.go). What CloudFormation or the cluster decides then is unknown.
// Start at Recognize and Read.
package eksctl

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Recognize reports whether the tree is a ClusterConfig.
func Recognize(root *source.Node) bool {
	version, kind := root.Get("apiVersion"), root.Get("kind")
	return version.Scalar() && strings.HasPrefix(version.Text, "eksctl.io/") && kind.Scalar() && kind.Text == "ClusterConfig"
}

// Read returns what eksctl makes of the file. Account is the cluster's, "" if it is not
// known.
func Read(root *source.Node, account identity.AccountID) facts.Facts {
	c := &config{root: root, cluster: required(root, "metadata", "name"), region: required(root, "metadata", "region")}
	c.account = facts.Text{Value: string(account), Place: root.Place, There: true}
	if account == "" {
		c.account.Unknown = "a ClusterConfig does not state its account; give it with --account"
	}
	c.partition = facts.Text{Value: string(identity.Region(c.region.Value).Partition()), Place: c.region.Place, There: true}
	if c.partition.Value == "" {
		c.partition.Unknown = "the region of the cluster is not known"
	}
	for _, node := range items(root.Get("iam", "serviceAccounts")) {
		c.addServiceAccount(node)
	}
	for _, node := range items(root.Get("iam", "podIdentityAssociations")) {
		c.addAssociation(node)
	}
	for _, node := range items(root.Get("addons")) {
		c.facts.Addons = append(c.facts.Addons, facts.Addon{Place: node.Place, Cluster: c.cluster, Name: required(node, "name")})
	}
	for _, node := range items(root.Get("fargateProfiles")) {
		c.addFargateProfile(node)
	}
	return c.facts
}

// config is a ClusterConfig while it is read.
type config struct {
	root                                *source.Node
	cluster, region, account, partition facts.Text
	facts                               facts.Facts
}

// addServiceAccount adds a ServiceAccount with the annotation that eksctl gives it, and the
// role, unless both exist or the role alone is wanted.
func (c *config) addServiceAccount(node *source.Node) {
	account := facts.ServiceAccount{Place: node.Place, Namespace: namespaceOf(node.Get("metadata", "namespace"), node), Name: required(node, "metadata", "name")}
	arn := facts.TextOf(node.Get("attachRoleARN"), node.Place)
	if !arn.There {
		who := account.Namespace.Value + "/" + account.Name.Value
		role := c.role(node, who, "attachPolicyARNs", "attachPolicy", "permissionsBoundary")
		role.Trust = facts.Document{Place: node.Place, There: true, Unknown: fmt.Sprintf("eksctl has it trust %q alone, by the issuer of the cluster, which a ClusterConfig does not state", who)}
		c.facts.Roles = append(c.facts.Roles, role)
		arn = arnOf(role)
	}
	if isTrue(node.Get("roleOnly")) {
		return
	}
	account.Annotations = []facts.Annotation{{Key: identity.AnnotationRoleARN, Place: arn.Place, Value: arn}}
	for _, annotation := range members(node.Get("metadata", "annotations")) {
		account.Annotations = append(account.Annotations, facts.Annotation{Key: annotation.Name, Place: annotation.Place, Value: facts.TextOf(annotation.Value, annotation.Place)})
	}
	c.facts.ServiceAccounts = append(c.facts.ServiceAccounts, account)
}

// podTrust is the trust policy of the roles that eksctl makes for associations.
const podTrust = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "` + identity.ServicePodIdentity + `"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}}`

func (c *config) addAssociation(node *source.Node) {
	found := facts.PodIdentityAssociation{
		Place: node.Place, Cluster: c.cluster, Account: c.account, Region: c.region,
		Namespace:          required(node, "namespace"),
		ServiceAccount:     required(node, "serviceAccountName"),
		Role:               facts.RoleReference{ARN: facts.TextOf(node.Get("roleARN"), node.Place)},
		TargetRole:         facts.RoleReference{ARN: facts.TextOf(node.Get("targetRoleARN"), node.Place)},
		DisableSessionTags: facts.TextOf(node.Get("disableSessionTags"), node.Place),
	}
	if !found.Role.ARN.There {
		role := c.role(node, found.Namespace.Value+"/"+found.ServiceAccount.Value, "permissionPolicyARNs", "permissionPolicy", "permissionsBoundaryARN")
		role.Trust = facts.NewDocument(&source.Node{Kind: source.String, Text: podTrust, Place: node.Place}, node.Place)
		c.facts.Roles = append(c.facts.Roles, role)
		found.Role = facts.RoleReference{ARN: arnOf(role), LogicalID: role.LogicalID}
	}
	c.facts.PodIdentityAssociations = append(c.facts.PodIdentityAssociations, found)
	if isTrue(node.Get("createServiceAccount")) {
		c.facts.ServiceAccounts = append(c.facts.ServiceAccounts, facts.ServiceAccount{Place: node.Place, Namespace: found.Namespace, Name: found.ServiceAccount})
	}
}

// role is the one that eksctl makes in a stack of its own, without its trust policy.
func (c *config) role(node *source.Node, who, arns, document, boundary string) facts.Role {
	role := facts.Role{
		Place: node.Place, LogicalID: "Role1 of " + who, Account: c.account, Partition: c.partition,
		Name:     facts.TextOf(node.Get("roleName"), node.Place),
		Path:     facts.Text{Value: "/", Place: node.Place, There: true},
		Attached: facts.TextsOf(node.Get(arns)),
		Boundary: facts.TextOf(node.Get(boundary), node.Place),
	}
	if !role.Name.There {
		role.Name = unknown(node, fmt.Sprintf("CloudFormation makes the name of the role of %q; set roleName", who))
	}
	if policy := node.Get(document); policy != nil {
		role.Inline = append(role.Inline, facts.Policy{Name: facts.Text{Value: "Policy1", Place: policy.Place, There: true}, Document: facts.NewDocument(policy, node.Place)})
	}
	for _, known := range members(node.Get("wellKnownPolicies")) {
		switch {
		case !isTrue(known.Value):
		case known.Name == "imageBuilder":
			role.Attached = append(role.Attached, c.powerUser(known.Place))
		default:
			role.Inline = append(role.Inline, wellKnown(known))
		}
	}
	return role
}

// wellKnownPolicies are the policies of eksctl that allow nothing in ECR, each with one of
// the actions that it allows (pkg/cfn/builder/statement.go).
var wellKnownPolicies = map[string]string{
	"autoScaler":                "autoscaling:SetDesiredCapacity",
	"awsLoadBalancerController": "elasticloadbalancing:CreateLoadBalancer",
	"certManager":               "route53:ChangeResourceRecordSets",
	"ebsCSIController":          "ec2:CreateVolume",
	"efsCSIController":          "elasticfilesystem:CreateAccessPoint",
	"externalDNS":               "route53:ChangeResourceRecordSets",
}

func wellKnown(member source.Member) facts.Policy {
	policy := facts.Policy{Name: facts.Text{Value: member.Name, Place: member.Place, There: true}}
	action, known := wellKnownPolicies[member.Name]
	if !known {
		policy.Document = facts.Document{Place: member.Place, There: true, Unknown: fmt.Sprintf("what eksctl's policy %q allows is not known", member.Name)}
		return policy
	}
	text := `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "` + action + `", "Resource": "*"}}`
	policy.Document = facts.NewDocument(&source.Node{Kind: source.String, Text: text, Place: member.Place}, member.Place)
	return policy
}

// powerUser is the ARN of the managed policy of AWS that eksctl calls imageBuilder.
func (c *config) powerUser(at source.Place) facts.Text {
	if !c.partition.Known() {
		return c.partition
	}
	arn := identity.ManagedPolicyARN{Partition: identity.Partition(c.partition.Value), Account: "aws", Path: "/", Name: "AmazonEC2ContainerRegistryPowerUser"}
	return facts.Text{Value: arn.String(), Place: at, There: true}
}

func (c *config) addFargateProfile(node *source.Node) {
	profile := facts.FargateProfile{Place: node.Place, Cluster: c.cluster}
	for _, selector := range items(node.Get("selectors")) {
		profile.Selectors = append(profile.Selectors, facts.FargateSelector{Place: selector.Place, Namespace: required(selector, "namespace"), Labels: len(members(selector.Get("labels"))) > 0})
	}
	c.facts.FargateProfiles = append(c.facts.FargateProfiles, profile)
}

// arnOf is the ARN of a role that eksctl makes.
func arnOf(role facts.Role) facts.Text {
	for _, part := range []facts.Text{role.Name, role.Account, role.Partition} {
		if !part.Known() {
			return facts.Text{Unknown: part.Unknown, Place: role.Place, There: true}
		}
	}
	arn := identity.RoleARN{Partition: identity.Partition(role.Partition.Value), Account: identity.AccountID(role.Account.Value), Path: "/", Name: identity.RoleName(role.Name.Value)}
	return facts.Text{Value: arn.String(), Place: role.Name.Place, There: true}
}

// namespaceOf is the namespace of a ServiceAccount, "default" if none is written.
func namespaceOf(node, expected *source.Node) facts.Text {
	namespace := facts.TextOf(node, expected.Place)
	if !namespace.There {
		namespace.Value, namespace.There = "default", true
	}
	return namespace
}

// required is a value that eksctl does not do without.
func required(node *source.Node, names ...string) facts.Text {
	text := facts.TextOf(node.Get(names...), node.Place)
	if !text.There {
		return unknown(node, fmt.Sprintf("the ClusterConfig does not have %q", strings.Join(names, ".")))
	}
	return text
}

func unknown(node *source.Node, why string) facts.Text {
	return facts.Text{Unknown: why, Place: node.Place, There: true}
}

// items are the objects of a list.
func items(list *source.Node) []*source.Node {
	var found []*source.Node
	if list != nil {
		for _, item := range list.Items {
			if item.Kind == source.Map {
				found = append(found, item)
			}
		}
	}
	return found
}

func members(node *source.Node) []source.Member {
	if node == nil {
		return nil
	}
	return node.Members
}

func isTrue(node *source.Node) bool {
	return node != nil && node.Kind == source.Bool && node.Text == "true"
}
