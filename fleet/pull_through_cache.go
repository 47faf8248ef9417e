package fleet

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
)

// PullThroughCache lets jobs pull the images of another registry from Amazon ECR, which gets
// them from there on the first pull, and keeps them in image repositories that it creates. Its
// rule and the template by which image repositories are created are rendered (Amazon ECR user
// guide, "Sync an upstream registry with an Amazon ECR private registry").
type PullThroughCache struct {
	// Prefix begins the names of the image repositories: with "docker-hub", the image
	// library/node is pulled as docker-hub/library/node. 2 to 30 characters.
	Prefix  identity.ImageRepositoryName
	Account identity.AccountID
	Region  identity.Region
	// Existing means that the rule exists already and is managed elsewhere. Zero: it is created.
	Existing bool
	// Stack creates the rule and the template; an existing rule has none.
	Stack identity.StackName
	// Upstream is the host name of the other registry, such as "registry-1.docker.io".
	Upstream string
	// Secret is by which Amazon ECR signs in there, as the ARN of the secret in the rule's
	// account and region ends: "ecr-pullthroughcache/docker-hub-AbCdEf". Zero: Upstream
	// needs none.
	Secret string
	// KeepDays is for how many days after it came an image is kept; a later pull gets it
	// anew. Zero: for good.
	KeepDays int
}

// ID is the prefix in its registry.
func (c PullThroughCache) ID() identity.ImageRepository {
	return identity.ImageRepository{Registry: identity.Registry{Account: c.Account, Region: c.Region}, Name: c.Prefix}
}

// SecretARN identifies Secret.
func (c PullThroughCache) SecretARN() identity.SecretARN {
	return identity.SecretARN{Partition: c.Region.Partition(), Region: c.Region, Account: c.Account, Name: c.Secret}
}

// What Amazon ECR accepts (CloudFormation reference, AWS::ECR::PullThroughCacheRule), and which
// registries it signs in to (Amazon ECR user guide, as above).
const (
	maxPrefix    = 30
	secretPrefix = "ecr-pullthroughcache/"
	azure        = ".azurecr.io"
)

var (
	openUpstreams   = []string{"public.ecr.aws", "quay.io", "registry.k8s.io"}
	closedUpstreams = []string{"cgr.dev", "ghcr.io", "registry-1.docker.io", "registry.gitlab.com"}
	secret          = regexp.MustCompile(`^` + secretPrefix + `[a-zA-Z0-9/_+=.@-]+-[a-zA-Z0-9]{6}$`)
)

func (c PullThroughCache) check(at place, problems *Problems) {
	problems.add(at.field("prefix"), c.checkPrefix())
	problems.add(at.field("account"), c.Account.Check())
	problems.add(at.field("region"), c.Region.Check())
	if c.Existing {
		if c.Stack != "" || c.Upstream != "" || c.Secret != "" || c.KeepDays != 0 {
			problems.add(at, errors.New("an existing rule has its own upstream, secret and template, and is in no stack of this fleet; leave stack, upstream, secret and keepDays out"))
		}
		return
	}
	problems.add(at.field("stack"), c.Stack.Check())
	problems.add(at.field("upstream"), checkUpstream(c.Upstream))
	problems.add(at.field("secret"), c.checkSecret())
	if c.KeepDays < 0 {
		problems.add(at.field("keepDays"), fmt.Errorf("%d days: want at least 1, or none to keep images", c.KeepDays))
	}
}

func (c PullThroughCache) checkPrefix() error {
	if err := cmp.Or(c.Prefix.CheckNoURI(), c.Prefix.Check()); err != nil {
		return err
	}
	if len(c.Prefix) > maxPrefix {
		return fmt.Errorf("prefix %q has %d characters: want at most %d", c.Prefix, len(c.Prefix), maxPrefix)
	}
	return nil
}

func checkUpstream(host string) error {
	if slices.Contains(openUpstreams, host) || needsSecret(host) {
		return nil
	}
	all := quoted(append(slices.Clone(openUpstreams), closedUpstreams...))
	if host == "docker.io" || strings.HasSuffix(host, ".docker.io") {
		return fmt.Errorf("upstream %q: the registry of Docker Hub is \"registry-1.docker.io\"", host)
	}
	return fmt.Errorf("upstream %q: want a host name from which Amazon ECR pulls: %s, or one that ends in %q", host, all, azure)
}

// needsSecret reports whether the registry is one that Amazon ECR has to sign in to.
func needsSecret(upstream string) bool {
	name, isAzure := strings.CutSuffix(upstream, azure)
	return slices.Contains(closedUpstreams, upstream) || isAzure && name != "" && !strings.ContainsAny(name, "/.:")
}

func (c PullThroughCache) checkSecret() error {
	switch {
	case c.Secret == "" && needsSecret(c.Upstream):
		return fmt.Errorf("Amazon ECR signs in to %q; want the name of a secret of Secrets Manager, such as \"%sdocker-hub-AbCdEf\"", c.Upstream, secretPrefix)
	case c.Secret != "" && slices.Contains(openUpstreams, c.Upstream):
		return fmt.Errorf("%q needs no login; leave it out", c.Upstream)
	case c.Secret != "" && !secret.MatchString(c.Secret):
		return fmt.Errorf("secret %q: want %q, a name, and the hyphen and six characters with which its ARN ends, such as \"%sdocker-hub-AbCdEf\"", c.Secret, secretPrefix, secretPrefix)
	}
	return nil
}

// checkPullsThrough reports caches that the role cannot be granted.
func (p Pool) checkPullsThrough(known references, at place, problems *Problems) {
	for i, cache := range p.PullsThrough {
		at := at.index(i)
		problems.add(at, p.checkCache(known, cache))
		if slices.Contains(p.PullsThrough[:i], cache) {
			problems.add(at, fmt.Errorf("pull through cache %q is listed twice", cache.ID()))
		}
	}
}

func (p Pool) checkCache(known references, cache PullThroughCache) error {
	switch declared, ok := known.caches[cache.ID()]; {
	case !ok:
		return fmt.Errorf("pull through cache %q is not declared; declared: %s", cache.ID(), known.cacheNames)
	case declared != cache:
		return fmt.Errorf("pull through cache %q is declared with other values", cache.ID())
	case cache.Account != p.PushingRole().Account:
		return fmt.Errorf("pull through cache %q is in another account than the role's, %q; declare one there", cache.ID(), p.PushingRole().Account)
	}
	return nil
}

// checkBelowCaches reports image repositories whose names begin as those do that Amazon ECR
// creates: one of the two then has the settings of the other.
func (f Fleet) checkBelowCaches(at places, problems *Problems) {
	for i, r := range f.ImageRepositories {
		for n, c := range f.PullThroughCaches {
			if c.ID().Registry == r.ID().Registry && strings.HasPrefix(string(r.Name), string(c.Prefix)+"/") {
				problems.add(at.repositories[i].field("name"), fmt.Errorf("image repository %q is below the prefix of %s; choose another name", r.ID(), at.caches[n]))
			}
		}
	}
}
