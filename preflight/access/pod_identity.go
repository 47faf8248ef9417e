package access

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// The request tags that EKS Pod Identity gives a session, but for the Pod's own name and
// uid, which no one chooses (EKS user guide, "Grant Pods access to AWS resources
// based on tags").
const (
	tagClusterARN     = "aws:RequestTag/eks-cluster-arn"
	tagNamespace      = "aws:RequestTag/kubernetes-namespace"
	tagServiceAccount = "aws:RequestTag/kubernetes-service-account"
	sourceAccount     = "aws:SourceAccount"
	// TagSession is the action that EKS Pod Identity needs beside AssumeRole, in one request.
	TagSession = "sts:TagSession"
)

// associationTag is a request tag, what it names and which values it can have.
type associationTag struct {
	key      policy.Attribute
	noun     string
	universe policy.Universe
}

var associationTags = []associationTag{
	{tagClusterARN, "cluster", policy.Any()},
	{tagNamespace, "namespace", policy.Namespaces()},
	{tagServiceAccount, "ServiceAccount", policy.ServiceAccounts()},
}

// podTags are the keys of the session tags, the first those that files can determine.
var podTags = []string{
	identity.TagClusterARN, identity.TagClusterName, identity.TagNamespace, identity.TagServiceAccount,
	identity.TagPodName, identity.TagPodUID,
}

// podIdentity is who asks STS for the Pods of associations.
var podIdentity = policy.Principal{Service: policy.Values{identity.ServicePodIdentity}}

// PodRequest returns EKS' request to STS for the Pods of an association. What the files do not
// determine, such as the name of the Pod, has no value in it.
func PodRequest(a *facts.PodIdentityAssociation, action string) policy.Request {
	request := asks(podIdentity, action)
	if a.Account.Known() {
		request.Context[sourceAccount] = []string{a.Account.Value}
	}
	request.Open = openKeys(request.Context)
	RequestPodTags(&request, a)
	return request
}

// RequestPodTags adds the session tags of an association to a request for a session.
func RequestPodTags(request *policy.Request, a *facts.PodIdentityAssociation) {
	const prefix = "aws:RequestTag/"
	addTags(request, prefix, facts.Tags{List: PodTags(a)})
	for _, key := range podTags {
		if a.DisableSessionTags.Is("true") {
			request.Context[prefix+key] = nil
		}
	}
}

// PodTags are the session tags of an association, none if it disables them.
func PodTags(a *facts.PodIdentityAssociation) []facts.Tag {
	tags := UnknownPodTags()
	switch {
	case a.DisableSessionTags.Is("true"):
		return nil
	case a.DisableSessionTags.Unknown != "":
		return tags
	}
	for n, value := range []facts.Text{a.ClusterARN(), a.Cluster, a.Namespace, a.ServiceAccount} {
		tags[n].Value = value
	}
	return tags
}

// UnknownPodTags are the session tags of an association that is not known.
func UnknownPodTags() []facts.Tag {
	tags := make([]facts.Tag, len(podTags))
	for n, key := range podTags {
		tags[n].Key = key
	}
	return tags
}

// associations are the EKS Pod Identity associations of the account, those to come too,
// by which a trust policy lets Pods have the role: EKS asks for it with two actions, and
// with tags unless the association disables them.
func associations(budget *Budget, trust *facts.Document, account string) []Group {
	const all = "every EKS Pod Identity association of the account"
	request := associationRequest(account)
	partitions := make([]policy.Partition, len(associationTags))
	combinations := 1
	for i, tag := range associationTags {
		partition, err := budget.divide(tag.universe, tag.key, request, []policy.Document{knownDocument(trust)})
		partitions[i] = partition
		if combinations *= max(1, len(partition.Classes)); err == nil {
			err = budget.decide(combinations)
		}
		if err != nil {
			whole := undivided(all, err, trust)
			whole.Associations = true
			return []Group{whole}
		}
	}
	var found []Group
	for _, namespace := range partitions[1].Classes {
		for _, serviceAccount := range partitions[2].Classes {
			for _, cluster := range partitions[0].Classes {
				decision := askAssociation(trust, account, cluster.Representative, namespace.Representative, serviceAccount.Representative)
				if decision.Possible() {
					found = append(found, Group{
						Who:            associationWords(partitions, cluster, namespace, serviceAccount),
						Representative: fmt.Sprintf("system:serviceaccount:%s:%s", namespace.Representative, serviceAccount.Representative),
						Single:         cluster.Single && namespace.Single && serviceAccount.Single,
						Cluster:        cluster.Representative,
						Associations:   true,
						Decision:       decision,
					})
				}
			}
		}
	}
	whole := len(found) == combinations && combinations == 1
	if untagged := askAssociation(trust, account, "", "", ""); untagged.Possible() && !whole {
		found = append(found, Group{Who: untaggedAssociations, Associations: true, Decision: untagged})
	}
	if whole {
		found[0].Who = all
	}
	return found
}

const untaggedAssociations = "every EKS Pod Identity association of the account without session tags"

func associationRequest(account string) policy.Request {
	request := asks(podIdentity, AssumeRole)
	if account != "" {
		request.Context[sourceAccount] = []string{account}
	}
	aws := openKeys(request.Context)
	request.Open = func(key string) bool {
		return aws(key) && !slices.ContainsFunc(associationTags, func(tag associationTag) bool { return strings.EqualFold(string(tag.key), key) })
	}
	return request
}

// askAssociation decides about both actions; without a namespace, about an association that
// disables session tags.
func askAssociation(trust *facts.Document, account, cluster, namespace, serviceAccount string) Decision {
	request := associationRequest(account)
	if namespace != "" {
		request.Context[tagClusterARN] = []string{cluster}
		request.Context[tagNamespace] = []string{namespace}
		request.Context[tagServiceAccount] = []string{serviceAccount}
	}
	assume := Decide(request, trust)
	if namespace == "" {
		return assume
	}
	request.Action = TagSession
	return assume.and(Decide(request, trust))
}

// associationWords describe the associations of a combination of classes.
func associationWords(partitions []policy.Partition, classes ...policy.Class) string {
	words := make([]string, len(associationTags))
	for i, tag := range associationTags {
		words[i] = valueWords(tag.noun, partitions[i], classes[i])
	}
	return fmt.Sprintf("%s of %s of %s, by EKS Pod Identity", words[2], words[1], words[0])
}

// valueWords are the one value of a class, or what its values match but for what others of
// that match.
func valueWords(noun string, partition policy.Partition, class policy.Class) string {
	if class.Single {
		return fmt.Sprintf("%s %q", noun, class.Representative)
	}
	words, within := "every "+noun, func(policy.Class) bool { return true }
	if len(class.Matches) > 0 {
		if text := partition.Patterns[class.Matches[0]].Text; text != "*" {
			words = fmt.Sprintf("every %s like %q", noun, text)
		}
		within = func(other policy.Class) bool { return slices.Contains(other.Matches, class.Matches[0]) }
	}
	var others []string
	for _, other := range partition.Classes {
		for _, pattern := range other.Matches {
			text := fmt.Sprintf("%q", partition.Patterns[pattern].Text)
			if within(other) && !slices.Contains(class.Matches, pattern) && !slices.Contains(others, text) {
				others = append(others, text)
			}
		}
	}
	return words + butFor(others)
}
