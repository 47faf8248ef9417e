// Package eksctl reads a ClusterConfig into facts: the ServiceAccounts, roles and EKS Pod
// Identity associations that eksctl makes of it (eksctl, pkg/apis/eksctl.io/v1alpha5 and
// pkg/cfn/builder/iam.go). What CloudFormation and the cluster decide later is unknown.
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
	return strings.HasPrefix(root.Word("apiVersion"), "eksctl.io/") && root.Word("kind") == "ClusterConfig"
}

// Read returns the facts that eksctl makes of a tree that Recognize accepts. Account is the
// cluster's, "" if the user does not state it. Clusters are those of the other files: the one of the
// ClusterConfig's name and region shows its account and its issuer.
func Read(root *source.Node, account identity.AccountID, clusters []facts.Cluster) facts.Facts {
	c := &config{root: root, cluster: required(root, "metadata", "name"), region: required(root, "metadata", "region")}
	c.issuer = facts.Unknown(`a ClusterConfig does not state the issuer of the cluster; add what "aws eks describe-cluster" prints`, root.Place)
	for _, cluster := range clusters {
		arn, err := identity.ParseClusterARN(cluster.ARN.Value)
		if err == nil && c.cluster.Is(string(arn.Name)) && c.region.Is(string(arn.Region)) && (account == "" || account == arn.Account) {
			account, c.issuer = arn.Account, cluster.Issuer
		}
	}
	c.account = facts.Known(string(account), root.Place)
	if account == "" {
		c.account.Unknown = `a ClusterConfig does not state its account; give it with --account, or add what "aws eks describe-cluster" prints`
	}
	c.partition = facts.Known(string(identity.Region(c.region.Value).Partition()), c.region.Place)
	if c.partition.Value == "" {
		c.partition.Unknown = "the region of the cluster is not known"
	}
	if oidc := root.Get("iam", "withOIDC"); oidc.IsTrue() && c.issuer.Known() {
		c.facts.Providers = append(c.facts.Providers, facts.Provider{
			Place: oidc.Place, URL: c.issuer, Account: c.account, ClientIDs: []facts.Text{facts.Known(string(identity.AudienceSTS), oidc.Place)}, ClientIDsKnown: true,
		})
	}
	for _, node := range root.Get("iam", "serviceAccounts").Objects() {
		c.addServiceAccount(node)
	}
	for _, node := range root.Get("iam", "podIdentityAssociations").Objects() {
		c.addAssociation(node)
	}
	for _, node := range root.Get("addons").Objects() {
		c.facts.Addons = append(c.facts.Addons, facts.Addon{Place: node.Place, Cluster: c.cluster, Name: required(node, "name")})
	}
	for _, groups := range []string{"nodeGroups", "managedNodeGroups"} {
		for _, node := range root.Get(groups).Objects() {
			c.addNodeRole(node)
		}
	}
	for _, node := range root.Get("fargateProfiles").Objects() {
		c.addFargateProfile(node)
	}
	return c.facts
}

type config struct {
	root                                        *source.Node
	cluster, region, account, partition, issuer facts.Text
	facts                                       facts.Facts
}

// addServiceAccount adds a ServiceAccount with eksctl's annotation, unless the role alone is
// wanted, and the role, unless it exists.
func (c *config) addServiceAccount(node *source.Node) {
	account := facts.ServiceAccount{Place: node.Place, Namespace: facts.TextOf(node.Get("metadata", "namespace"), node.Place).Or("default"), Name: required(node, "metadata", "name")}
	arn := facts.TextOf(node.Get("attachRoleARN"), node.Place)
	if !arn.There {
		who := account.Namespace.Value + "/" + account.Name.Value
		role := c.role(node, who, "attachPolicyARNs", "attachPolicy", "permissionsBoundary")
		role.Trust = c.tokenTrust(account, node.Place)
		c.facts.Roles = append(c.facts.Roles, role)
		arn, account.RoleID = arnOf(role), role.LogicalID
	}
	if node.Get("roleOnly").IsTrue() {
		return
	}
	account.Annotations = []facts.Annotation{{Key: identity.AnnotationRoleARN, Place: arn.Place, Value: arn}}
	for _, annotation := range node.Get("metadata", "annotations").Entries() {
		account.Annotations = append(account.Annotations, facts.Annotation{Key: annotation.Name, Place: annotation.Place, Value: facts.TextOf(annotation.Value, annotation.Place)})
	}
	c.facts.ServiceAccounts = append(c.facts.ServiceAccounts, account)
}

// tokenTrust returns the trust policy of the role that eksctl makes for a ServiceAccount.
func (c *config) tokenTrust(account facts.ServiceAccount, at source.Place) facts.Document {
	for _, part := range []facts.Text{c.issuer, c.account, c.partition, account.Namespace, account.Name} {
		if !part.Known() {
			return facts.UnknownDocument(fmt.Sprintf("eksctl has it trust \"%s/%s\" alone, and %s", account.Namespace.Value, account.Name.Value, part.Unknown), at)
		}
	}
	issuer := identity.Issuer(c.issuer.Value)
	provider := identity.ProviderARN{Partition: identity.Partition(c.partition.Value), Account: identity.AccountID(c.account.Value), Issuer: issuer}
	return documentOf(fmt.Sprintf(`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Federated": %q}, "Action": "sts:AssumeRoleWithWebIdentity",
		"Condition": {"StringEquals": {%q: "system:serviceaccount:%s:%s", %q: %q}}}}`,
		provider, issuer.SubjectKey(), account.Namespace.Value, account.Name.Value, issuer.AudienceKey(), identity.AudienceSTS), at)
}

// podTrust is the trust policy of a role that eksctl makes for an association.
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
		role.Trust = documentOf(podTrust, node.Place)
		c.facts.Roles = append(c.facts.Roles, role)
		found.Role = facts.RoleReference{ARN: arnOf(role), LogicalID: role.LogicalID}
	}
	c.facts.PodIdentityAssociations = append(c.facts.PodIdentityAssociations, found)
	if node.Get("createServiceAccount").IsTrue() {
		c.facts.ServiceAccounts = append(c.facts.ServiceAccounts, facts.ServiceAccount{Place: node.Place, Namespace: found.Namespace, Name: found.ServiceAccount})
	}
}

// nodeTrust is the trust policy of a role that eksctl makes for nodes.
const nodeTrust = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}`

// addNodeRole adds the role that eksctl makes for the nodes of a group, if the file gives it more
// than eksctl's own policies. Of the add-on policies, imageBuilder alone lets them push.
func (c *config) addNodeRole(node *source.Node) {
	iam := node.Get("iam")
	builds := iam.Get("withAddonPolicies", "imageBuilder")
	if iam.Has("instanceRoleARN") || iam.Has("instanceProfileARN") || !builds.IsTrue() && !iam.Has("attachPolicyARNs") && !iam.Has("attachPolicy") {
		return
	}
	who := "nodes " + required(node, "name").Value
	role := c.role(iam, who, "attachPolicyARNs", "attachPolicy", "instanceRolePermissionsBoundary")
	role.LogicalID = "NodeInstanceRole of " + who
	if name := facts.TextOf(iam.Get("instanceRoleName"), node.Place); name.There {
		role.Name = name
	}
	role.Trust = documentOf(nodeTrust, node.Place)
	if builds.IsTrue() {
		role.Attached = append(role.Attached, c.powerUser(builds.Place))
	}
	c.facts.Roles = append(c.facts.Roles, role)
}

// role returns the role that eksctl makes in a separate stack, without its trust policy.
func (c *config) role(node *source.Node, who, arns, document, boundary string) facts.Role {
	role := facts.Role{
		Place: node.Place, LogicalID: "Role1 of " + who, Account: c.account, Partition: c.partition,
		Name:     facts.TextOf(node.Get("roleName"), node.Place),
		Path:     facts.Known("/", node.Place),
		Attached: facts.TextsOf(node.Get(arns)),
		Boundary: facts.TextOf(node.Get(boundary), node.Place),
	}
	if !role.Name.There {
		role.Name = facts.Unknown(fmt.Sprintf("CloudFormation makes the name of the role of %q; set roleName", who), node.Place)
	}
	if policy := node.Get(document); policy != nil {
		role.Inline = append(role.Inline, facts.Policy{Name: facts.Known("Policy1", policy.Place), Document: facts.NewDocument(policy, node.Place)})
	}
	for _, known := range node.Get("wellKnownPolicies").Entries() {
		switch {
		case !known.Value.IsTrue():
		case known.Name == "imageBuilder":
			role.Attached = append(role.Attached, c.powerUser(known.Place))
		default:
			role.Inline = append(role.Inline, wellKnown(known))
		}
	}
	return role
}

// wellKnownPolicies has the policies of eksctl that allow nothing in ECR, each with one of
// its actions (pkg/cfn/builder/statement.go).
var wellKnownPolicies = map[string]string{
	"autoScaler":                "autoscaling:SetDesiredCapacity",
	"awsLoadBalancerController": "elasticloadbalancing:CreateLoadBalancer",
	"certManager":               "route53:ChangeResourceRecordSets",
	"ebsCSIController":          "ec2:CreateVolume",
	"efsCSIController":          "elasticfilesystem:CreateAccessPoint",
	"externalDNS":               "route53:ChangeResourceRecordSets",
}

func wellKnown(member source.Member) facts.Policy {
	policy := facts.Policy{Name: facts.Known(member.Name, member.Place)}
	action, known := wellKnownPolicies[member.Name]
	if !known {
		policy.Document = facts.UnknownDocument(fmt.Sprintf("what eksctl's policy %q allows is not known", member.Name), member.Place)
		return policy
	}
	text := `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "` + action + `", "Resource": "*"}}`
	policy.Document = documentOf(text, member.Place)
	return policy
}

func documentOf(text string, at source.Place) facts.Document {
	return facts.NewDocument(&source.Node{Kind: source.String, Text: text, Place: at}, at)
}

// powerUser returns the ARN of AWS' managed policy that eksctl calls imageBuilder.
func (c *config) powerUser(at source.Place) facts.Text {
	if !c.partition.Known() {
		return c.partition
	}
	arn := identity.ManagedPolicyARN{Partition: identity.Partition(c.partition.Value), Account: "aws", Path: "/", Name: "AmazonEC2ContainerRegistryPowerUser"}
	return facts.Known(arn.String(), at)
}

func (c *config) addFargateProfile(node *source.Node) {
	profile := facts.FargateProfile{Place: node.Place, Cluster: c.cluster}
	for _, selector := range node.Get("selectors").Objects() {
		profile.Selectors = append(profile.Selectors, facts.FargateSelector{Place: selector.Place, Namespace: required(selector, "namespace"), Labels: len(selector.Get("labels").Entries()) > 0})
	}
	c.facts.FargateProfiles = append(c.facts.FargateProfiles, profile)
}

// arnOf returns an ARN that is unknown for the reason of its first unknown part.
func arnOf(role facts.Role) facts.Text {
	for _, part := range []facts.Text{role.Name, role.Account, role.Partition} {
		if !part.Known() {
			return facts.Unknown(part.Unknown, role.Place)
		}
	}
	return facts.Known(role.ARN(), role.Name.Place)
}

// required returns a value without which eksctl refuses the file.
func required(node *source.Node, names ...string) facts.Text {
	text := facts.TextOf(node.Get(names...), node.Place)
	if !text.There {
		return facts.Unknown(fmt.Sprintf("the ClusterConfig does not have %q", strings.Join(names, ".")), node.Place)
	}
	return text
}
