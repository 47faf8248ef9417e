package examples_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
	"keyless-runners/render"
)

var (
	fleets = flag.Int("fleets", 15, "how many fleets of random combinations are rendered and proved")
	seed   = flag.Uint64("seed", 1, "the seed of the first of them")
)

// choice sets one thing of a pool, whose own image repository is given.
type choice func(pool *fleet.Pool, own *fleet.ImageRepository)

// none leaves the zero value.
func none(*fleet.Pool, *fleet.ImageRepository) {}

// choices are what a pool can be, one of each list.
var choices = [][]choice{
	{
		func(p *fleet.Pool, _ *fleet.ImageRepository) { p.Way = fleet.WayIRSA },
		func(p *fleet.Pool, _ *fleet.ImageRepository) { p.Way = fleet.WayPodIdentity },
		func(p *fleet.Pool, _ *fleet.ImageRepository) { p.Way = fleet.WayBoth },
	}, {
		runnerDeployment, scaleSet,
		func(p *fleet.Pool, own *fleet.ImageRepository) {
			runnerDeployment(p, own)
			p.Replicas, p.Autoscaling = 0, &fleet.Autoscaling{MinReplicas: 1, MaxReplicas: 4}
		},
		func(p *fleet.Pool, own *fleet.ImageRepository) {
			runnerDeployment(p, own)
			p.Replicas, p.Autoscaling = 0, &fleet.Autoscaling{MaxReplicas: 4, Webhook: time.Minute}
		},
		func(p *fleet.Pool, own *fleet.ImageRepository) {
			scaleSet(p, own)
			p.ScaleSet.ContainerMode = &fleet.ContainerMode{RunnerServiceAccount: identity.ServiceAccount(p.Name + "-runner")}
		},
	}, {
		none,
		func(p *fleet.Pool, _ *fleet.ImageRepository) { p.Builder.Docker = &fleet.Docker{MTU: 1400} },
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			p.Builder.RootlessBuildKit = &fleet.RootlessBuildKit{}
			p.Workflow.Platforms = []string{"linux/amd64", "linux/arm64"}
		},
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			p.Builder.SharedBuildKit = &fleet.SharedBuildKit{Address: "tcp://buildkitd.buildkit.svc:1234", TLSSecret: "buildkit"}
			p.Workflow.BuildSecrets = map[string]string{"npm": "NPM_TOKEN"}
		},
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			p.Image = "registry.example.com/platform/actions-runner-ko:2.337.0"
			p.Builder.Script = `KO_DOCKER_REPO="$ECR_REGISTRY/$ECR_REPOSITORY" ko build --bare --tags "$IMAGE_TAG" .`
		},
	}, {
		func(p *fleet.Pool, _ *fleet.ImageRepository) { p.Scope.SourceRepository = "octo-org/app" },
		func(p *fleet.Pool, _ *fleet.ImageRepository) { p.Scope.Organization = "octo-org" },
		func(p *fleet.Pool, _ *fleet.ImageRepository) { p.Scope.Enterprise, p.Group = "octo", "Builds" },
	}, {
		none,
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			p.TargetRole = &fleet.TargetRole{Account: "888888888888", Role: identity.RoleName(p.Name), Policy: identity.PolicyName(p.Name), Stack: "targets"}
		},
		func(p *fleet.Pool, _ *fleet.ImageRepository) { p.RolePath, p.MaxSessionDuration = "/ci/", 2*time.Hour },
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			p.ManagedPolicies = []identity.ManagedPolicyARN{{Partition: identity.PartitionAWS, Account: identity.AccountAWS, Path: "/", Name: "CloudWatchAgentServerPolicy"}}
		},
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			p.Statements = []policy.Statement{{Sid: "Artifacts", Effect: policy.EffectAllow, Action: policy.Values{"s3:GetObject"}, Resource: policy.Values{"arn:aws:s3:::artifacts/*"}}}
		},
	}, {
		none,
		func(_ *fleet.Pool, own *fleet.ImageRepository) {
			own.Existing, own.Stack, own.KeepUntagged = true, "", 0
		},
		func(_ *fleet.Pool, own *fleet.ImageRepository) {
			*own = fleet.ImageRepository{Name: own.Name, Account: "999999999999", Region: own.Region, Existing: true}
		},
		func(_ *fleet.Pool, own *fleet.ImageRepository) { own.MutableTags = []string{"cache-*"} },
		func(_ *fleet.Pool, own *fleet.ImageRepository) {
			own.Account, own.Region, own.Stack = "999999999999", "eu-west-1", "images"
		},
	}, {
		none,
		func(p *fleet.Pool, _ *fleet.ImageRepository) { p.Namespace, p.ServiceAccount = "shared", "runner" },
	}, {
		none,
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			p.Proxy = &fleet.Proxy{HTTPS: "http://proxy.example.com:3128"}
		},
		func(p *fleet.Pool, _ *fleet.ImageRepository) { p.Env = []corev1.EnvVar{{Name: "TEAM", Value: "apps"}} },
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			p.Workflow.Tags, p.Workflow.Environment = []string{"v*"}, "production"
		},
	}, {
		none,
		func(p *fleet.Pool, own *fleet.ImageRepository) {
			p.CachesTo = &fleet.ImageRepository{Name: "cache/" + own.Name, Account: p.Cluster.Account, Region: p.Cluster.Region, Stack: p.Cluster.Stack, CacheDays: 7}
		},
		func(p *fleet.Pool, own *fleet.ImageRepository) {
			p.PullsFrom = []fleet.ImageRepository{{Name: "base/" + own.Name, Account: p.Cluster.Account, Region: p.Cluster.Region, Existing: true}}
		},
		func(p *fleet.Pool, own *fleet.ImageRepository) {
			p.PullsThrough = []fleet.PullThroughCache{
				{Prefix: "quay-" + own.Name, Account: p.Cluster.Account, Region: p.Cluster.Region, Stack: p.Cluster.Stack, Upstream: "quay.io"},
				{Prefix: "public-" + own.Name, Account: p.Cluster.Account, Region: p.Cluster.Region, Existing: true},
			}
		},
	}, {
		none,
		func(_ *fleet.Pool, own *fleet.ImageRepository) {
			own.KMSKey = identity.KMSKeyARN{Partition: own.Region.Partition(), Region: own.Region, Account: own.Account, ID: "mrk-0123456789abcdef0123456789abcdef"}
		},
		func(_ *fleet.Pool, own *fleet.ImageRepository) {
			own.Lifecycle = []fleet.LifecycleRule{{TagPatterns: []string{"v*"}, KeepDays: 30}}
			own.PulledBy, own.PulledByOrganization = []identity.AccountID{"777777777777"}, "o-a1b2c3d4e5"
		},
	}, {
		none,
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			p.Pod.NodeSelector = map[string]string{"kubernetes.io/arch": "arm64"}
			p.Pod.Tolerations = []corev1.Toleration{{Key: "runners", Operator: corev1.TolerationOpExists}}
		},
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			p.Pod.Volumes = []corev1.Volume{{Name: "scratch", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}}}
			p.VolumeMounts = []corev1.VolumeMount{{Name: "scratch", MountPath: "/scratch"}}
		},
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			p.Resources.Requests = corev1.ResourceList{"cpu": resource.MustParse("500m")}
			p.ImagePullPolicy = corev1.PullIfNotPresent
		},
	}, {
		none,
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			if p.ScaleSet != nil {
				p.Scope.Host = "github.example.com"
				p.ScaleSet.GitHubServerTLS = &fleet.GitHubServerTLS{CertificateFrom: corev1.ConfigMapKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "authority"}, Key: "ca.crt"}}
			}
		},
		func(p *fleet.Pool, _ *fleet.ImageRepository) {
			if p.ScaleSet == nil {
				p.GitHubAPICredentialsFrom = "github"
			}
			p.ExternalSecret = &fleet.ExternalSecret{Store: "vault", Key: "github"}
		},
	},
}

func runnerDeployment(p *fleet.Pool, _ *fleet.ImageRepository) {
	p.RunnerDeployment, p.Labels, p.Replicas = identity.RunnerDeployment(p.Name), []identity.RunnerLabel{identity.RunnerLabel("push-" + p.Name)}, 1
	p.Image = "summerwind/actions-runner:v2.337.0-ubuntu-22.04"
}

func scaleSet(p *fleet.Pool, _ *fleet.ImageRepository) {
	p.ScaleSet = &fleet.ScaleSet{Name: identity.ScaleSet("set-" + p.Name), MaxRunners: 5, GitHubConfigSecret: "github"}
	p.Image = "ghcr.io/actions/actions-runner:2.337.0"
}

// combined is a fleet of up to three clusters, in up to three accounts, and four pools.
func combined(r *rand.Rand) fleet.Fleet {
	var f fleet.Fleet
	for i := range 1 + r.IntN(3) {
		cluster := fleet.Cluster{
			Name: identity.ClusterName(fmt.Sprint("cluster-", i)), Stack: identity.StackName(fmt.Sprint("stack-", i)),
			Account: identity.AccountID(strings.Repeat(fmt.Sprint(1+r.IntN(2)*i), 12)), Region: "us-east-1",
			Issuer:           identity.Issuer(fmt.Sprintf("https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDE%d", i)),
			ExistingProvider: r.IntN(4) == 0,
			Controller:       fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc"},
		}
		if r.IntN(3) == 0 {
			cluster.EKSName = "main"
		}
		f.Clusters = append(f.Clusters, cluster)
	}
	for i := range 1 + r.IntN(4) {
		f = withPool(f, fmt.Sprint("pool-", i), r)
	}
	return f
}

// withPool adds a pool and what it pushes to.
func withPool(f fleet.Fleet, name string, r *rand.Rand) fleet.Fleet {
	cluster := f.Clusters[r.IntN(len(f.Clusters))]
	pool := fleet.Pool{
		Name: identity.PoolName(name), Cluster: cluster, Namespace: identity.Namespace(name), ServiceAccount: "runner",
		Role: identity.RoleName(name), Policy: identity.PolicyName(name),
	}
	for _, other := range f.Clusters {
		if other.Name != cluster.Name && other.Account == cluster.Account && r.IntN(2) == 0 {
			pool.AlsoIn = append(pool.AlsoIn, other)
		}
	}
	own := fleet.ImageRepository{Name: identity.ImageRepositoryName(name), Account: cluster.Account, Region: cluster.Region, Stack: cluster.Stack, KeepUntagged: 1}
	for _, one := range choices {
		one[r.IntN(len(one))](&pool, &own)
	}
	if pool.ScaleSet != nil && pool.Scope.SourceRepository == "" {
		for i := range pool.AlsoIn {
			pool.AlsoInGroups = append(pool.AlsoInGroups, identity.RunnerGroup(fmt.Sprint("group-", i)))
		}
	}
	if own.Account != pool.PushingRole().Account && !own.Existing {
		own.PushedBy = []identity.RoleARN{pool.PushingRole()}
	}
	pool.PushesTo = []fleet.ImageRepository{own}
	f.ImageRepositories = append(append(f.ImageRepositories, own), pool.PullsFrom...)
	if pool.CachesTo != nil {
		f.ImageRepositories = append(f.ImageRepositories, *pool.CachesTo)
	}
	f.Pools, f.PullThroughCaches = append(f.Pools, pool), append(f.PullThroughCaches, pool.PullsThrough...)
	for in := range pool.InEachCluster() {
		if r.IntN(3) == 0 {
			f = withSettings(f, in)
		}
	}
	return f
}

// withSettings adds a quota and a NetworkPolicy to the namespace of a pool, unless it has them.
func withSettings(f fleet.Fleet, pool fleet.Pool) fleet.Fleet {
	for _, s := range f.NamespaceSettings {
		if s.Cluster.Name == pool.Cluster.Name && s.Name == pool.Namespace {
			return f
		}
	}
	f.NamespaceSettings = append(f.NamespaceSettings, fleet.NamespaceSettings{
		Cluster: pool.Cluster, Name: pool.Namespace,
		ResourceQuota: &corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{"pods": resource.MustParse("10")}},
		NetworkPolicy: &fleet.NetworkPolicy{Ports: []int{443, 1234, 3128}},
	})
	return f
}

// What can be declared without a problem has to be proved: a finding about files of this project
// is a false alarm, or the rendering is wrong. More fleets: go test ./examples -run
// TestEveryFleetIsProved -fleets 500 -seed 100.
func TestEveryFleetIsProved(t *testing.T) {
	for proved, number := 0, *seed; proved < *fleets; number++ {
		f := combined(rand.New(rand.NewPCG(number, 0)))
		if f.Check() != nil {
			continue
		}
		proved++
		outdir, folder := t.TempDir(), t.TempDir()
		if err := render.Compare(nil, rendered(t, f, outdir)).Apply(outdir, folder); err != nil {
			t.Fatal(err)
		}
		writePolicies(t, f, folder)
		facts, _, err := preflight.Read(preflight.Input{Paths: []string{folder}})
		if err != nil {
			t.Fatal(err)
		}
		found := preflight.Check(facts)
		if diff := cmp.Diff(declaredPushes(f), provedPushes(found)); diff != "" || !found.Proved() {
			var b strings.Builder
			if err := report.Write(&b, report.Text, found, preflight.Kinds()); err != nil {
				t.Fatal(err)
			}
			t.Errorf("fleet %d (-declared +proved)\n%s%s", number, diff, strings.ReplaceAll(b.String(), folder+"/", ""))
		}
	}
}

// writePolicies writes what "aws ecr get-repository-policy" shows of image repositories that exist in
// another account than a role that pushes to them.
func writePolicies(t *testing.T, f fleet.Fleet, folder string) {
	t.Helper()
	for i, pool := range f.Pools {
		to := pool.PushesTo[0]
		if !to.Existing || to.Account == pool.PushingRole().Account {
			continue
		}
		document := policy.Document{Version: policy.Version, Statement: []policy.Statement{policy.PushBy([]identity.RoleARN{pool.PushingRole()})}}
		text, err := json.Marshal(map[string]string{"registryId": string(to.Account), "repositoryName": string(to.Name), "policyText": string(document.JSON())})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("policy-%d.json", i)), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// declaredPushes and provedPushes are the image repositories to which each role pushes.
func declaredPushes(f fleet.Fleet) map[string]bool {
	pushes := map[string]bool{}
	for _, pool := range f.Pools {
		for _, to := range pool.PushesTo {
			pushes[pool.PushingRole().String()+" to "+to.ID().String()] = true
		}
		if pool.CachesTo != nil {
			pushes[pool.PushingRole().String()+" to "+pool.CachesTo.ID().String()] = true
		}
	}
	return pushes
}

func provedPushes(found preflight.Report) map[string]bool {
	pushes := map[string]bool{}
	for _, row := range found.Access {
		pushes[row.Role+" to "+row.ImageRepository] = true
	}
	return pushes
}
