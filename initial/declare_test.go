package initial_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/examples"
	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/initial"
	"keyless-runners/preflight/source"
)

func foundIn(t *testing.T, paths ...string) initial.Result {
	t.Helper()
	found, err := initial.Read(paths)
	if err != nil {
		t.Fatal(err)
	}
	result, err := found.Declare()
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// sorted is the fleet in an order that does not matter to what is rendered.
func sorted(f fleet.Fleet) fleet.Fleet {
	f.Clusters, f.ImageRepositories = slices.Clone(f.Clusters), slices.Clone(f.ImageRepositories)
	f.Pools, f.NamespaceSettings = slices.Clone(f.Pools), slices.Clone(f.NamespaceSettings)
	slices.SortFunc(f.Clusters, func(a, b fleet.Cluster) int { return strings.Compare(string(a.Name), string(b.Name)) })
	slices.SortFunc(f.ImageRepositories, func(a, b fleet.ImageRepository) int {
		return strings.Compare(a.ID().String(), b.ID().String())
	})
	slices.SortFunc(f.Pools, func(a, b fleet.Pool) int { return strings.Compare(string(a.Name), string(b.Name)) })
	slices.SortFunc(f.NamespaceSettings, func(a, b fleet.NamespaceSettings) int {
		return strings.Compare(string(a.Cluster.Name+"/")+string(a.Name), string(b.Cluster.Name+"/")+string(b.Name))
	})
	return f
}

// same compares values as they are rendered: "1" and "1000m" are one quantity, and what is empty
// is not there.
var same = cmp.Options{
	cmpopts.EquateEmpty(),
	cmpopts.IgnoreUnexported(fleet.Fleet{}),
	cmp.Comparer(func(a, b fleet.Way) bool { return cmpWay(a) == cmpWay(b) }),
	cmp.Comparer(func(a, b resource.Quantity) bool { return a.Cmp(b) == 0 }),
}

func cmpWay(way fleet.Way) fleet.Way { return fleet.Pool{Way: way}.WayOrDefault() }

// fleets are the examples, and the fleet that the project comes with.
func fleets(t *testing.T) []examples.Example {
	t.Helper()
	declared, err := fleet.Declared()
	if err != nil {
		t.Fatal(err)
	}
	return append(examples.All(), examples.Example{Name: "../dist", Fleet: declared})
}

func TestAFleetThatIsRenderedIsFoundAgain(t *testing.T) {
	for _, example := range fleets(t) {
		t.Run(example.Name, func(t *testing.T) {
			result := foundIn(t, "../examples/"+example.Name)
			if diff := cmp.Diff(sorted(example.Fleet), sorted(result.Fleet), same); diff != "" {
				t.Errorf("-declared +found:\n%s", diff)
			}
			for _, question := range result.Questions {
				t.Errorf("question: %v", question)
			}
		})
	}
}

// What commands show of a deployed fleet, with the templates of its stacks, is that fleet.
func TestADeployedFleetIsFoundAgain(t *testing.T) {
	for _, example := range fleets(t) {
		t.Run(example.Name, func(t *testing.T) {
			result := foundIn(t, deployed(t, example.Fleet, "../examples/"+example.Name, true))
			if diff := cmp.Diff(sorted(example.Fleet), sorted(result.Fleet), same); diff != "" {
				t.Errorf("-declared +found:\n%s", diff)
			}
			for _, question := range result.Questions {
				t.Errorf("question: %v", question)
			}
		})
	}
}

// existing is the fleet as it is where others deployed it: what its stacks created exists.
func existing(f fleet.Fleet) fleet.Fleet {
	cluster := func(c fleet.Cluster) fleet.Cluster {
		c.ExistingProvider = c.Issuer != ""
		if c.Stack = "keyless-runners"; len(f.Clusters) > 1 {
			c.Stack = "keyless-runners-" + identity.StackName(c.ARN().Name)
		}
		if c.EKSName != "" {
			c.Name, c.EKSName = c.EKSName, ""
		}
		return c
	}
	repository := func(r fleet.ImageRepository) fleet.ImageRepository {
		return fleet.ImageRepository{Name: r.Name, Account: r.Account, Region: r.Region, Existing: true}
	}
	each := func(repositories []fleet.ImageRepository) []fleet.ImageRepository {
		var all []fleet.ImageRepository
		for _, r := range repositories {
			all = append(all, repository(r))
		}
		return all
	}
	caches := func(caches []fleet.PullThroughCache) []fleet.PullThroughCache {
		var all []fleet.PullThroughCache
		for _, c := range caches {
			all = append(all, fleet.PullThroughCache{Prefix: c.Prefix, Account: c.Account, Region: c.Region, Existing: true})
		}
		return all
	}
	found := fleet.Fleet{ImageRepositories: each(f.ImageRepositories), PullThroughCaches: caches(f.PullThroughCaches)}
	for _, c := range f.Clusters {
		found.Clusters = append(found.Clusters, cluster(c))
	}
	for _, s := range f.NamespaceSettings {
		s.Cluster = cluster(s.Cluster)
		found.NamespaceSettings = append(found.NamespaceSettings, s)
	}
	for _, p := range f.Pools {
		p.Cluster, p.AlsoIn = cluster(p.Cluster), slices.Clone(p.AlsoIn)
		for i := range p.AlsoIn {
			p.AlsoIn[i] = cluster(p.AlsoIn[i])
		}
		p.Stack, p.ExistingRole, p.ExistingAssociation, p.SessionPolicy, p.Policy, p.AlsoTrusts = "", true, p.UsesPodIdentity(), false, "", nil
		p.Waivers.Role, p.Waivers.Policy = nil, nil
		p.Statements, p.ManagedPolicies, p.PermissionsBoundary, p.MaxSessionDuration, p.Tags = nil, nil, identity.ManagedPolicyARN{}, 0, nil
		if p.TargetRole != nil {
			p.TargetRole = &fleet.TargetRole{Account: p.TargetRole.Account, Role: p.TargetRole.Role, RolePath: p.TargetRole.RolePath, Existing: true}
		}
		p.PushesTo, p.PullsFrom, p.PullsThrough = each(p.PushesTo), each(p.PullsFrom), caches(p.PullsThrough)
		if p.CachesTo != nil {
			cache := repository(*p.CachesTo)
			p.CachesTo = &cache
		}
		found.Pools = append(found.Pools, p)
	}
	return found
}

// open are the questions about what commands show of deployed examples, without their templates.
var open = map[string][]string{
	"role": {
		`pool "web": KR077 role "arn:aws:iam::111122223333:role/ci/web-runner" may do more than push: codeartifact:GetAuthorizationToken, codeartifact:GetRepositoryEndpoint, codeartifact:ReadFromRepository`,
		`pool "web": KR132 whether role "arn:aws:iam::111122223333:role/ci/web-runner" may ecr:GetAuthorizationToken is not known: managed policy arn:aws:iam::111122223333:policy/developer-boundary is not among the files`,
		`pool "web": KR132 whether role "arn:aws:iam::111122223333:role/ci/web-runner" may push to "arn:aws:ecr:us-east-1:111122223333:repository/web" is not known: managed policy arn:aws:iam::111122223333:policy/developer-boundary is not among the files`,
	},
	"pull-through": {
		`pool "web": KR077 role "arn:aws:iam::111122223333:role/web-runner" may do more than push: ecr:CreateRepository`,
	},
	"existing-registry": {
		`pool "web": KR132 whether role "arn:aws:iam::111122223333:role/web-runner" may push to "arn:aws:ecr:us-east-1:444455556666:repository/shop/web" is not known: the image repository is in another account and its policy is not among the files`,
	},
	"target-role": {
		`pool "web": targetRole: the pool's role does nothing but take it, and is for this pool alone; leave existingRole and alsoTrusts out`,
	},
}

// What commands show of a deployed fleet is a fleet of what exists.
func TestWhatOthersDeployedExists(t *testing.T) {
	for _, example := range fleets(t) {
		t.Run(example.Name, func(t *testing.T) {
			result := foundIn(t, deployed(t, example.Fleet, "../examples/"+example.Name, false))
			if diff := cmp.Diff(sorted(existing(example.Fleet)), sorted(result.Fleet), same); diff != "" {
				t.Errorf("-declared +found:\n%s", diff)
			}
			var questions []string
			for _, question := range result.Questions {
				question.Place = source.Place{}
				questions = append(questions, question.String())
			}
			if diff := cmp.Diff(open[example.Name], questions); diff != "" {
				t.Errorf("questions (-want +got):\n%s", diff)
			}
		})
	}
}
