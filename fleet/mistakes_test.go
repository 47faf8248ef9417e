package fleet_test

import (
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
)

var long = strings.Repeat("a", 300)

// mistakes each make one mistake in the article's fleet and list every line that
// the user then reads.
var mistakes = []struct {
	name    string
	mistake func(f *fleet.Fleet, p *fleet.Pool)
	want    string
}{
	{
		name: "waivers",
		mistake: func(_ *fleet.Fleet, p *fleet.Pool) {
			p.Waivers = fleet.Waivers{
				Role:        map[string]string{"kr074": "the release team signs by hand", "KR074": "", "KR072": long + long, "KR077": "a\nb"},
				Policy:      map[string]string{"KR003": "why not"},
				Association: map[string]string{"KR120": "the platform's stack installs the agent"},
				Runner:      map[string]string{"KR081": "our own image, whose runner has this group"},
			}
		},
		want: `
pools["build"].waivers.association: the pool has no association: it uses IRSA; take the waivers out
pools["build"].waivers.role["KR072"]: a reason of 600 characters: want up to 500
pools["build"].waivers.role["KR074"]: no reason; say why the finding may stand
pools["build"].waivers.role["KR077"]: reason "a\nb": want one line, without blanks around it
pools["build"].waivers.role["kr074"]: finding "kr074": want an id as keyless check reports it, such as "KR081"
pools["build"].waivers.policy["KR003"]: KR003 is about waivers, and cannot be waived
`,
	},
	{
		name: "account of 11 digits",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) { c.Account = "12345678901" })
			inRepository(f, func(r *fleet.ImageRepository) { r.Account = "12345678901" })
		},
		want: `
clusters["example"].account: account "12345678901": want 12 digits, got 11
imageRepositories["my-app"].account: account "12345678901": want 12 digits, got 11
`,
	},
	{
		name: "account of letters",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) { c.Account = "11112222333x" })
			inRepository(f, func(r *fleet.ImageRepository) { r.Account = "11112222333x" })
		},
		want: `
clusters["example"].account: account "11112222333x": 'x' at position 12 is not allowed; want 12 digits
imageRepositories["my-app"].account: account "11112222333x": 'x' at position 12 is not allowed; want 12 digits
`,
	},
	{
		name: "region with a typing mistake",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) { c.Region = "us-esat-1" })
			inRepository(f, func(r *fleet.ImageRepository) { r.Region = "us-esat-1" })
		},
		want: `
clusters["example"].region: unknown region "us-esat-1"; did you mean "us-east-1"?
clusters["example"].issuer: the issuer is in region "us-east-1", its cluster in "us-esat-1"
imageRepositories["my-app"].region: unknown region "us-esat-1"; did you mean "us-east-1"?
`,
	},
	{
		name: "issuer in another region than its cluster",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) {
				c.Issuer = "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
			})
		},
		want: `clusters["example"].issuer: the issuer is in region "eu-west-1", its cluster in "us-east-1"`,
	},
	{
		name: "issuer without https",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) {
				c.Issuer = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
			})
		},
		want: `clusters["example"].issuer: issuer "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": it does not start with "https://oidc.eks."; want https://oidc.eks.REGION.amazonaws.com/id/ID (in China amazonaws.com.cn, in the European Sovereign Cloud amazonaws.eu), ID of 32 upper-case hexadecimal digits`,
	},
	{
		name: "issuer with http",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) {
				c.Issuer = "http://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
			})
		},
		want: `clusters["example"].issuer: issuer "http://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": it does not start with "https://oidc.eks."; want https://oidc.eks.REGION.amazonaws.com/id/ID (in China amazonaws.com.cn, in the European Sovereign Cloud amazonaws.eu), ID of 32 upper-case hexadecimal digits`,
	},
	{
		name: "issuer with a slash at its end",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) { c.Issuer += "/" })
		},
		want: `clusters["example"].issuer: issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF/": it ends in a slash; want https://oidc.eks.REGION.amazonaws.com/id/ID (in China amazonaws.com.cn, in the European Sovereign Cloud amazonaws.eu), ID of 32 upper-case hexadecimal digits`,
	},
	{
		name: "issuer of China in another partition",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) {
				c.Issuer = "https://oidc.eks.us-east-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF"
			})
		},
		want: `clusters["example"].issuer: issuer "https://oidc.eks.us-east-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF": the domain in region "us-east-1" is "amazonaws.com", got "amazonaws.com.cn"; want https://oidc.eks.REGION.amazonaws.com/id/ID (in China amazonaws.com.cn, in the European Sovereign Cloud amazonaws.eu), ID of 32 upper-case hexadecimal digits`,
	},
	{
		name: "role name of 65 characters",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Role = identity.RoleName(long[:65])
		},
		want: `pools["build"].role: role name "` + long[:65] + `": want at most 64 characters, got 65`,
	},
	{
		name: "role name with a blank",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Role = "self hosted"
		},
		want: `pools["build"].role: role name "self hosted": ' ' at position 5 is not allowed; want letters, digits and +=,.@_-`,
	},
	{
		name: "role name with a slash",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Role = "ci/runner"
		},
		want: `pools["build"].role: role name "ci/runner": '/' at position 3 is not allowed; want letters, digits and +=,.@_-`,
	},
	{
		name: "no role name",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Role = ""
		},
		want: `pools["build"].role: role name is missing`,
	},
	{
		name: "two pools with one role, in another case",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second(f, func(o *fleet.Pool) { o.Role = "Self_Hosted_Runner_Role" })
		},
		want: `pools["other"].role: role "Self_Hosted_Runner_Role" in account "111122223333" is already used by pools["build"].role`,
	},
	{
		name: "two pools with one policy",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second(f, func(o *fleet.Pool) { o.Policy = p.Policy })
		},
		want: `pools["other"].policy: policy "self_hosted_runner_policy" in account "111122223333" is already used by pools["build"].policy`,
	},
	{
		name: "two pools with one ServiceAccount",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second(f, func(o *fleet.Pool) { o.ServiceAccount = p.ServiceAccount })
		},
		want: `pools["other"].serviceAccount: ServiceAccount "self-hosted-runner-service-account" in namespace "self-hosted-runners" of cluster "example" is already used by pools["build"].serviceAccount`,
	},
	{
		name: "two pools with one RunnerDeployment",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second(f, func(o *fleet.Pool) { o.RunnerDeployment = p.RunnerDeployment })
		},
		want: `pools["other"].runnerDeployment: RunnerDeployment "runner-deployment" in namespace "self-hosted-runners" of cluster "example" is already used by pools["build"].runnerDeployment`,
	},
	{
		name: "two pools with one name",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second(f, func(o *fleet.Pool) { o.Name = p.Name })
		},
		want: `pools[1].name ("build" of cluster "example"): pool name "build" is already used by pools[0].name ("build" of cluster "example")`,
	},
	{
		name: "pool with the file name of a namespace",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Name = "00-runners"
		},
		want: `pools["00-runners"].name: pool name "00-runners": names of files that begin with "00-" are those of namespaces; want another beginning`,
	},
	{
		name: "role path without slashes",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.RolePath = "ci"
		},
		want: `pools["build"].rolePath: role path "ci": want "/" or "/.../"`,
	},
	{
		name: "no role path",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.RolePath = ""
		},
		want: ``,
	},
	{
		name: "role path that the webhook does not read",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.RolePath = "/a:b/"
		},
		want: `pools["build"].rolePath: role path "/a:b/": ':' at position 3 is not allowed; want letters, digits and +=,.@_- between slashes`,
	},
	{
		name: "managed policy over its limit",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			for i := range 90 {
				r := f.ImageRepositories[0]
				r.Name = identity.ImageRepositoryName(fmt.Sprintf("shop/service-%02d", i))
				f.ImageRepositories = append(f.ImageRepositories, r)
			}
			p.PushesTo = f.ImageRepositories
		},
		want: `pools["build"].pushesTo: policy "self_hosted_runner_policy" would hold 6187 characters, limit 6144 (white space not counted); the largest statement is AllowPush with 91 image repositories: spread them over several pools`,
	},
	{
		name: "image repository in capitals",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.Name = "MyApp" })
		},
		want: `imageRepositories["MyApp"].name: image repository name "MyApp": 'M' at position 1 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "myapp"`,
	},
	{
		name: "image repository by its URI",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.Name = "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app" })
		},
		want: `imageRepositories["111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app"].name: image repository name "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app": want the name alone, "my-app", without "111122223333.dkr.ecr.us-east-1.amazonaws.com/"`,
	},
	{
		name: "image by its URI, as an image repository",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) {
				r.Name = "https://111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:v1"
			})
		},
		want: `imageRepositories["https://111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:v1"].name: image repository name "https://111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:v1": want the name alone, "my-app", without "https://111122223333.dkr.ecr.us-east-1.amazonaws.com/" and ":v1"`,
	},
	{
		name: "ARNs in the place of names",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) {
				r.Name = "arn:aws:ecr:us-east-1:111122223333:repository/team/app"
			})
			p.Role = "arn:aws:iam::111122223333:role/ci/runner"
			p.Policy = "arn:aws:iam::111122223333:policy/push"
			p.ServiceAccount = "arn:aws:iam::111122223333:role/ci/runner"
		},
		want: `
imageRepositories["arn:aws:ecr:us-east-1:111122223333:repository/team/app"].name: image repository name "arn:aws:ecr:us-east-1:111122223333:repository/team/app": want the name alone, "team/app", without "arn:aws:ecr:us-east-1:111122223333:repository/"
pools["build"].serviceAccount: ServiceAccount "arn:aws:iam::111122223333:role/ci/runner": it is an ARN; want lower-case letters, digits and -, in parts joined by dots
pools["build"].role: role name "arn:aws:iam::111122223333:role/ci/runner": want the name alone, "runner", without "arn:aws:iam::111122223333:role/ci/"; its path is "/ci/"
pools["build"].policy: policy name "arn:aws:iam::111122223333:policy/push": want the name alone, "push", without "arn:aws:iam::111122223333:policy/"
`,
	},
	{
		name: "cluster by its ARN",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) { c.Name = "arn:aws:eks:us-east-1:111122223333:cluster/prod" })
		},
		want: `clusters["arn:aws:eks:us-east-1:111122223333:cluster/prod"].name: cluster name "arn:aws:eks:us-east-1:111122223333:cluster/prod": want the name alone, "prod", without "arn:aws:eks:us-east-1:111122223333:cluster/"`,
	},
	{
		name: "ServiceAccount and RunnerDeployment with their namespace",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.ServiceAccount, p.RunnerDeployment = "runners/build", "runners/build"
		},
		want: `
pools["build"].serviceAccount: ServiceAccount "runners/build": want the name alone, "build", without "runners/"
pools["build"].runnerDeployment: RunnerDeployment "runners/build": want the name alone, "build", without "runners/"
`,
	},
	{
		name: "image repository of 1 character",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.Name = "a" })
		},
		want: `imageRepositories["a"].name: image repository name "a": want at least 2 characters`,
	},
	{
		name: "image repository with a leading slash",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.Name = "/app" })
		},
		want: `imageRepositories["/app"].name: image repository name "/app": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "app"`,
	},
	{
		name: "image repository that climbs",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.Name = "../etc" })
		},
		want: `imageRepositories["../etc"].name: image repository name "../etc": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "etc"`,
	},
	{
		name: "pool that pushes nowhere",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.PushesTo = nil
		},
		want: `pools["build"].pushesTo: the pool pushes nowhere; declared: "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app"`,
	},
	{
		name: "pool that pushes to what is not declared",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.PushesTo[0].Name = "my-ap"
		},
		want: `pools["build"].pushesTo[0]: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-ap" is not declared; declared: "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app"`,
	},
	{
		name: "pool that pushes to another partition",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) {
				r.Region = "cn-north-1"
				r.Stack = "images"
			})
		},
		want: `pools["build"].pushesTo[0]: image repository "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/my-app" is in partition "aws-cn", the pool's cluster in "aws"; a role works in its own`,
	},
	{
		name: "image repository among many that are not declared",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.ImageRepositories = nil
			for i := range 12 {
				f.ImageRepositories = append(f.ImageRepositories, fleet.ImageRepository{
					Name: identity.ImageRepositoryName(fmt.Sprintf("r%02d", i)), Account: "111122223333", Region: "us-east-1", Existing: true,
				})
			}
		},
		want: `pools["build"].pushesTo[0]: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app" is not declared; declared: ` +
			`"111122223333.dkr.ecr.us-east-1.amazonaws.com/r00", "111122223333.dkr.ecr.us-east-1.amazonaws.com/r01", "111122223333.dkr.ecr.us-east-1.amazonaws.com/r02", ` +
			`"111122223333.dkr.ecr.us-east-1.amazonaws.com/r03", "111122223333.dkr.ecr.us-east-1.amazonaws.com/r04", "111122223333.dkr.ecr.us-east-1.amazonaws.com/r05", ` +
			`"111122223333.dkr.ecr.us-east-1.amazonaws.com/r06", "111122223333.dkr.ecr.us-east-1.amazonaws.com/r07", "111122223333.dkr.ecr.us-east-1.amazonaws.com/r08", ` +
			`"111122223333.dkr.ecr.us-east-1.amazonaws.com/r09", and 2 more`,
	},
	{
		name: "nothing that could be pushed to",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.ImageRepositories, p.PushesTo = nil, nil
		},
		want: `pools["build"].pushesTo: the pool pushes nowhere; declared: none`,
	},
	{
		name: "more tags than AWS takes, and one without a key",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.Tags = map[string]string{"": "x"}
			for i := range 49 {
				f.Tags[fmt.Sprint("tag", i)] = "x"
			}
		},
		want: `
tags: 50 tags: want at most 49
tags[""]: tag key "": want 1 to 128 letters, digits, blanks and _.:/=+-@
`,
	},
	{
		name: "role path of AWS's own services",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.RolePath = "/aws-service-role/x/"
		},
		want: `pools["build"].rolePath: role path "/aws-service-role/x/": AWS keeps it for the roles of its services; want another`,
	},
	{
		name: "pool that pushes twice to one image repository",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.PushesTo = append(p.PushesTo, p.PushesTo[0])
		},
		want: `pools["build"].pushesTo[1]: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app" is listed twice`,
	},
	{
		name: "pool that pushes to another account",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) {
				r.Account = "444455556666"
				r.Stack = "images"
			})
		},
		want: `pools["build"].pushesTo[0]: image repository "444455556666.dkr.ecr.us-east-1.amazonaws.com/my-app" is in another account than the role, and does not let it push; add "arn:aws:iam::111122223333:role/self_hosted_runner_role" to its pushedBy`,
	},
	{
		name: "pool that pushes to two registries",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			other := f.ImageRepositories[0]
			other.Region, other.Stack = "us-west-2", "images"
			f.ImageRepositories = append(f.ImageRepositories, other)
			p.PushesTo = f.ImageRepositories
		},
		want: `pools["build"].pushesTo[1]: image repository "111122223333.dkr.ecr.us-west-2.amazonaws.com/my-app" is not in registry "111122223333.dkr.ecr.us-east-1.amazonaws.com", like the first; the workflow pushes to one registry, so split the pool`,
	},
	{
		name: "lifecycle that keeps 0 images",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.KeepUntagged = 0 })
		},
		want: `imageRepositories["my-app"].keepUntagged: 0 images: want at least 1, up to 100000`,
	},
	{
		name: "existing image repository with a stack and a lifecycle",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.Existing = true })
		},
		want: `
imageRepositories["my-app"].stack: an existing image repository is in no stack of this fleet; leave it out
imageRepositories["my-app"].keepUntagged: an existing image repository keeps its own lifecycle rules; leave it out
`,
	},
	{
		name: "image repository declared twice",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.ImageRepositories = append(f.ImageRepositories, f.ImageRepositories[0])
		},
		want: `imageRepositories[1].name ("my-app" in account "111122223333", region "us-east-1"): image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app" is already used by imageRepositories[0].name ("my-app" in account "111122223333", region "us-east-1")`,
	},
	{
		name: "501 resources in a stack",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			for i := range 497 {
				r := f.ImageRepositories[0]
				r.Name = identity.ImageRepositoryName(fmt.Sprintf("app-%d", i))
				f.ImageRepositories = append(f.ImageRepositories, r)
			}
		},
		want: `
stacks["keyless-runners"]: 501 resources, limit 500; give some pools or image repositories another stack
stacks["keyless-runners"]: 500 outputs, limit 200; give some pools or image repositories another stack
`,
	},
	{
		name: "two scopes",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Scope.Organization = "octo-org"
		},
		want: `pools["build"].scope: choose one of sourceRepository, organization and enterprise: sourceRepository and organization are set`,
	},
	{
		name: "three scopes",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Scope.Organization, p.Scope.Enterprise = "octo-org", "octo"
		},
		want: `pools["build"].scope: choose one of sourceRepository, organization and enterprise: sourceRepository and organization and enterprise are set`,
	},
	{
		name: "no scope",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Scope = fleet.Scope{}
		},
		want: `pools["build"].scope: choose one of sourceRepository, organization and enterprise: none is set`,
	},
	{
		name: "source repository as URL",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Scope.SourceRepository = "https://github.com/octo-org/my-app.git"
		},
		want: `pools["build"].scope.sourceRepository: source repository "https://github.com/octo-org/my-app.git": want "owner/name"; did you mean "octo-org/my-app"?`,
	},
	{
		name: "source repository for cloning",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Scope.SourceRepository = "git@github.com:octo-org/my-app.git"
		},
		want: `pools["build"].scope.sourceRepository: source repository "git@github.com:octo-org/my-app.git": GitHub has no repository named "my-app.git"; want "owner/name"; did you mean "octo-org/my-app"?`,
	},
	{
		name: "source repository without a slash",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Scope.SourceRepository = "my-app"
		},
		want: `pools["build"].scope.sourceRepository: source repository "my-app": want "owner/name"`,
	},
	{
		name: "source repository that ends in .git",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Scope.SourceRepository = "octo-org/my-app.git"
		},
		want: `pools["build"].scope.sourceRepository: source repository "octo-org/my-app.git": GitHub has no repository named "my-app.git"; want "owner/name"; did you mean "octo-org/my-app"?`,
	},
	{
		name: "runner group with a source repository",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Group = "builds"
		},
		want: `pools["build"].group: runner group "builds": groups belong to organizations and enterprises; runners of a source repository ignore it`,
	},
	{
		name: "replicas below zero",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Replicas = -1
		},
		want: `pools["build"].replicas: -1 replicas: want 0 or more, up to 10000`,
	},
	{
		name: "replicas with autoscaling",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Autoscaling = &fleet.Autoscaling{MinReplicas: 1, MaxReplicas: 3}
		},
		want: `pools["build"].replicas: 1 replica and autoscaling from 1 to 3: choose one, they would undo each other`,
	},
	{
		name: "autoscaling from more to less",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Replicas, p.Autoscaling = 0, &fleet.Autoscaling{MinReplicas: 4, MaxReplicas: 3}
		},
		want: `pools["build"].autoscaling: minReplicas 4 is above maxReplicas 3`,
	},
	{
		name: "autoscaling from none",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Replicas, p.Autoscaling = 0, &fleet.Autoscaling{MaxReplicas: 3}
		},
		want: `pools["build"].autoscaling.minReplicas: 0 replicas: want at least 1; with this metric, PercentageRunnersBusy, no runner is added while there is none`,
	},
	{
		name: "no runner label",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Labels = nil
		},
		want: `pools["build"].labels: want at least one label besides those that every runner has ("linux", "x64", ...), or other jobs could land here and this pool's elsewhere`,
	},
	{
		name: "runner label with a comma",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Labels[0] = "a,b"
		},
		want: `pools["build"].labels[0]: runner label "a,b": a comma would make two labels of it; write them as two`,
	},
	{
		name: "empty runner label",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Labels[0] = ""
		},
		want: `pools["build"].labels[0]: runner label is missing`,
	},
	{
		name: "runner label with blanks around",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Labels[0] = " a "
		},
		want: `pools["build"].labels[0]: runner label " a ": want no blanks around it`,
	},
	{
		name: "runner label that GitHub gives anyway",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Labels[0] = "Self-Hosted"
		},
		want: `
pools["build"].labels: want at least one label besides those that every runner has ("linux", "x64", ...), or other jobs could land here and this pool's elsewhere
pools["build"].labels[0]: runner label "Self-Hosted": GitHub gives it to every self-hosted runner; leave it out
`,
	},
	{
		name: "runner labels of GitHub's own runners",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Labels = []identity.RunnerLabel{"Ubuntu-Latest", "macos-15-xlarge", "Windows"}
		},
		want: `
pools["build"].labels[0]: runner label "Ubuntu-Latest": GitHub's own runners have it, so jobs for those could land here; want one that no other runner has
pools["build"].labels[1]: runner label "macos-15-xlarge": GitHub's own runners have it, so jobs for those could land here; want one that no other runner has
pools["build"].labels[2]: runner label "Windows": self-hosted runners of that system have it, so jobs for those could land here, on Linux; leave it out
`,
	},
	{
		name: "runner label twice",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Labels = []identity.RunnerLabel{"gpu", "GPU"}
		},
		want: `pools["build"].labels[1]: runner label "GPU" is listed twice`,
	},
	{
		name: "pools that a job cannot tell apart",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second(f, func(o *fleet.Pool) { o.Labels = []identity.RunnerLabel{"x64", "Push-My-App"} })
		},
		want: `pools["build"].labels, pools["other"].labels: a job for one of these pools could land on another, which has the same labels, "push-my-app"; give each its own label`,
	},
	{
		name: "pools of an organization and of its source repository that a job cannot tell apart",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second(f, func(o *fleet.Pool) {
				o.Scope = fleet.Scope{Organization: "Octo-Org"}
				o.Labels = p.Labels
			})
		},
		want: `pools["build"].labels, pools["other"].labels: a job for one of these pools could land on another, which has the same labels, "push-my-app"; give each its own label`,
	},
	{
		name: "pools that have all labels of another, and more",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second(f, func(o *fleet.Pool) { o.Labels = []identity.RunnerLabel{"other", "push-my-app"} })
			second(f, func(o *fleet.Pool) {
				o.Name, o.ServiceAccount, o.RunnerDeployment, o.Role, o.Policy = "third", "third", "third", "third", "third"
				o.Labels = []identity.RunnerLabel{"push-my-app", "third"}
			})
		},
		want: `pools["build"].labels: a job for this pool could land on pools["other"], pools["third"], which have all of its labels; give each its own label`,
	},
	{
		name: "pools of other source repositories that have the same labels",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second(f, func(o *fleet.Pool) {
				o.Scope.SourceRepository = "octo-org/other"
				o.Labels = p.Labels
			})
		},
		want: ``,
	},
	{
		name: "labels that every runner has",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Labels = []identity.RunnerLabel{"linux", "X64"}
		},
		want: `pools["build"].labels: want at least one label besides those that every runner has ("linux", "x64", ...), or other jobs could land here and this pool's elsewhere`,
	},
	{
		name: "names that some take for numbers",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Namespace, p.Labels = "0o17", []identity.RunnerLabel{"1e_3"}
			p.Env = []corev1.EnvVar{{Name: "UMASK", Value: "0o022"}, {Name: "DECIMAL", Value: "22"}}
		},
		want: `
pools["build"].labels[0]: runner label "1e_3": Kubernetes may read it as a number; want a name that is text to everybody
pools["build"].namespace: namespace "0o17": Kubernetes may read it as a number; want a name that is text to everybody
pools["build"].env[0]: environment variable "UMASK": "0o022" is a number to some readers of YAML and text to others; write it in decimal
`,
	},
	{
		name: "tags that differ in case alone",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.Tags = map[string]string{"team": "a", "Team": "b", "Managed-By": "me"}
		},
		want: `
tags["Managed-By"]: every resource has this tag, with the value "keyless-runners"; leave it out
tags["team"]: tag key "team" is already used by tags["Team"]
`,
	},
	{
		name: "more than anybody means",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.KeepUntagged = 1 << 60 })
			p.Replicas = 1 << 60
		},
		want: `
imageRepositories["my-app"].keepUntagged: 1152921504606846976 images: want at least 1, up to 100000
pools["build"].replicas: 1152921504606846976 replicas: want 0 or more, up to 10000
`,
	},
	{
		name: "environment that would send the token elsewhere, or break the manifest",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Env = []corev1.EnvVar{{Name: "AWS_ENDPOINT_URL", Value: "https://example.com"}, {Name: "A", Value: "x\x00y"}, {Name: "B", Value: "x\xffy"}}
		},
		want: `
pools["build"].env[0]: environment variable "AWS_ENDPOINT_URL": the token would go to another host than AWS's; leave it out
pools["build"].env[1]: environment variable "A": want a value of up to 32768 bytes of UTF-8 without control characters
pools["build"].env[2]: environment variable "B": want a value of up to 32768 bytes of UTF-8 without control characters
`,
	},
	{
		name: "namespace of the controller",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Namespace = "actions-runner-system"
		},
		want: `pools["build"].namespace: namespace "actions-runner-system" is shared with others, who could take the pool's role; want a namespace for runners alone`,
	},
	{
		name: "memory below zero",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder.Docker = &fleet.Docker{Resources: corev1.ResourceRequirements{Limits: corev1.ResourceList{"memory": resource.MustParse("-1Gi")}}}
		},
		want: `pools["build"].builder.docker.resources.limits.memory: quantity "-1Gi": want a Kubernetes quantity of memory from "1Mi" to "100Ti", such as "512Mi" or "4Gi"`,
	},
	{
		name: "memory in thousandths of a byte, and as many processors as bytes",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Resources.Requests = corev1.ResourceList{"cpu": resource.MustParse("4Gi"), "memory": resource.MustParse("512m")}
		},
		want: `
pools["build"].resources.requests.cpu: quantity "4Gi": want a Kubernetes quantity of cpu from "1m" to "1k", such as "2" or "500m"
pools["build"].resources.requests.memory: quantity "512m": want a Kubernetes quantity of memory from "1Mi" to "100Ti", such as "512Mi" or "4Gi"
`,
	},
	{
		name: "ServiceAccount of every Pod",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.ServiceAccount = "default"
		},
		want: `pools["build"].serviceAccount: ServiceAccount "default" is that of every Pod in the namespace that names none, which would take the pool's role; want one for runners alone`,
	},
	{
		name: "memory request above its limit",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Resources = corev1.ResourceRequirements{Requests: corev1.ResourceList{"memory": resource.MustParse("2Gi")}, Limits: corev1.ResourceList{"memory": resource.MustParse("1Gi")}}
		},
		want: `pools["build"].resources: memory: the request "2Gi" is above the limit "1Gi"`,
	},
	{
		name: "image with a blank",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = "bad image"
		},
		want: `pools["build"].image: image "bad image": invalid reference format; want NAME:TAG or NAME@sha256:DIGEST, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "image latest",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = "summerwind/actions-runner:latest"
		},
		want: `pools["build"].image: image "summerwind/actions-runner:latest": it can change from one day to the next; want NAME:TAG or NAME@sha256:DIGEST, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "image without a tag",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = "summerwind/actions-runner"
		},
		want: `pools["build"].image: image "summerwind/actions-runner": it can change from one day to the next; want NAME:TAG or NAME@sha256:DIGEST, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "image of scale sets",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = "ghcr.io/actions/actions-runner:2.337.0"
		},
		want: `pools["build"].image: image "ghcr.io/actions/actions-runner:2.337.0": it is made for scale sets, and does not register itself, as the runner of a RunnerDeployment has to; want another, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "image of scale sets from a mirror, by its digest",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = "mirror.example.com/ghcr/actions/actions-runner@sha256:" + fleet.RunnerImage(strings.Repeat("0a", 32))
		},
		want: `pools["build"].image: image "mirror.example.com/ghcr/actions/actions-runner@sha256:` + strings.Repeat("0a", 32) + `": it is made for scale sets, and does not register itself, as the runner of a RunnerDeployment has to; want another, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "image with Docker in the runner, without root",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = "summerwind/actions-runner-dind-rootless:v2.337.0-ubuntu-22.04"
		},
		want: `pools["build"].image: image "summerwind/actions-runner-dind-rootless:v2.337.0-ubuntu-22.04": it runs Docker itself, beside the Docker sidecar that the pool has; want another, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "image with Docker in the runner",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/summerwind/actions-runner-dind:v2.337.0-ubuntu-22.04"
		},
		want: `pools["build"].image: image "111122223333.dkr.ecr.us-east-1.amazonaws.com/summerwind/actions-runner-dind:v2.337.0-ubuntu-22.04": it runs Docker itself, beside the Docker sidecar that the pool has; want another, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "image of Ubuntu 20.04",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = "summerwind/actions-runner:v2.337.0-ubuntu-20.04"
		},
		want: `pools["build"].image: image "summerwind/actions-runner:v2.337.0-ubuntu-20.04": the runner in images of Ubuntu 20.04 is user 1000, and the token is for group 1001; want another, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "runner that GitHub does not register",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = "summerwind/actions-runner:v2.328.0-ubuntu-22.04"
		},
		want: `pools["build"].image: image "summerwind/actions-runner:v2.328.0-ubuntu-22.04": since 2026-09-25, GitHub registers no runner older than 2.329.0; want a newer one, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "runner that GitHub does not register, of a mirror and with a digest",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = "mirror.example.com/summerwind/actions-runner:v2.290.0@sha256:" + fleet.RunnerImage(strings.Repeat("0a", 32))
		},
		want: `pools["build"].image: image "mirror.example.com/summerwind/actions-runner:v2.290.0@sha256:` + strings.Repeat("0a", 32) + `": since 2026-09-25, GitHub registers no runner older than 2.329.0; want a newer one, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "runner that gets no jobs because it does not update itself",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = "example.com/runner:v2.336.0-ubuntu-24.04"
			p.Env = []corev1.EnvVar{{Name: "DISABLE_RUNNER_UPDATE", Value: "true"}}
		},
		want: `pools["build"].image: image "example.com/runner:v2.336.0-ubuntu-24.04": since 2026-10-16, GitHub has no jobs for a runner that does not update itself (DISABLE_RUNNER_UPDATE) and is older than 2.337.0; want a newer one, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "no image",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Image = ""
		},
		want: `pools["build"].image: image is missing; want NAME:TAG or NAME@sha256:DIGEST, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	},
	{
		name: "namespace with an underscore",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Namespace = "a_b"
		},
		want: `pools["build"].namespace: namespace "a_b": '_' at position 2 is not allowed; want lower-case letters, digits and -`,
	},
	{
		name: "namespace of 64 characters",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Namespace = identity.Namespace(long[:64])
		},
		want: `pools["build"].namespace: namespace "` + long[:64] + `": want at most 63 characters, got 64`,
	},
	{
		name: "namespace of the cluster itself",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Namespace = "kube-system"
		},
		want: `pools["build"].namespace: namespace "kube-system" is shared with others, who could take the pool's role; want a namespace for runners alone`,
	},
	{
		name: "namespace default",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Namespace = "default"
		},
		want: `pools["build"].namespace: namespace "default" is shared with others, who could take the pool's role; want a namespace for runners alone`,
	},
	{
		name: "ServiceAccount of 254 characters",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.ServiceAccount = identity.ServiceAccount(long[:254])
		},
		want: `pools["build"].serviceAccount: ServiceAccount "` + long[:254] + `": want at most 253 characters, got 254`,
	},
	{
		name: "RunnerDeployment of 52 characters",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.RunnerDeployment = identity.RunnerDeployment(long[:52])
		},
		want: `pools["build"].runnerDeployment: RunnerDeployment "` + long[:52] + `": want at most 51 characters, got 52`,
	},
	{
		name: "name with a newline and a document separator",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.ServiceAccount = "runner\n---\nkind: Secret"
		},
		want: `pools["build"].serviceAccount: ServiceAccount "runner\n---\nkind: Secret": '\n' at position 7 is not allowed; want lower-case letters, digits and -, in parts joined by dots`,
	},
	{
		name: "pool name with a control character",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Name = "build\x00"
		},
		want: `pools["build\x00"].name: pool name "build\x00": '\x00' at position 6 is not allowed; want lower-case letters, digits and -`,
	},
	{
		name: "pool without a name",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Name = ""
		},
		want: `pools[0].name: pool name is missing`,
	},
	{
		name: "pool name that leaves its folder",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Name = "../build"
		},
		want: `pools["../build"].name: pool name "../build": '.' at position 1 is not allowed; want lower-case letters, digits and -`,
	},
	{
		name: "stored key",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Env = []corev1.EnvVar{{Name: "AWS_SECRET_ACCESS_KEY", Value: "x"}}
		},
		want: `pools["build"].env[0]: environment variable "AWS_SECRET_ACCESS_KEY": a stored key would win over the role; leave it out`,
	},
	{
		name: "stored key under another name",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Env = []corev1.EnvVar{{Name: "KEY", Value: "AKIA" + strings.Repeat("A7", 8)}}
		},
		want: `pools["build"].env[0]: environment variable "KEY" holds what looks like an AWS access key id, and dist/ would show it; leave it out`,
	},
	{
		name: "secrets of others in the environment",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Env = []corev1.EnvVar{
				{Name: "GH_TOKEN", Value: "ghp_" + strings.Repeat("aB3d", 9)},
				{Name: "NPM_CONFIG", Value: "token=github_pat_" + strings.Repeat("aB3_", 10)},
				{Name: "GITHUB_TOKEN", Value: "ghs_" + strings.Repeat("aB3d", 9)},
				{Name: "HTTPS_PROXY", Value: "http://user:" + "hunter2@proxy.example.com:3128"},
				{Name: "MY_SECRET_KEY", Value: strings.Repeat("aB3/", 10)},
				{Name: "DEPLOY_KEY", Value: "-----BEGIN " + "OPENSSH PRIVATE KEY-----\n" + strings.Repeat("b3Bl", 16)},
			}
		},
		want: `
pools["build"].env[0]: environment variable "GH_TOKEN" holds what looks like a GitHub token, and dist/ would show it; leave it out
pools["build"].env[1]: environment variable "NPM_CONFIG" holds what looks like a GitHub token, and dist/ would show it; leave it out
pools["build"].env[2]: environment variable "GITHUB_TOKEN" holds what looks like a GitHub token, and dist/ would show it; leave it out
pools["build"].env[3]: environment variable "HTTPS_PROXY" holds what looks like a URL with a password, and dist/ would show it; leave it out
pools["build"].env[4]: environment variable "MY_SECRET_KEY" holds what looks like an AWS secret access key, and dist/ would show it; leave it out
pools["build"].env[5]: environment variable "DEPLOY_KEY" holds what looks like a private key, and dist/ would show it; leave it out
`,
	},
	{
		name: "proxy without a password",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Env = []corev1.EnvVar{{Name: "HTTPS_PROXY", Value: "http://proxy.example.com:3128"}, {Name: "NO_PROXY", Value: "10.0.0.0/8,user@example.com"}}
		},
		want: ``,
	},
	{
		name: "tag with a token",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.Tags = map[string]string{"owner": "ghp_" + strings.Repeat("aB3d", 9)}
		},
		want: `tags["owner"]: tag "owner" holds what looks like a GitHub token, and dist/ would show it; leave it out`,
	},
	{
		name: "role in the environment",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Env = []corev1.EnvVar{{Name: "AWS_ROLE_ARN", Value: "x"}}
		},
		want: `pools["build"].env[0]: environment variable "AWS_ROLE_ARN": EKS sets it from the ServiceAccount's annotation, unless it is set already; leave it out`,
	},
	{
		name: "metadata service switched on again",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Env = []corev1.EnvVar{{Name: "AWS_EC2_METADATA_DISABLED", Value: "false"}}
		},
		want: `pools["build"].env[0]: environment variable "AWS_EC2_METADATA_DISABLED": every pool sets it, so that the node's role stays out of reach; leave it out`,
	},
	{
		name: "environment variable with a hyphen, and twice",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Env = []corev1.EnvVar{{Name: "A-B"}, {Name: "A-B"}}
		},
		want: `
pools["build"].env[0], pools["build"].env[1]: environment variable "A-B": want a letter or underscore, then letters, digits and underscores
pools["build"].env[1]: environment variable "A-B" is listed twice
`,
	},
	{
		name: "cluster that is not declared",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Cluster.Name = "exmple"
		},
		want: `pools["build"].cluster: cluster "exmple" is not declared; declared: "example"`,
	},
	{
		name: "cluster with other values than declared",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Cluster.ExistingProvider = true
		},
		want: `pools["build"].cluster: cluster "example" is declared with other values in clusters["example"]`,
	},
	{
		name: "two clusters with one issuer",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			other := f.Clusters[0]
			other.Name = "other"
			f.Clusters = append(f.Clusters, other)
		},
		want: `clusters["other"].issuer: issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF" is already used by clusters["example"].issuer`,
	},
	{
		name: "two clusters with one name",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			other := f.Clusters[0]
			other.Name = "Example"
			other.Issuer = "https://oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210"
			f.Clusters = append(f.Clusters, other)
		},
		want: `clusters["Example"].name: cluster name "Example" is already used by clusters["example"].name`,
	},
	{
		name: "one stack in two regions",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.Region = "us-west-2" })
		},
		want: `stacks["keyless-runners"].imageRepositories["my-app"]: it is in account "111122223333", region "us-west-2", and other things of the stack are in account "111122223333", region "us-east-1"; a stack lives in one of each`,
	},
	{
		name: "two stack names that a file system may take for one",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.Stack = "Keyless-Runners" })
		},
		want: `stacks["keyless-runners"]: stack name "keyless-runners" is already used by stacks["Keyless-Runners"]`,
	},
	{
		name: "stack name with an underscore",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) { c.Stack = "my_stack" })
			inRepository(f, func(r *fleet.ImageRepository) { r.Stack = "my_stack" })
		},
		want: `
clusters["example"].stack: stack name "my_stack": '_' at position 3 is not allowed; want letters, digits and -
imageRepositories["my-app"].stack: stack name "my_stack": '_' at position 3 is not allowed; want letters, digits and -
`,
	},
	{
		name: "no pool",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.Pools = nil
		},
		want: `pools: none is declared; want at least one`,
	},
	{
		name: "nothing at all",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			*f = fleet.Fleet{}
		},
		want: `pools: none is declared; want at least one`,
	},
	{
		name: "tag that AWS reserves",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.Tags = map[string]string{"AWS:x": "y"}
		},
		want: `tags["AWS:x"]: tag keys that begin with "aws:" are reserved by AWS`,
	},
	{
		name: "tag that every resource has",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.Tags = map[string]string{"managed-by": "me"}
		},
		want: `tags["managed-by"]: every resource has this tag, with the value "keyless-runners"; leave it out`,
	},
	{
		name: "tag value with a control character",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.Tags = map[string]string{"team": "a\tb"}
		},
		want: `tags["team"]: tag value "a\tb": want up to 256 letters, digits, blanks and _.:/=+-@`,
	},
	{
		name: "way to the role with a typing mistake",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Way = "IRSA and Pod Identity"
		},
		want: `pools["build"].way: unknown way to the role "IRSA and Pod Identity": want "IRSA", "EKS Pod Identity" or "IRSA and EKS Pod Identity"`,
	},
	{
		name: "IRSA without an issuer",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) { c.Issuer = "" })
		},
		want: `clusters["example"].issuer: issuer is missing; want https://oidc.eks.REGION.amazonaws.com/id/ID (in China amazonaws.com.cn, in the European Sovereign Cloud amazonaws.eu), ID of 32 upper-case hexadecimal digits`,
	},
	{
		name: "IRSA beside EKS Pod Identity without an issuer",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Way = fleet.WayBoth
			inCluster(f, func(c *fleet.Cluster) { c.Issuer = "" })
		},
		want: `clusters["example"].issuer: issuer is missing; want https://oidc.eks.REGION.amazonaws.com/id/ID (in China amazonaws.com.cn, in the European Sovereign Cloud amazonaws.eu), ID of 32 upper-case hexadecimal digits`,
	},
	{
		name: "EKS Pod Identity without an issuer",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Way = fleet.WayPodIdentity
			inCluster(f, func(c *fleet.Cluster) { c.Issuer = "" })
		},
		want: ``,
	},
	{
		name: "existing provider of a cluster without an issuer",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Way = fleet.WayPodIdentity
			inCluster(f, func(c *fleet.Cluster) { c.Issuer, c.ExistingProvider = "", true })
		},
		want: `clusters["example"].existingProvider: a cluster without an issuer has no provider; leave it out`,
	},
	{
		name: "cluster by its ARN in EKS",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inCluster(f, func(c *fleet.Cluster) { c.EKSName = "arn:aws:eks:us-east-1:111122223333:cluster/prod" })
		},
		want: `clusters["example"].eksName: cluster name "arn:aws:eks:us-east-1:111122223333:cluster/prod": want the name alone, "prod", without "arn:aws:eks:us-east-1:111122223333:cluster/"`,
	},
	{
		name: "two clusters that are one in EKS",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.Clusters = append(f.Clusters, fleet.Cluster{Name: "other", EKSName: "example", Account: "111122223333", Region: "us-east-1", Stack: "keyless-runners"})
		},
		want: `clusters["other"].eksName: EKS cluster "arn:aws:eks:us-east-1:111122223333:cluster/example" is already clusters["example"]`,
	},
	{
		name: "two clusters of one name in EKS, in two regions",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.Clusters = append(f.Clusters, fleet.Cluster{Name: "other", EKSName: "example", Account: "111122223333", Region: "us-west-2", Stack: "other"})
		},
		want: ``,
	},
	{
		name: "credentials of EKS Pod Identity in the environment",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Env = []corev1.EnvVar{{Name: "AWS_CONTAINER_CREDENTIALS_FULL_URI", Value: "http://127.0.0.1/"}, {Name: "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", Value: "/v2"}}
		},
		want: `
pools["build"].env[0]: environment variable "AWS_CONTAINER_CREDENTIALS_FULL_URI": EKS Pod Identity sets it where the ServiceAccount has an association, unless it is set already; leave it out
pools["build"].env[1]: environment variable "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": SDKs would ask Amazon ECS, which is not there, before EKS Pod Identity; leave it out
`,
	},
	{
		name: "ephemeral storage below zero, half a GPU, and one GPU of two",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Resources.Requests = corev1.ResourceList{"ephemeral-storage": resource.MustParse("-1"), "nvidia.com/gpu": resource.MustParse("500m"), "example.com/fpga": resource.MustParse("1")}
			p.Resources.Limits = corev1.ResourceList{"nvidia.com/gpu": resource.MustParse("500m"), "example.com/fpga": resource.MustParse("2")}
		},
		want: `
pools["build"].resources.requests.ephemeral-storage: quantity "-1": want a Kubernetes quantity of ephemeral-storage from "1Mi" to "100Ti", such as "20Gi"
pools["build"].resources.requests.nvidia.com/gpu: quantity "500m": want a whole number of nvidia.com/gpu, at least 1
pools["build"].resources.limits.nvidia.com/gpu: quantity "500m": want a whole number of nvidia.com/gpu, at least 1
pools["build"].resources: example.com/fpga: the request "1" is not the limit "2", as it has to be for what is given whole
`,
	},
	{
		name: "labels and annotations of EKS, of the controller, and that Kubernetes refuses",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Pod.Labels = map[string]string{"eks.amazonaws.com/skip-pod-identity-webhook": "", "runner-deployment-name": "x", "team": "a b"}
			p.Pod.Annotations = map[string]string{"eks.amazonaws.com/skip-containers": "", "a/b/c": "", "token": "ghp_" + strings.Repeat("aB3d", 9)}
		},
		want: `
pools["build"].pod.labels["eks.amazonaws.com/skip-pod-identity-webhook"]: label "eks.amazonaws.com/skip-pod-identity-webhook": EKS' pod identity webhook decides by it whether the Pod gets its token; leave it out
pools["build"].pod.labels["runner-deployment-name"]: label "runner-deployment-name": the controller knows its Pods by it; leave it out
pools["build"].pod.labels["team"]: label team "a b": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345')
pools["build"].pod.annotations["a/b/c"]: annotation "a/b/c": a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')
pools["build"].pod.annotations["eks.amazonaws.com/skip-containers"]: annotation "eks.amazonaws.com/skip-containers": every pool sets it, so that the token is kept from the privileged sidecar; leave it out
pools["build"].pod.annotations["token"]: annotation "token" holds what looks like a GitHub token, and dist/ would show it; leave it out
`,
	},
	{
		name: "nodes that run no runner, and tolerations that Kubernetes refuses",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Pod.NodeSelector = map[string]string{"kubernetes.io/os": "windows", "beta.kubernetes.io/os": "windows"}
			p.Pod.Affinity = &corev1.Affinity{NodeAffinity: &corev1.NodeAffinity{RequiredDuringSchedulingIgnoredDuringExecution: &corev1.NodeSelector{NodeSelectorTerms: []corev1.NodeSelectorTerm{
				{MatchExpressions: []corev1.NodeSelectorRequirement{{Key: "kubernetes.io/os", Operator: "In", Values: []string{"windows", "darwin"}}}},
				{MatchExpressions: []corev1.NodeSelectorRequirement{{Key: "kubernetes.io/os", Operator: "In", Values: []string{"windows", "linux"}}}},
			}}}}
			p.Pod.Tolerations = []corev1.Toleration{
				{Key: "runners", Effect: "NoExecut"},
				{Value: "true"},
				{Key: "runners", Operator: "Exists", Value: "true"},
				{Key: "runners", Operator: "In"},
				{Key: "runners", Effect: "NoSchedule", TolerationSeconds: new(int64)},
				{Operator: "Exists"},
			}
		},
		want: `
pools["build"].pod.nodeSelector["beta.kubernetes.io/os"]: node label beta.kubernetes.io/os "windows": runners are for Linux
pools["build"].pod.nodeSelector["kubernetes.io/os"]: node label kubernetes.io/os "windows": runners are for Linux
pools["build"].pod.tolerations[0]: effect "NoExecut": want "NoSchedule", "PreferNoSchedule" or "NoExecute", or none for all
pools["build"].pod.tolerations[1]: key is missing; without one the operator is "Exists", and all taints are tolerated
pools["build"].pod.tolerations[2]: value "true": the operator "Exists" is for taints of any value; leave one of them out
pools["build"].pod.tolerations[3]: operator "In": want "Equal" or "Exists"
pools["build"].pod.tolerations[4]: tolerationSeconds 0: they are for effect "NoExecute"; leave them out
pools["build"].pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]: node label kubernetes.io/os "windows", "darwin": runners are for Linux
`,
	},
	{
		name: "affinity that Kubernetes refuses",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Pod.Affinity = &corev1.Affinity{
				NodeAffinity: &corev1.NodeAffinity{
					RequiredDuringSchedulingIgnoredDuringExecution: &corev1.NodeSelector{},
					PreferredDuringSchedulingIgnoredDuringExecution: []corev1.PreferredSchedulingTerm{
						{Weight: 101},
						{Weight: 1, Preference: corev1.NodeSelectorTerm{MatchExpressions: []corev1.NodeSelectorRequirement{{Key: "arch", Operator: "Is", Values: []string{"arm64"}}}}},
						{Weight: 1, Preference: corev1.NodeSelectorTerm{MatchExpressions: []corev1.NodeSelectorRequirement{{Key: "arch", Operator: "In"}}}},
					},
				},
				PodAffinity:     &corev1.PodAffinity{PreferredDuringSchedulingIgnoredDuringExecution: []corev1.WeightedPodAffinityTerm{{PodAffinityTerm: corev1.PodAffinityTerm{TopologyKey: "zone"}}}},
				PodAntiAffinity: &corev1.PodAntiAffinity{RequiredDuringSchedulingIgnoredDuringExecution: []corev1.PodAffinityTerm{{TopologyKey: "a b"}}},
			}
		},
		want: `
pools["build"].pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: none is there, so no node will do; want at least one
pools["build"].pod.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]: weight 101: want 1 to 100
pools["build"].pod.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[1]: node label "arch": operator "Is": want In, NotIn, Exists, DoesNotExist, Gt or Lt
pools["build"].pod.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[2]: node label "arch": operator In without values; want at least one
pools["build"].pod.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]: weight 0: want 1 to 100
pools["build"].pod.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]: topologyKey "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc')
`,
	},
	{
		name: "topology spread that Kubernetes refuses, or that does nothing",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			runners := &metav1.LabelSelector{MatchLabels: map[string]string{"team": "web"}}
			p.Pod.TopologySpreadConstraints = []corev1.TopologySpreadConstraint{
				{TopologyKey: "zone", WhenUnsatisfiable: "DoNotSchedule", LabelSelector: runners},
				{MaxSkew: 1, TopologyKey: "zone", LabelSelector: runners},
				{MaxSkew: 1, TopologyKey: "zone", WhenUnsatisfiable: "ScheduleAnyway"},
				{MaxSkew: 1, TopologyKey: "zone", WhenUnsatisfiable: "ScheduleAnyway", LabelSelector: runners},
			}
		},
		want: `
pools["build"].pod.topologySpreadConstraints[0]: maxSkew 0: want at least 1
pools["build"].pod.topologySpreadConstraints[1]: whenUnsatisfiable "": want "DoNotSchedule" or "ScheduleAnyway"
pools["build"].pod.topologySpreadConstraints[2]: labelSelector is missing, so no Pod counts; want one for labels of the pool's Pods
`,
	},
	{
		name: "names of other objects that no object has",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Pod.PriorityClassName = "system-node-critical"
			p.Pod.ImagePullSecrets = []corev1.LocalObjectReference{{}, {Name: "registry"}}
			p.Pod.HostAliases = []corev1.HostAlias{{IP: "10.0.0"}, {IP: "10.0.0.1"}}
			p.Pod.TerminationGracePeriodSeconds = new(int64)
			*p.Pod.TerminationGracePeriodSeconds = -1
		},
		want: `
pools["build"].pod.priorityClassName: PriorityClass "system-node-critical": Kubernetes keeps those that begin with "system-" for itself; want another
pools["build"].pod.imagePullSecrets[0]: name of the Secret is missing
pools["build"].pod.hostAliases[0]: address "10.0.0": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
pools["build"].pod.hostAliases[1]: address "10.0.0.1" has no host name; want at least one
pools["build"].pod.terminationGracePeriodSeconds: -1 seconds: want 0 or more
`,
	},
	{
		name: "volumes that take the token away, or that others share",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			empty := corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}
			p.Pod.Volumes = []corev1.Volume{
				{Name: "aws-iam-token", VolumeSource: empty},
				{Name: "socket", VolumeSource: corev1.VolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: "/var/run/docker.sock"}}},
				{Name: "cache"},
				{Name: "cache", VolumeSource: empty},
				{Name: "disk", VolumeSource: corev1.VolumeSource{AWSElasticBlockStore: &corev1.AWSElasticBlockStoreVolumeSource{}}},
				{Name: "claim", VolumeSource: corev1.VolumeSource{Ephemeral: &corev1.EphemeralVolumeSource{}}},
			}
			p.VolumeMounts = []corev1.VolumeMount{
				{Name: "cache", MountPath: "/var/run"},
				{Name: "cache", MountPath: "/"},
				{Name: "cache", MountPath: "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"},
				{Name: "cache", MountPath: "cache/"},
				{Name: "cach", MountPath: "/cache"},
				{Name: "cache", MountPath: "/cache"},
			}
		},
		want: `
pools["build"].pod.volumes[0]: volume "aws-iam-token": the controller or EKS has one of this name in the Pod; want another
pools["build"].pod.volumes[1]: volume "socket": hostPath lets jobs change the node, and each other; want emptyDir, ephemeral or persistentVolumeClaim
pools["build"].pod.volumes[2]: volume "cache" has 0 sources; want one
pools["build"].pod.volumes[3]: volume "cache" is listed twice
pools["build"].pod.volumes[4]: volume "disk": want configMap, csi, emptyDir, ephemeral, nfs, persistentVolumeClaim, projected (of tokens, ConfigMaps and Secrets) or secret
pools["build"].pod.volumes[5]: volume "claim" has no volumeClaimTemplate; want one
pools["build"].volumeMounts[0]: mount path "/var/run" hides "/var/run", which the runner needs; want another
pools["build"].volumeMounts[1]: mount path "/" hides "/runner", which the runner needs; want another
pools["build"].volumeMounts[2]: mount path "/var/run/secrets/eks.amazonaws.com/serviceaccount/token" is where EKS mounts the token; want another
pools["build"].volumeMounts[3]: mount path "cache/": want an absolute path, without a slash behind it
pools["build"].volumeMounts[4]: volume "cach" is not among pod.volumes
pools["build"].volumeMounts[5]: mount path "/cache" is listed twice
`,
	},
	{
		name: "group of the token's readers",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Pod.SecurityContext = &corev1.PodSecurityContext{FSGroup: new(int64)}
		},
		want: `pools["build"].pod.securityContext: fsGroup 0: every pool's is 1001, whose the token for AWS is; leave it out`,
	},
	{
		name: "Docker sidecar that is not root",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Pod.SecurityContext = &corev1.PodSecurityContext{RunAsNonRoot: new(bool)}
		},
		want: `pools["build"].pod.securityContext: runAsUser, runAsGroup and runAsNonRoot are for every container of the Pod, and the Docker sidecar runs as root; leave them out`,
	},
	{
		name: "pull policy, registry mirror and MTU with typing mistakes",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.ImagePullPolicy, p.Builder.Docker = "always", &fleet.Docker{RegistryMirror: "mirror.example.com/hub", MTU: 150}
		},
		want: `
pools["build"].imagePullPolicy: pull policy "always": want "Always", "IfNotPresent" or "Never"
pools["build"].builder.docker.registryMirror: registry mirror "mirror.example.com/hub": want https://HOST, without a path
pools["build"].builder.docker.mtu: MTU 150: want 1280 to 9001, or none for Docker's default
`,
	},
	{
		name: "proxy that is none, has a password, or is set twice",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Proxy = &fleet.Proxy{HTTP: "proxy.example.com:3128", HTTPS: "http://user:" + "hunter2@proxy.example.com:3128", NoProxy: []string{"10.0.0.0/8,.svc"}}
			p.Env = []corev1.EnvVar{{Name: "NO_PROXY", Value: ".svc"}}
		},
		want: `
pools["build"].proxy.http: proxy "proxy.example.com:3128": want http://HOST:PORT
pools["build"].proxy.https: proxy for "https" holds what looks like a URL with a password, and dist/ would show it; leave it out
pools["build"].proxy.noProxy[0]: host "10.0.0.0/8,.svc": want one host, domain or address range, without a scheme, blanks and commas
pools["build"].env[0]: environment variable "NO_PROXY": the pool's proxy sets it; leave it out
`,
	},
	{
		name: "proxy for nothing",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Proxy = &fleet.Proxy{NoProxy: []string{".svc"}}
		},
		want: `pools["build"].proxy: neither http nor https is set; want one of them, or no proxy`,
	},
	{
		name: "environment from elsewhere that is none, or twice",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			token := &corev1.SecretKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "npm"}, Key: "token"}
			p.Env = []corev1.EnvVar{
				{Name: "NPM_TOKEN", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: token}},
				{Name: "A", Value: "a", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: token}},
				{Name: "B", ValueFrom: &corev1.EnvVarSource{}},
				{Name: "C", ValueFrom: &corev1.EnvVarSource{ConfigMapKeyRef: &corev1.ConfigMapKeySelector{Key: "c"}}},
				{Name: "AWS_ACCESS_KEY_ID", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: token}},
				{Name: "NODE", ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: "spec.nodeName"}}},
				{Name: "D", ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: "spec.node"}}},
			}
		},
		want: `
pools["build"].env[1]: environment variable "A" has a value and valueFrom; want one of them
pools["build"].env[2]: environment variable "B": want one of configMapKeyRef, secretKeyRef and fieldRef in valueFrom
pools["build"].env[3]: name of the ConfigMap is missing
pools["build"].env[4]: environment variable "AWS_ACCESS_KEY_ID": a stored key would win over the role; leave it out
pools["build"].env[6]: environment variable "D": unknown field "spec.node" of a Pod: want for example "spec.nodeName" or "metadata.labels['KEY']"
`,
	},
	{
		name: "scale set and RunnerDeployment in one pool",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			p.RunnerDeployment, p.Labels, p.Replicas = "build", []identity.RunnerLabel{"push"}, 2
			p.Autoscaling = &fleet.Autoscaling{MinReplicas: 1, MaxReplicas: 2}
			p.GitHubAPICredentialsFrom = "github-app"
		},
		want: `
pools["build"].runnerDeployment: choose one of runnerDeployment and scaleSet: both are set
pools["build"].gitHubAPICredentialsFrom: it is for RunnerDeployments; the pool is a scale set, leave it out and set gitHubConfigSecret
pools["build"].replicas: the number of replicas is for RunnerDeployments; the pool is a scale set, leave it out and set minRunners and maxRunners
pools["build"].autoscaling: it is for RunnerDeployments; the pool is a scale set, leave it out and set minRunners and maxRunners
pools["build"].labels: jobs choose a scale set by its name alone, "push-my-app"; leave the labels out
`,
	},
	{
		name: "scale set without a controller",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			inCluster(f, func(c *fleet.Cluster) { c.Controller = fleet.Controller{} })
		},
		want: `pools["build"].cluster: cluster "example" declares no controller of scale sets; want its version, namespace and ServiceAccount in controller`,
	},
	{
		name: "controller of another version, and of no namespace",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			inCluster(f, func(c *fleet.Cluster) {
				c.Controller = fleet.Controller{Version: "0.13.1", ServiceAccount: "controller"}
			})
		},
		want: `
clusters["example"].controller.version: controller version "0.13.1": scale sets are rendered for 0.14, and the controller deletes those of another minor version; want for example "0.14.2"
clusters["example"].controller.namespace: namespace is missing
`,
	},
	{
		name: "scale set of no name, no size and no Secret",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			p.ScaleSet = &fleet.ScaleSet{}
		},
		want: `
pools["build"].scaleSet.name: scale set is missing
pools["build"].scaleSet.maxRunners: 0 runners: want at least 1, up to 10000
pools["build"].scaleSet.gitHubConfigSecret: name of the Secret is missing
`,
	},
	{
		name: "scale set that ARC has no listener for, with a minimum above its maximum",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			p.ScaleSet.Name, p.ScaleSet.MinRunners, p.ScaleSet.MaxRunners = identity.ScaleSet(long[:46]), 3, 2
			p.Builder.Docker = &fleet.Docker{Image: "docker:dind"}
		},
		want: `
pools["build"].scaleSet.name: scale set "` + long[:46] + `": want at most 45 characters, got 46
pools["build"].scaleSet: minRunners 3 is above maxRunners 2
pools["build"].builder.docker.image: image "docker:dind": it can change from one day to the next; want NAME:TAG or NAME@sha256:DIGEST, for example "docker:28.5-dind"
`,
	},
	{
		name: "scale set of a name that GitHub's own runners have",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			p.ScaleSet.Name = "ubuntu-latest"
		},
		want: `pools["build"].scaleSet.name: scale set "ubuntu-latest": other runners have it as a label, so jobs for those could land here; want a name that no other runner has`,
	},
	{
		name: "scale set of a name that runners of another pool have as a label",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second(f, func(o *fleet.Pool) { o.Labels = []identity.RunnerLabel{"gpu", "push-my-app"} })
			scaleSet(f)
		},
		want: `pools["build"].scaleSet.name: a job for this pool could land on pools["other"], which has all of its labels; give each its own label`,
	},
	{
		name: "two scale sets of one name in a namespace",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			second(f, func(o *fleet.Pool) {
				o.Labels, o.RunnerDeployment = nil, ""
				o.Scope = fleet.Scope{SourceRepository: "octo-org/other"}
			})
		},
		want: `pools["other"].scaleSet.name: scale set "push-my-app" in namespace "self-hosted-runners" of cluster "example" is already used by pools["build"].scaleSet.name`,
	},
	{
		name: "scale set with the image of RunnerDeployments",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			p.Image = "summerwind/actions-runner:v2.337.0-ubuntu-22.04"
		},
		want: `pools["build"].image: image "summerwind/actions-runner:v2.337.0-ubuntu-22.04": it is made for RunnerDeployments, and does not have /home/runner/run.sh, which a scale set's runner is started by; want another, for example "ghcr.io/actions/actions-runner:2.337.0"`,
	},
	{
		name: "scale set with a runner that may not update itself and is too old",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			p.Image = "ghcr.io/actions/actions-runner:2.336.0"
		},
		want: `pools["build"].image: image "ghcr.io/actions/actions-runner:2.336.0": since 2026-10-16, GitHub has no jobs for a runner that does not update itself (DISABLE_RUNNER_UPDATE) and is older than 2.337.0; want a newer one, for example "ghcr.io/actions/actions-runner:2.337.0"`,
	},
	{
		name: "volumes of a scale set that hide its own",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			empty := corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}
			p.Pod.Volumes = []corev1.Volume{{Name: "dind-sock", VolumeSource: empty}, {Name: "runner", VolumeSource: empty}}
			p.VolumeMounts = []corev1.VolumeMount{{Name: "runner", MountPath: "/home/runner"}, {Name: "runner", MountPath: "/runner"}}
		},
		want: `
pools["build"].pod.volumes[0]: volume "dind-sock": the controller or EKS has one of this name in the Pod; want another
pools["build"].volumeMounts[0]: mount path "/home/runner" hides "/home/runner", which the runner needs; want another
`,
	},
	{
		name: "pulls from where it pushes, from another registry, and from nowhere",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			other := fleet.ImageRepository{Name: "base", Account: "111122223333", Region: "us-west-2", Existing: true}
			f.ImageRepositories = append(f.ImageRepositories, other)
			p.PullsFrom = []fleet.ImageRepository{p.PushesTo[0], other, {Name: "none", Account: "111122223333", Region: "us-east-1"}}
		},
		want: `
pools["build"].pullsFrom[2]: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/none" is not declared; declared: "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app", "111122223333.dkr.ecr.us-west-2.amazonaws.com/base"
pools["build"].pullsFrom[0]: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app" is in pushesTo, which includes pulling; leave it out
`,
	},
	{
		name: "statements that are none of a role's policy",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			read := policy.Statement{Sid: "Read", Effect: "Allow", Action: policy.Values{"s3:GetObject"}, Resource: policy.Values{"*"}}
			with := func(change func(s *policy.Statement)) policy.Statement {
				s := read
				change(&s)
				return s
			}
			p.Statements = []policy.Statement{
				read,
				with(func(s *policy.Statement) { s.Sid = "" }),
				with(func(s *policy.Statement) { s.Sid = "read data" }),
				with(func(s *policy.Statement) { s.Sid = "AllowPush" }),
				with(func(s *policy.Statement) { s.Sid = "read" }),
				with(func(s *policy.Statement) { s.Sid, s.Effect = "A", "allow" }),
				with(func(s *policy.Statement) { s.Sid, s.Principal = "B", &policy.Principal{AWS: policy.Values{"*"}} }),
				with(func(s *policy.Statement) { s.Sid, s.Action = "C", nil }),
				with(func(s *policy.Statement) { s.Sid, s.Resource = "D", nil }),
				with(func(s *policy.Statement) { s.Sid, s.Action, s.NotAction = "E", nil, policy.Values{"iam:*"} }),
				with(func(s *policy.Statement) { s.Sid, s.Action = "F", policy.Values{"*"} }),
				with(func(s *policy.Statement) { s.Sid, s.Action = "G", policy.Values{"ecr:PutImage"} }),
				with(func(s *policy.Statement) { s.Sid, s.Effect, s.Action = "H", "Deny", policy.Values{"*"} }),
			}
		},
		want: `
pools["build"].statements[1]: sid is missing; want a name of letters and digits that says what the statement is for
pools["build"].statements[2]: sid "read data": want letters and digits
pools["build"].statements[3]: Sid "AllowPush" is already used by the pool's own statements
pools["build"].statements[4]: Sid "read" is already used by pools["build"].statements[0]
pools["build"].statements[5]: effect "allow": want "Allow" or "Deny"
pools["build"].statements[6]: a statement of a role's policy has no principal; leave it out
pools["build"].statements[7]: want one of action and notAction
pools["build"].statements[8]: want one of resource and notResource
pools["build"].statements[9]: notAction allows whatever AWS adds; name the actions
pools["build"].statements[10]: action "*": want SERVICE:OPERATION, for example "s3:GetObject"
pools["build"].statements[11]: action "ecr:PutImage": image repositories are granted by pushesTo and pullsFrom; leave it out
`,
	},
	{
		name: "boundary of another account, and sessions of a minute",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.PermissionsBoundary = identity.ManagedPolicyARN{Partition: "aws", Account: "444455556666", Path: "/", Name: "boundary"}
			p.MaxSessionDuration = time.Minute
		},
		want: `
pools["build"].permissionsBoundary: policy "arn:aws:iam::444455556666:policy/boundary" is not in the role's account "111122223333"
pools["build"].maxSessionDuration: session of 1m0s: want whole seconds from 1 to 12 hours, or none for 1 hour
`,
	},
	{
		name: "policies that the role cannot have",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			reads := identity.ManagedPolicyARN{Partition: "aws", Account: identity.AccountAWS, Path: "/", Name: "AmazonS3ReadOnlyAccess"}
			other, china, pathless := reads, reads, reads
			other.Account, china.Partition, pathless.Path = "444455556666", "aws-cn", ""
			p.ManagedPolicies = []identity.ManagedPolicyARN{reads, other, reads, china, pathless}
		},
		want: `
pools["build"].managedPolicies[1]: policy "arn:aws:iam::444455556666:policy/AmazonS3ReadOnlyAccess" is not in the role's account "111122223333"
pools["build"].managedPolicies[2]: policy "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" is listed twice
pools["build"].managedPolicies[3]: policy "arn:aws-cn:iam::aws:policy/AmazonS3ReadOnlyAccess" is not in the role's account "111122223333"
pools["build"].managedPolicies[4]: policy path "": want "/" or "/.../"
`,
	},
	{
		name: "policies beside a target role, and more than IAM attaches",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Way = fleet.WayPodIdentity
			p.TargetRole = &fleet.TargetRole{Account: "444455556666", Role: "push", Policy: "push", Stack: "target"}
			inRepository(f, func(r *fleet.ImageRepository) { r.Account, r.Stack = "444455556666", "images" })
			for i := range 10 {
				p.ManagedPolicies = append(p.ManagedPolicies, identity.ManagedPolicyARN{Partition: "aws", Account: "111122223333", Path: "/", Name: identity.PolicyName(fmt.Sprint("p", i))})
			}
		},
		want: `
pools["build"].managedPolicies: the pool's role does nothing but take the target role, which may do what statements say; leave them out
pools["build"].managedPolicies: 10 policies: IAM attaches 10 to a role, and the pool's own is one; want at most 9, or statements
`,
	},
	{
		name: "boundary without a name",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.PermissionsBoundary = identity.ManagedPolicyARN{Partition: "aws", Account: "111122223333", Path: "/"}
		},
		want: `pools["build"].permissionsBoundary: policy name is missing`,
	},
	{
		name: "tags of a pool that AWS reserves, and more than AWS takes with the fleet's",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.Tags, p.Tags = map[string]string{"a": "b"}, map[string]string{"aws:x": "y"}
			for i := range 48 {
				p.Tags[fmt.Sprint("tag", i)] = "x"
			}
		},
		want: `
pools["build"].tags["aws:x"]: tag keys that begin with "aws:" are reserved by AWS
pools["build"].tags: 50 tags, with the fleet's: want at most 49
`,
	},
	{
		name: "clusters that the role cannot be for",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			abroad := fleet.Cluster{Name: "abroad", Account: "444455556666", Region: "us-east-1", Stack: "abroad", Issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210"}
			f.Clusters = append(f.Clusters, abroad)
			p.AlsoIn = []fleet.Cluster{p.Cluster, abroad, {Name: "none", Account: "111122223333", Region: "us-east-1"}}
		},
		want: `
pools["build"].alsoIn[0]: cluster "example" runs the pool already; leave it out
pools["build"].alsoIn[1]: cluster "abroad" is in account "444455556666", the pool's role in "111122223333"; declare a pool with a role there
pools["build"].alsoIn[2]: cluster "none" is not declared; declared: "example", "abroad"
pools["build"].serviceAccount: ServiceAccount "self-hosted-runner-service-account" in namespace "self-hosted-runners" of cluster "example" is already used by pools["build"].serviceAccount
pools["build"].runnerDeployment: RunnerDeployment "runner-deployment" in namespace "self-hosted-runners" of cluster "example" is already used by pools["build"].runnerDeployment
`,
	},
	{
		name: "association in another region than its stack",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			west := fleet.Cluster{Name: "west", Account: "111122223333", Region: "us-west-2", Stack: "west"}
			f.Clusters = append(f.Clusters, west)
			p.Way, p.AlsoIn = fleet.WayPodIdentity, []fleet.Cluster{west}
		},
		want: `pools["build"].alsoIn[0]: cluster "west" is in region "us-west-2", the stack with the pool's associations in "us-east-1"; declare a pool with a stack there`,
	},
	{
		name: "cluster of another pool without an issuer",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			green := fleet.Cluster{Name: "green", Account: "111122223333", Region: "us-east-1", Stack: "green"}
			f.Clusters = append(f.Clusters, green)
			p.AlsoIn = []fleet.Cluster{green}
		},
		want: `clusters["green"].issuer: issuer is missing; want https://oidc.eks.REGION.amazonaws.com/id/ID (in China amazonaws.com.cn, in the European Sovereign Cloud amazonaws.eu), ID of 32 upper-case hexadecimal digits`,
	},
	{
		name: "one scale set in two clusters, without a group for each",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inTwoClusters(f, p)
			p.Scope = fleet.Scope{Organization: "octo-org"}
		},
		want: `pools["build"].alsoInGroups: want a runner group for each cluster of alsoIn, 1, got 0; GitHub knows one scale set of a name in a group`,
	},
	{
		name: "one scale set in two clusters, with one group for both",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inTwoClusters(f, p)
			p.Scope, p.AlsoInGroups = fleet.Scope{Organization: "octo-org"}, []identity.RunnerGroup{"default"}
		},
		want: `pools["build"].alsoInGroups[0]: runner group "default" is that of another cluster, and has a scale set "push-build" already; want another`,
	},
	{
		name:    "one scale set of a source repository in two clusters",
		mistake: inTwoClusters,
		want:    `pools["build"].alsoInGroups: a source repository has no runner groups, and a scale set needs another in each cluster; want an organization or enterprise as scope, or one cluster`,
	},
	{
		name: "groups of a RunnerDeployment in clusters that do not run it",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Scope, p.AlsoInGroups = fleet.Scope{Organization: "octo-org"}, []identity.RunnerGroup{"green"}
		},
		want: `pools["build"].alsoInGroups: want a runner group for each cluster of alsoIn, 0, got 1; GitHub knows one scale set of a name in a group`,
	},
	{
		name: "trust policy over its limit",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			for i := range 4 {
				c := f.Clusters[0]
				c.Name = identity.ClusterName(fmt.Sprint("c", i))
				c.Issuer = c.Issuer[:len(c.Issuer)-1] + identity.Issuer(fmt.Sprint(i))
				f.Clusters = append(f.Clusters, c)
				p.AlsoIn = append(p.AlsoIn, c)
			}
		},
		want: `pools["build"].alsoIn: the role's trust policy would hold 2423 characters, limit 2048 (white space not counted); let the role be for fewer clusters`,
	},
	{
		name: "names that are taken in the other cluster",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			green := f.Clusters[0]
			green.Name, green.Issuer = "green", "https://oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210"
			f.Clusters = append(f.Clusters, green)
			p.AlsoIn = []fleet.Cluster{green}
			second(f, func(o *fleet.Pool) {
				o.Cluster, o.AlsoIn, o.ServiceAccount, o.RunnerDeployment = green, nil, p.ServiceAccount, p.RunnerDeployment
			})
		},
		want: `
pools["other"].serviceAccount: ServiceAccount "self-hosted-runner-service-account" in namespace "self-hosted-runners" of cluster "green" is already used by pools["build"].serviceAccount
pools["other"].runnerDeployment: RunnerDeployment "runner-deployment" in namespace "self-hosted-runners" of cluster "green" is already used by pools["build"].runnerDeployment
`,
	},
	{
		name: "Secret of no name, for GitHub",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.GitHubAPICredentialsFrom = "GitHub App"
		},
		want: `pools["build"].gitHubAPICredentialsFrom: Secret "GitHub App": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com')`,
	},
	{
		name: "image repositories of another account that let the role push and not pull",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) {
				r.Account, r.Stack, r.PushedBy = "444455556666", "images", []identity.RoleARN{p.RoleARN()}
			})
			base := f.ImageRepositories[0]
			base.Name, base.PushedBy = "base", nil
			f.ImageRepositories = append(f.ImageRepositories, base)
			p.PullsFrom = []fleet.ImageRepository{base}
		},
		want: `pools["build"].pullsFrom[0]: image repository "444455556666.dkr.ecr.us-east-1.amazonaws.com/base" is in another account than the role, and does not let it pull; add "111122223333" to its pulledBy`,
	},
	{
		name: "policy for those who need none, for others twice, and for no organization",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) {
				other := identity.RoleARN{Partition: "aws", Account: "444455556666", Path: "/", Name: "ci"}
				r.PushedBy = []identity.RoleARN{p.RoleARN(), other, other, {Partition: "aws-cn", Account: "444455556666", Path: "/", Name: "ci"}}
				r.PulledBy = []identity.AccountID{"111122223333", "44445555666", "777788889999", "777788889999"}
				r.PulledByOrganization = "octo-org"
			})
		},
		want: `
imageRepositories["my-app"].pushedBy[0]: role "arn:aws:iam::111122223333:role/self_hosted_runner_role" is in the image repository's account, where its own policy decides; leave it out
imageRepositories["my-app"].pushedBy[2]: role "arn:aws:iam::444455556666:role/ci" is listed twice
imageRepositories["my-app"].pushedBy[3]: role "arn:aws-cn:iam::444455556666:role/ci" is in partition "aws-cn", the image repository in "aws"
imageRepositories["my-app"].pulledBy[0]: account "111122223333" is the image repository's own, where the policies of principals decide; leave it out
imageRepositories["my-app"].pulledBy[1]: account "44445555666": want 12 digits, got 11
imageRepositories["my-app"].pulledBy[3]: account "777788889999" is listed twice
imageRepositories["my-app"].pulledByOrganization: organization id "octo-org": want o- and 10 to 32 lower-case letters and digits
`,
	},
	{
		name: "lifecycle, mutable tags and key that ECR refuses, or that make every tag mutable",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) {
				r.Lifecycle = []fleet.LifecycleRule{
					{KeepDays: 1},
					{TagPatterns: []string{"v*"}},
					{TagPatterns: []string{"v*"}, KeepDays: 1, KeepImages: 1},
					{TagPatterns: []string{"v*"}, KeepDays: -1},
					{TagPatterns: []string{"v?"}, KeepDays: 1},
					{TagPatterns: []string{"v*", "*1*2*3*4*"}, KeepImages: 5},
				}
				r.MutableTags = []string{"*", "cache/*", "a", "b", "c", "d"}
				r.KMSKey = identity.KMSKeyARN{Partition: "aws", Region: "us-west-2", Account: "111122223333", ID: "01234567-89ab-cdef-0123-456789abcdef"}
			})
		},
		want: `
imageRepositories["my-app"].lifecycle[0]: tag patterns are missing; untagged images are keepUntagged's
imageRepositories["my-app"].lifecycle[1], imageRepositories["my-app"].lifecycle[2]: want one of keepImages and keepDays
imageRepositories["my-app"].lifecycle[3]: -1 days: want at least 1
imageRepositories["my-app"].lifecycle[4]: tag pattern "v?": want 1 to 128 letters, digits and ._-, and * for any text
imageRepositories["my-app"].lifecycle[5]: tag pattern "*1*2*3*4*" has 5 times *: want at most 4
imageRepositories["my-app"].mutableTags: 6 patterns: want at most 5
imageRepositories["my-app"].mutableTags[0]: tag pattern "*": any image that was pushed could be replaced; want a pattern of fewer tags, such as "cache-*"
imageRepositories["my-app"].mutableTags[1]: tag pattern "cache/*": want 1 to 128 letters, digits and ._-, and * for any text
imageRepositories["my-app"].kmsKey: key "arn:aws:kms:us-west-2:111122223333:key/01234567-89ab-cdef-0123-456789abcdef" is in region "us-west-2", its image repository in "us-east-1"
`,
	},
	{
		name: "existing image repository with settings",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) {
				*r = fleet.ImageRepository{Name: r.Name, Account: r.Account, Region: r.Region, Existing: true, MutableTags: []string{"cache-*"}}
			})
		},
		want: `imageRepositories["my-app"]: an existing image repository keeps its own policy, lifecycle rules, mutable tags and key; leave them out`,
	},
	{
		name: "pull through caches that ECR refuses",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			in := func(c fleet.PullThroughCache) fleet.PullThroughCache {
				c.Account, c.Region, c.Stack = "111122223333", "us-east-1", "keyless-runners"
				return c
			}
			const name = "ecr-pullthroughcache/docker-hub-AbCdEf"
			f.PullThroughCaches = []fleet.PullThroughCache{
				in(fleet.PullThroughCache{Prefix: "docker-hub", Upstream: "docker.io", Secret: name}),
				in(fleet.PullThroughCache{Prefix: "hub", Upstream: "registry-1.docker.io"}),
				in(fleet.PullThroughCache{Prefix: "quay", Upstream: "quay.io", Secret: name}),
				in(fleet.PullThroughCache{Prefix: "ghcr", Upstream: "ghcr.io", Secret: "github-token"}),
				in(fleet.PullThroughCache{Prefix: "images-of-other-registries/hub", Upstream: "acme.azurecr.io", Secret: name}),
				in(fleet.PullThroughCache{Prefix: "images-of-other-registries/hubs", Upstream: "https://quay.io", KeepDays: -1}),
				in(fleet.PullThroughCache{Prefix: "public", Existing: true}),
				in(fleet.PullThroughCache{Prefix: "public", Upstream: "public.ecr.aws"}),
			}
		},
		want: `
pullThroughCaches["docker-hub"].upstream: upstream "docker.io": the registry of Docker Hub is "registry-1.docker.io"
pullThroughCaches["hub"].secret: Amazon ECR signs in to "registry-1.docker.io"; want the name of a secret of Secrets Manager, such as "ecr-pullthroughcache/docker-hub-AbCdEf"
pullThroughCaches["quay"].secret: "quay.io" needs no login; leave it out
pullThroughCaches["ghcr"].secret: secret "github-token": want "ecr-pullthroughcache/", a name, and the hyphen and six characters with which its ARN ends, such as "ecr-pullthroughcache/docker-hub-AbCdEf"
pullThroughCaches["images-of-other-registries/hubs"].prefix: prefix "images-of-other-registries/hubs" has 31 characters: want at most 30
pullThroughCaches["images-of-other-registries/hubs"].upstream: upstream "https://quay.io": want a host name from which Amazon ECR pulls: "public.ecr.aws", "quay.io", "registry.k8s.io", "cgr.dev", "ghcr.io", "registry-1.docker.io", "registry.gitlab.com", or one that ends in ".azurecr.io"
pullThroughCaches["images-of-other-registries/hubs"].keepDays: -1 days: want at least 1, or none to keep images
pullThroughCaches[6] ("public" in account "111122223333", region "us-east-1"): an existing rule has its own upstream, secret and template, and is in no stack of this fleet; leave stack, upstream, secret and keepDays out
pullThroughCaches[7].prefix ("public" in account "111122223333", region "us-east-1"): pull through cache "111122223333.dkr.ecr.us-east-1.amazonaws.com/public" is already used by pullThroughCaches[6].prefix ("public" in account "111122223333", region "us-east-1")
`,
	},
	{
		name: "pull through caches that a pool cannot have, and an image repository below one",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			abroad := fleet.PullThroughCache{Prefix: "quay", Account: "444455556666", Region: "us-east-1", Existing: true}
			own := fleet.PullThroughCache{Prefix: "mirror", Account: "111122223333", Region: "us-east-1", Existing: true}
			f.PullThroughCaches = []fleet.PullThroughCache{abroad, own}
			inRepository(f, func(r *fleet.ImageRepository) { r.Name = "mirror/my-app" })
			p.PullsThrough = []fleet.PullThroughCache{abroad, own, own, {Prefix: "hub", Account: "111122223333", Region: "us-east-1"}, {Prefix: "mirror", Account: "111122223333", Region: "us-east-1", KeepDays: 3}}
		},
		want: `
imageRepositories["mirror/my-app"].name: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/mirror/my-app" is below the prefix of pullThroughCaches["mirror"]; choose another name
pools["build"].pullsThrough[0]: pull through cache "444455556666.dkr.ecr.us-east-1.amazonaws.com/quay" is in another account than the role's, "111122223333"; declare one there
pools["build"].pullsThrough[2]: pull through cache "111122223333.dkr.ecr.us-east-1.amazonaws.com/mirror" is listed twice
pools["build"].pullsThrough[3]: pull through cache "111122223333.dkr.ecr.us-east-1.amazonaws.com/hub" is not declared; declared: "444455556666.dkr.ecr.us-east-1.amazonaws.com/quay", "111122223333.dkr.ecr.us-east-1.amazonaws.com/mirror"
pools["build"].pullsThrough[4]: pull through cache "111122223333.dkr.ecr.us-east-1.amazonaws.com/mirror" is declared with other values
`,
	},
	{
		name: "namespaces without a pool, without anything, and twice",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.NamespaceSettings = []fleet.NamespaceSettings{
				{Cluster: p.Cluster, Name: "self-hosted-runner", Existing: true},
				{Cluster: p.Cluster, Name: p.Namespace},
				{Cluster: p.Cluster, Name: p.Namespace, Existing: true},
				{Cluster: fleet.Cluster{Name: "other"}, Name: "runners", Existing: true},
			}
		},
		want: `
namespaceSettings["self-hosted-runner"].name: no pool runs in namespace "self-hosted-runner" of cluster "example"
namespaceSettings[1] ("self-hosted-runners" of cluster "example"): it declares nothing that a namespace does not have anyway; leave it out
namespaceSettings[2] ("self-hosted-runners" of cluster "example"): namespace "self-hosted-runners" of cluster "example" is already used by namespaceSettings[1] ("self-hosted-runners" of cluster "example")
namespaceSettings["runners"].cluster: cluster "other" is not declared; declared: "example"
namespaceSettings["runners"].name: no pool runs in namespace "runners" of cluster "other"
`,
	},
	{
		name: "quota of nothing, limits of nothing, and a network without GitHub",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			f.NamespaceSettings = []fleet.NamespaceSettings{{
				Cluster: p.Cluster, Name: p.Namespace,
				ResourceQuota: &corev1.ResourceQuotaSpec{},
				LimitRange:    &corev1.LimitRangeSpec{Limits: []corev1.LimitRangeItem{{Type: "Containers"}}},
				NetworkPolicy: &fleet.NetworkPolicy{Ports: []int{80, 70000, 80}},
			}}
		},
		want: `
namespaceSettings["self-hosted-runners"].resourceQuota.hard: it is missing; want for example "requests.cpu"
namespaceSettings["self-hosted-runners"].limitRange.limits[0].type: type "Containers": want "Container", "Pod" or "PersistentVolumeClaim"
namespaceSettings["self-hosted-runners"].networkPolicy.ports[1]: port 70000: want 1 to 65535
namespaceSettings["self-hosted-runners"].networkPolicy.ports[2]: port 80 is listed twice
namespaceSettings["self-hosted-runners"].networkPolicy.ports: 443 is not among them, so neither GitHub nor AWS can be reached; add it
`,
	},
	{
		name: "branches, tags and an environment that are none",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Workflow = fleet.Workflow{
				Branches:    []string{"", "refs/heads/main", "my branch", "main", "main"},
				Tags:        []string{"!v1"},
				Environment: "${{ github.ref_name }}",
			}
		},
		want: `
pools["build"].workflow.branches[0]: branch pattern is missing
pools["build"].workflow.branches[1]: branch pattern "refs/heads/main": want the name alone, without "refs/heads/" or "refs/tags/"
pools["build"].workflow.branches[2]: branch pattern "my branch": no branch has blanks, control characters, ~, ^ or :
pools["build"].workflow.branches[4]: branch pattern "main" is listed twice
pools["build"].workflow.tags[0]: tag pattern "!v1" takes out what no pattern before it has; want one without "!" first
pools["build"].workflow.environment: environment "${{ github.ref_name }}": want up to 255 characters, without blanks around them, control characters and expressions
`,
	},
	{
		name: "listener without a listener, and with a token",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			p.ScaleSet.ListenerTemplate = &corev1.PodTemplateSpec{Spec: corev1.PodSpec{Containers: []corev1.Container{
				{Name: "sidecar", Env: []corev1.EnvVar{{Name: "TOKEN", Value: "ghp_" + strings.Repeat("aB3d", 9)}}},
			}}}
		},
		want: `
pools["build"].scaleSet.listenerTemplate.spec.containers: none is named "listener"; want one, which may have nothing but the name
pools["build"].scaleSet.listenerTemplate.spec.containers[0].env[0]: environment variable "TOKEN" holds what looks like a GitHub token, and dist/ would show it; leave it out
`,
	},
	{
		name: "schedules that are none, and times of less than a second",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			start := time.Date(2026, time.November, 30, 8, 0, 0, 0, time.UTC)
			p.Replicas, p.Autoscaling = 0, &fleet.Autoscaling{
				MaxReplicas: 3, Webhook: time.Millisecond, ScaleDownDelay: -time.Second,
				Schedules: []fleet.Schedule{
					{Start: start},
					{Start: start, End: start},
					{Start: start, End: start.Add(time.Hour), Every: "weekly"},
					{Start: start, End: start.Add(time.Hour), Until: start},
					{Start: start, End: start.Add(time.Hour), MinReplicas: 4},
				},
			}
		},
		want: `
pools["build"].autoscaling.webhook: 1ms: want whole seconds, for example 30 minutes
pools["build"].autoscaling.scaleDownDelay: -1s: want whole seconds
pools["build"].autoscaling.schedules[0]: start and end are both needed
pools["build"].autoscaling.schedules[1]: the end, 2026-11-30T08:00:00Z, is not after the start, 2026-11-30T08:00:00Z
pools["build"].autoscaling.schedules[2]: recurrence "weekly": want "Daily", "Weekly", "Monthly" or "Yearly", or none
pools["build"].autoscaling.schedules[3]: until is for a schedule that recurs; leave it out
pools["build"].autoscaling.schedules[4]: 4 replicas: want 0 or more, up to maxReplicas, 3
`,
	},
	{
		name: "webhook from none",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Replicas, p.Autoscaling = 0, &fleet.Autoscaling{MaxReplicas: 3, Webhook: time.Hour}
		},
		want: ``,
	},
	{
		name: "webhook to none",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Replicas, p.Autoscaling = 0, &fleet.Autoscaling{Webhook: time.Hour}
		},
		want: `pools["build"].autoscaling.maxReplicas: 0 replicas: want at least 1`,
	},
	{
		name: "two builders",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder = fleet.Builder{Docker: &fleet.Docker{}, RootlessBuildKit: &fleet.RootlessBuildKit{}}
		},
		want: `pools["build"].builder: choose one of docker, rootlessBuildKit, sharedBuildKit and script: docker and rootlessBuildKit are set`,
	},
	{
		name: "image of the Docker sidecar of a RunnerDeployment",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder.Docker = &fleet.Docker{Image: "docker:28.5-dind"}
		},
		want: `pools["build"].builder.docker.image: the controller of RunnerDeployments decides the sidecar's image, by its flag --docker-image; leave it out`,
	},
	{
		name: "BuildKit that is not rootless, and a Pod with a group",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder.RootlessBuildKit = &fleet.RootlessBuildKit{
				Image:     "moby/buildkit:v0.27.0",
				Resources: corev1.ResourceRequirements{Limits: corev1.ResourceList{"memory": resource.MustParse("-1Gi")}},
				Env:       []corev1.EnvVar{{Name: "AWS_PROFILE", Value: "build"}},
			}
			p.Pod.SecurityContext = &corev1.PodSecurityContext{FSGroup: new(int64)}
		},
		want: `
pools["build"].pod.securityContext: fsGroup 0: the BuildKit sidecar could not give files of images their owners; leave it out
pools["build"].builder.rootlessBuildKit.image: image "moby/buildkit:v0.27.0": BuildKit's other images need a privileged container; want one whose tag has "rootless", for example "moby/buildkit:v0.27.0-rootless"
pools["build"].builder.rootlessBuildKit.resources.limits.memory: quantity "-1Gi": want a Kubernetes quantity of memory from "1Mi" to "100Ti", such as "512Mi" or "4Gi"
pools["build"].builder.rootlessBuildKit.env[0]: environment variable "AWS_PROFILE": a stored profile would win over the role; leave it out
`,
	},
	{
		name: "BuildKit that moves, and volumes of its names",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder.RootlessBuildKit = &fleet.RootlessBuildKit{Image: "moby/buildkit:rootless"}
			p.Pod.Volumes = []corev1.Volume{{Name: "buildkit", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}}}
		},
		want: `
pools["build"].pod.volumes[0]: volume "buildkit": the controller or EKS has one of this name in the Pod; want another
pools["build"].builder.rootlessBuildKit.image: image "moby/buildkit:rootless": it can change from one day to the next; want NAME:TAG or NAME@sha256:DIGEST, for example "moby/buildkit:v0.27.0-rootless"
`,
	},
	{
		name: "shared BuildKit without a port and a certificate, in a Pod that its namespace refuses",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder.SharedBuildKit = &fleet.SharedBuildKit{Address: "tcp://buildkitd.buildkit.svc"}
			p.Pod.SecurityContext = &corev1.PodSecurityContext{SeccompProfile: &corev1.SeccompProfile{Type: "Unconfined"}}
			p.Pod.Volumes = []corev1.Volume{{Name: "own", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}}}
			p.VolumeMounts = []corev1.VolumeMount{{Name: "own", MountPath: "/etc/buildkit"}}
		},
		want: `
pools["build"].pod.securityContext: seccompProfile "Unconfined": the namespace admits Pods of level "baseline" alone, because the builder needs no more; leave it out
pools["build"].volumeMounts[0]: mount path "/etc/buildkit" hides "/etc/buildkit/tls", which the runner needs; want another
pools["build"].builder.sharedBuildKit.address: address "tcp://buildkitd.buildkit.svc": want tcp://HOST:PORT, for example "tcp://buildkitd.buildkit.svc:1234"
pools["build"].builder.sharedBuildKit.tlsSecret: name of the Secret is missing
`,
	},
	{
		name: "proxy and mirror behind a NetworkPolicy, and a host with a scheme",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder.Docker = &fleet.Docker{RegistryMirror: "http://mirror.example.com:5000"}
			p.Proxy = &fleet.Proxy{HTTP: "http://proxy.example.com", HTTPS: "http://proxy.example.com:3128", NoProxy: []string{"https://npm.example.com"}}
			f.NamespaceSettings = []fleet.NamespaceSettings{{Cluster: p.Cluster, Name: p.Namespace, NetworkPolicy: &fleet.NetworkPolicy{}}}
		},
		want: `
pools["build"].proxy.noProxy[0]: host "https://npm.example.com": want one host, domain or address range, without a scheme, blanks and commas
namespaceSettings["self-hosted-runners"].networkPolicy.ports: pool "build" needs its proxy, whose port 80 is not among them; add it
namespaceSettings["self-hosted-runners"].networkPolicy.ports: pool "build" needs its proxy, whose port 3128 is not among them; add it
namespaceSettings["self-hosted-runners"].networkPolicy.ports: pool "build" pulls from its registry mirror, whose port 5000 is not among them; add it
`,
	},
	{
		name: "quota for what containers do not declare",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Resources.Requests = corev1.ResourceList{"cpu": resource.MustParse("1")}
			p.Resources.Limits = corev1.ResourceList{"memory": resource.MustParse("2Gi")}
			p.Builder.Docker = &fleet.Docker{Resources: corev1.ResourceRequirements{Requests: corev1.ResourceList{"cpu": resource.MustParse("1"), "memory": resource.MustParse("1Gi")}}}
			f.NamespaceSettings = []fleet.NamespaceSettings{{Cluster: p.Cluster, Name: p.Namespace, ResourceQuota: &corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{
				"pods": resource.MustParse("10"), "requests.cpu": resource.MustParse("10"), "memory": resource.MustParse("10Gi"),
				"limits.memory": resource.MustParse("20Gi"), "limits.cpu": resource.MustParse("20"),
			}}, LimitRange: &corev1.LimitRangeSpec{Limits: []corev1.LimitRangeItem{
				{Type: corev1.LimitTypeContainer, DefaultRequest: corev1.ResourceList{"memory": resource.MustParse("1Gi")}},
				{Type: corev1.LimitTypePod, Max: corev1.ResourceList{"memory": resource.MustParse("4Gi")}},
				{Type: corev1.LimitTypeContainer, Max: corev1.ResourceList{"cpu": resource.MustParse("4")}},
			}}}}
		},
		want: `namespaceSettings["self-hosted-runners"].resourceQuota.hard["limits.memory"]: a container of pool "build" declares no limits.memory, so Kubernetes refuses its Pods; want a default for containers in limitRange, which is also for those that the pool cannot set`,
	},
	{
		name: "quota for the container that the hooks without a volume add",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			all := corev1.ResourceRequirements{Requests: corev1.ResourceList{"cpu": resource.MustParse("1")}}
			p.Resources, p.Builder.Script = all, `jib build --target "$IMAGE"`
			p.ScaleSet.ContainerMode = &fleet.ContainerMode{RunnerServiceAccount: "starter", Resources: all}
			f.NamespaceSettings = []fleet.NamespaceSettings{{Cluster: p.Cluster, Name: p.Namespace, ResourceQuota: &corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{"requests.cpu": resource.MustParse("10")}}}}
		},
		want: `namespaceSettings["self-hosted-runners"].resourceQuota.hard["requests.cpu"]: a container of pool "build" declares no requests.cpu, so Kubernetes refuses its Pods; want a default for containers in limitRange, which is also for those that the pool cannot set`,
	},
	{
		name: "limit range and quota that admit no Pod",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Resources.Requests = corev1.ResourceList{"cpu": resource.MustParse("4"), "memory": resource.MustParse("512Mi")}
			p.Builder.Docker = &fleet.Docker{Resources: corev1.ResourceRequirements{
				Requests: corev1.ResourceList{"cpu": resource.MustParse("1")},
				Limits:   corev1.ResourceList{"cpu": resource.MustParse("9"), "memory": resource.MustParse("2Gi")},
			}}
			f.NamespaceSettings = []fleet.NamespaceSettings{{Cluster: p.Cluster, Name: p.Namespace,
				ResourceQuota: &corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{"requests.cpu": resource.MustParse("4"), "limits.cpu": resource.MustParse("9"), "memory": resource.MustParse("2Gi")}},
				LimitRange: &corev1.LimitRangeSpec{Limits: []corev1.LimitRangeItem{
					{Type: corev1.LimitTypeContainer, Default: corev1.ResourceList{"cpu": resource.MustParse("2")}, Max: corev1.ResourceList{"cpu": resource.MustParse("8")}, Min: corev1.ResourceList{"memory": resource.MustParse("1Gi")}},
					{Type: corev1.LimitTypePod, Max: corev1.ResourceList{"cpu": resource.MustParse("1")}},
				}},
			}}
		},
		want: `
namespaceSettings["self-hosted-runners"].resourceQuota.hard["memory"]: the containers of one runner of pool "build" declare "2560Mi" together, above "2Gi", so none ever runs
namespaceSettings["self-hosted-runners"].resourceQuota.hard["requests.cpu"]: the containers of one runner of pool "build" declare "5" together, above "4", so none ever runs
namespaceSettings["self-hosted-runners"].limitRange.limits[0]: cpu: a container of pool "build" requests "4", and declares no limit, which is "2" then, so Kubernetes refuses its Pods
namespaceSettings["self-hosted-runners"].limitRange.limits[0]: memory: a container of pool "build" requests "512Mi", below min, "1Gi", so Kubernetes refuses its Pods
namespaceSettings["self-hosted-runners"].limitRange.limits[0]: cpu: a container of pool "build" has the limit "9", above max, "8", so Kubernetes refuses its Pods
`,
	},
	{
		name: "one tag for the images of two platforms",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Workflow.Platforms = []string{"linux/amd64"}
			second(f, func(p *fleet.Pool) { p.Workflow.Platforms = []string{"linux/arm64"} })
		},
		want: `pools["other"].workflow.platforms: pools["build"] pushes the same tags to image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app" for "linux/amd64", and the second run finds its tag there; want one pool for all platforms, with BuildKit, or another image repository`,
	},
	{
		name: "statement about a resource without an ARN",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Statements = []policy.Statement{{Sid: "Read", Effect: policy.EffectAllow, Action: policy.Values{"s3:GetObject"}, Resource: policy.Values{"arn:aws:s3:::data/*", "data/*"}}}
		},
		want: `pools["build"].statements[0]: resource "data/*": want an ARN, or "*"`,
	},
	{
		name: "script with a line break behind it",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder = fleet.Builder{Script: "ko build --bare .\n"}
		},
		want: `pools["build"].builder.script: script: it begins or ends with blanks or a line break; leave them out`,
	},
	{
		name: "shared BuildKit behind a NetworkPolicy, and sysctls",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder.SharedBuildKit = &fleet.SharedBuildKit{Address: "tcp://10.0.0.7:1234", TLSSecret: "buildkit-client"}
			p.Pod.SecurityContext = &corev1.PodSecurityContext{Sysctls: []corev1.Sysctl{{Name: "net.core.somaxconn", Value: "1024"}}}
			f.NamespaceSettings = []fleet.NamespaceSettings{{Cluster: p.Cluster, Name: p.Namespace, NetworkPolicy: &fleet.NetworkPolicy{}}}
		},
		want: `
pools["build"].pod.securityContext: sysctls: the namespace admits Pods of level "baseline" alone, because the builder needs no more; leave them out
namespaceSettings["self-hosted-runners"].networkPolicy.ports: pool "build" builds at "tcp://10.0.0.7:1234", and port 1234 is not among them; add it
`,
	},
	{
		name: "container mode in which the runner has the role, with Docker and a volume that two Pods cannot share",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			block, class := corev1.PersistentVolumeBlock, "GP3"
			p.ScaleSet.ContainerMode = &fleet.ContainerMode{
				RunnerServiceAccount: p.ServiceAccount,
				Image:                "ghcr.io/octo-org/builder:latest",
				Resources:            corev1.ResourceRequirements{Requests: corev1.ResourceList{"cpu": resource.MustParse("0")}},
				KubernetesModeWorkVolumeClaim: &corev1.PersistentVolumeClaimSpec{
					AccessModes: []corev1.PersistentVolumeAccessMode{"ReadWriteMany", "ReadWriteOncePod"}, StorageClassName: &class, VolumeMode: &block, VolumeName: "one",
				},
			}
			p.Env = []corev1.EnvVar{{Name: "ACTIONS_RUNNER_CONTAINER_HOOKS", Value: "/hooks/index.js"}, {Name: "A", Value: "a"}}
		},
		want: `
pools["build"].scaleSet.containerMode.runnerServiceAccount: ServiceAccount "self-hosted-runner-service-account" is that of the jobs' Pods, which has the role; want another, which has none
pools["build"].scaleSet.containerMode.kubernetesModeWorkVolumeClaim.accessModes[1]: access mode "ReadWriteOncePod": two Pods write to the volume; want "ReadWriteOnce" or "ReadWriteMany"
pools["build"].scaleSet.containerMode.kubernetesModeWorkVolumeClaim.resources.requests: the size is missing; want for example "storage": "10Gi"
pools["build"].scaleSet.containerMode.kubernetesModeWorkVolumeClaim.storageClassName: StorageClass "GP3": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com')
pools["build"].scaleSet.containerMode.kubernetesModeWorkVolumeClaim.volumeMode: volume mode "Block": a work folder needs a file system; leave it out
pools["build"].scaleSet.containerMode.kubernetesModeWorkVolumeClaim.volumeName: volume "one": each runner needs a separate one; leave it out
pools["build"].scaleSet.containerMode.image: image "ghcr.io/octo-org/builder:latest": it can change from one day to the next; want NAME:TAG or NAME@sha256:DIGEST, for example "ghcr.io/actions/actions-runner:2.337.0"
pools["build"].scaleSet.containerMode.resources.requests.cpu: quantity "0": want a Kubernetes quantity of cpu from "1m" to "1k", such as "2" or "500m"
pools["build"].scaleSet.containerMode: the Pods of its jobs have neither Docker nor a BuildKit sidecar; want sharedBuildKit or script as builder
pools["build"].scaleSet.containerMode: environment variable "ACTIONS_RUNNER_CONTAINER_HOOKS": the container mode sets it; leave it out of env
`,
	},
	{
		name: "container mode without access modes, whose runner is another pool's job, and volumes that hide the hooks' own",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second(f, func(o *fleet.Pool) { o.ServiceAccount = "runner" })
			scaleSet(f)
			p = &f.Pools[0]
			p.Builder.Script = `ko build --bare --tags "$IMAGE_TAG" .`
			p.ScaleSet.ContainerMode = &fleet.ContainerMode{
				RunnerServiceAccount: "runner",
				KubernetesModeWorkVolumeClaim: &corev1.PersistentVolumeClaimSpec{
					Resources: corev1.ResourceRequirements{Requests: corev1.ResourceList{"storage": resource.MustParse("1Gi")}},
				},
			}
			empty := corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}
			p.Pod.Volumes = []corev1.Volume{{Name: "github", VolumeSource: empty}, {Name: "own", VolumeSource: empty}}
			p.VolumeMounts = []corev1.VolumeMount{{Name: "own", MountPath: "/github"}}
		},
		want: `
pools["build"].scaleSet.containerMode.kubernetesModeWorkVolumeClaim.accessModes: none is there; want "ReadWriteOnce" or "ReadWriteMany"
pools["build"].pod.volumes[0]: volume "github": the controller or EKS has one of this name in the Pod; want another
pools["build"].volumeMounts[0]: mount path "/github" hides "/github", which the runner needs; want another
pools["other"].serviceAccount: ServiceAccount "runner" in namespace "self-hosted-runners" of cluster "example" is already used by pools["build"].scaleSet.containerMode.runnerServiceAccount
`,
	},
	{
		name: "target role with IRSA, of no account, name, policy and stack",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.Account, r.Stack = "444455556666", "images" })
			p.TargetRole = &fleet.TargetRole{RolePath: "images"}
		},
		want: `
pools["build"].targetRole.account: account is missing; want 12 digits
pools["build"].targetRole.rolePath: role path "images": want "/" or "/.../"
pools["build"].targetRole.role: role name is missing
pools["build"].targetRole.policy: policy name is missing
pools["build"].targetRole.stack: stack name is missing
pools["build"].targetRole: only EKS Pod Identity goes on to a target role; want "EKS Pod Identity" as way, or an image repository that names the pool's role in pushedBy
`,
	},
	{
		name: "target role in the cluster's account, where a role of another pool has its name",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Way = fleet.WayPodIdentity
			p.TargetRole = &fleet.TargetRole{Account: p.Cluster.Account, Role: p.Role, Policy: "push", Stack: p.Cluster.Stack}
		},
		want: `
pools["build"].targetRole.account: account "111122223333" is the cluster's, where the pool's own role can push; leave the target role out
pools["build"].targetRole.role: role "self_hosted_runner_role" in account "111122223333" is already used by pools["build"].role
`,
	},
	{
		name: "existing target role with what is created, of a role that others have, whose images are of a third account",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Way, p.ExistingRole, p.Policy = fleet.WayPodIdentity, true, ""
			p.TargetRole = &fleet.TargetRole{Account: "444455556666", Role: "push", Policy: "push", Stack: "images", Existing: true}
		},
		want: `
pools["build"].pushesTo[0]: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app" is in another account than the role, and does not let it push; add "arn:aws:iam::444455556666:role/push" to its pushedBy
pools["build"].targetRole.policy: an existing role has its own policies; leave it out
pools["build"].targetRole.stack: an existing role is in no stack of this fleet; leave it out
pools["build"].targetRole: the pool's role does nothing but take it, and is for this pool alone; leave existingRole and alsoTrusts out
`,
	},
	{
		name: "session and statements of a target role",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			inRepository(f, func(r *fleet.ImageRepository) { r.Account, r.Stack = "444455556666", "images" })
			p.Way, p.MaxSessionDuration = fleet.WayPodIdentity, 2*time.Hour
			p.Statements = []policy.Statement{{Sid: "AssumeTargetRole", Effect: "Allow", Action: policy.Values{"s3:GetObject"}, Resource: policy.Values{"*"}}}
			p.TargetRole = &fleet.TargetRole{Account: "444455556666", Role: "push", Existing: true}
		},
		want: `
pools["build"].targetRole: an existing role has its own statements; leave the pool's out
pools["build"].targetRole: AWS limits the session of a role that another one takes to 1 hour; leave maxSessionDuration out
`,
	},
	{
		name: "script that builds nothing, with what is for Dockerfiles",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder.Script = "make image"
			p.Workflow.Platforms = []string{"linux/arm64"}
		},
		want: `
pools["build"].builder.script: script: it does not name what to push; want "$IMAGE", which is the image with its tag, or its parts "$ECR_REGISTRY", "$ECR_REPOSITORY" and "$IMAGE_TAG"
pools["build"].workflow: platforms, buildArgs and buildSecrets are for a Dockerfile, and the pool's script builds without; leave them out
`,
	},
	{
		name: "script with an expression",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder.Script = `jib build --target="$IMAGE" ${{ inputs.file }}`
		},
		want: `pools["build"].builder.script: script: it holds an expression of GitHub, whose value bash would read as code; want variables`,
	},
	{
		name: "build that Docker does not do, with a key for AWS",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Workflow = fleet.Workflow{
				Platforms:    []string{"linux/amd64", "linux/amd64", "arm64"},
				BuildArgs:    map[string]string{"A-B": "1", "C": "${{ github.ref }}", "D": "1\n2", "E": "AKIA" + "IOSFODNN7EXAMPLF"},
				BuildSecrets: map[string]string{"a b": "NPM", "key": "AWS_ACCESS_KEY_ID", "token": "GITHUB_TOKEN"},
			}
		},
		want: `
pools["build"].workflow.platforms: 3 platforms: the Docker sidecar builds for one; want one, or rootlessBuildKit or sharedBuildKit as builder
pools["build"].workflow.platforms[1]: platform "linux/amd64" is listed twice
pools["build"].workflow.platforms[2]: platform "arm64": want for example "linux/amd64" or "linux/arm64"
pools["build"].workflow.buildArgs["A-B"]: build argument "A-B": want a letter or underscore, then letters, digits and underscores
pools["build"].workflow.buildArgs["C"]: build argument "C": "${{ github.ref }}" is an expression of GitHub, whose value bash would read as code; want the value
pools["build"].workflow.buildArgs["D"]: build argument "D": want one line of UTF-8 without control characters
pools["build"].workflow.buildArgs["E"]: build argument "E" holds what looks like an AWS access key id, and dist/ would show it; leave it out
pools["build"].workflow.buildSecrets["a b"]: id of a secret "a b": want letters, digits and ._-
pools["build"].workflow.buildSecrets["key"]: secret "AWS_ACCESS_KEY_ID": the runner has a role, and builds see no key for AWS; leave it out
pools["build"].workflow.buildSecrets["token"]: secret "GITHUB_TOKEN": want letters, digits and underscores, not beginning with a digit or GITHUB_, which is the name of a secret on GitHub
`,
	},
	{
		name: "cache with what is for images, and a cache that exists",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			in := f.ImageRepositories[0]
			one, two, three := in, in, in
			one.Name, one.CacheDays = "cache/one", 14
			two.Name, two.CacheDays, two.KeepUntagged = "cache/two", -1, 0
			three.Name, three.CacheDays, three.KeepUntagged, three.Existing, three.Stack = "cache/three", 14, 0, true, ""
			f.ImageRepositories = append(f.ImageRepositories, one, two, three)
		},
		want: `
imageRepositories["cache/one"]: a cache expires after cacheDays, and all of its tags may be moved; leave keepUntagged, lifecycle and mutableTags out
imageRepositories["cache/two"].cacheDays: -1 days: want at least 1
imageRepositories["cache/three"].cacheDays: an existing image repository keeps its own lifecycle rules and tags; leave it out
`,
	},
	{
		name: "pushes images to a cache, and caches with the Docker sidecar",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			cache := f.ImageRepositories[0]
			cache.Name, cache.CacheDays, cache.KeepUntagged = "cache", 14, 0
			other := cache
			other.Name = "cache/other"
			f.ImageRepositories = append(f.ImageRepositories, cache, other)
			p.PushesTo, p.CachesTo = append(p.PushesTo, cache), &other
		},
		want: `
pools["build"].pushesTo[1]: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/cache" is a cache, in which images expire; want it in cachesTo
pools["build"].cachesTo: neither the Docker sidecar nor a script writes a cache to a registry; want rootlessBuildKit or sharedBuildKit as builder, or leave it out
`,
	},
	{
		name: "caches where it pushes, and where tags stay",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder.RootlessBuildKit = &fleet.RootlessBuildKit{}
			p.CachesTo = &f.ImageRepositories[0]
			second := *p
			second.Name, second.Labels, second.ServiceAccount, second.RunnerDeployment = "second", []identity.RunnerLabel{"second"}, "second", "second"
			second.Role, second.Policy = "second", "second"
			images := f.ImageRepositories[0]
			images.Name = "images"
			second.CachesTo = &images
			third := second
			third.Name, third.Labels, third.ServiceAccount, third.RunnerDeployment = "third", []identity.RunnerLabel{"third"}, "third", "third"
			third.Role, third.Policy = "third", "third"
			third.CachesTo = &fleet.ImageRepository{Name: "none", Account: "111122223333", Region: "us-east-1"}
			f.ImageRepositories = append(f.ImageRepositories, images)
			f.Pools = append(f.Pools, second, third)
		},
		want: `
pools["build"].cachesTo: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app" is in pushesTo or pullsFrom; want one for the cache alone
pools["second"].cachesTo: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/images" keeps its tags, and a cache moves them; set its cacheDays
pools["third"].cachesTo: image repository "111122223333.dkr.ecr.us-east-1.amazonaws.com/none" is not declared; declared: "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app", "111122223333.dkr.ecr.us-east-1.amazonaws.com/images"
`,
	},
	{
		name: "existing role with what only a role that is created has",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.ExistingRole, p.MaxSessionDuration, p.Tags = true, 2*time.Hour, map[string]string{"team": "web"}
			p.Waivers.Role = map[string]string{"KR081": "checked"}
		},
		want: `
pools["build"].policy: an existing role has its own policies; leave it out
pools["build"]: an existing role has its own statements, managedPolicies, permissionsBoundary and maxSessionDuration; leave them out
pools["build"].waivers: an existing role is in no file that is rendered; leave the waivers of role and policy out
pools["build"].tags: an existing role has its own tags; leave them out
`,
	},
	{
		name: "existing association of a pool that uses IRSA",
		mistake: func(_ *fleet.Fleet, p *fleet.Pool) {
			p.ExistingAssociation = true
		},
		want: `pools["build"].existingAssociation: the pool has no association: it uses IRSA; leave it out, or want "EKS Pod Identity" as way`,
	},
	{
		name: "existing association with waivers",
		mistake: func(_ *fleet.Fleet, p *fleet.Pool) {
			p.Way, p.ExistingAssociation = fleet.WayPodIdentity, true
			p.Waivers.Association = map[string]string{"KR126": "checked"}
		},
		want: `pools["build"].waivers.association: an existing association is in no file that is rendered; leave its waivers out`,
	},
	{
		name: "session policy of a role that is created for the pool",
		mistake: func(_ *fleet.Fleet, p *fleet.Pool) {
			p.Way, p.SessionPolicy = fleet.WayPodIdentity, true
		},
		want: `pools["build"].sessionPolicy: the role is created for this pool, and may do no more than the pool declares; leave it out`,
	},
	{
		name: "session policy by IRSA",
		mistake: func(_ *fleet.Fleet, p *fleet.Pool) {
			p.Policy, p.ExistingRole, p.Way, p.SessionPolicy = "", true, fleet.WayBoth, true
		},
		want: `pools["build"].sessionPolicy: only associations have one, and by IRSA Pods may do all that the role may; want "EKS Pod Identity" as way`,
	},
	{
		name: "session policy of an existing association, and of statements without a name",
		mistake: func(_ *fleet.Fleet, p *fleet.Pool) {
			p.Policy, p.ExistingRole, p.Way, p.ExistingAssociation, p.SessionPolicy = "", true, fleet.WayPodIdentity, true, true
			p.Statements = []policy.Statement{{Effect: policy.EffectAllow, Action: policy.Values{"s3:GetObject"}, Resource: policy.Values{"arn:aws:s3:::data/*"}}}
		},
		want: `
pools["build"].statements[0]: sid is missing; want a name of letters and digits that says what the statement is for
pools["build"].sessionPolicy: an existing association has its own session policy, or none; leave it out
`,
	},
	{
		name: "session policy that is too long",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Policy, p.ExistingRole, p.Way, p.SessionPolicy = "", true, fleet.WayPodIdentity, true
			for i := range 40 {
				more := f.ImageRepositories[0]
				more.Name = identity.ImageRepositoryName(fmt.Sprintf("app-%02d", i))
				f.ImageRepositories, p.PushesTo = append(f.ImageRepositories, more), append(p.PushesTo, more)
			}
		},
		want: `pools["build"].sessionPolicy: the session policy would hold 2627 characters, limit 2048; let the pool push to and pull from fewer image repositories`,
	},
	{
		name: "session policy for a role that the fleet creates for another pool",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Way = fleet.WayPodIdentity
			second := *p
			second.Name, second.Labels, second.ServiceAccount, second.RunnerDeployment = "second", []identity.RunnerLabel{"second"}, "second", "second"
			second.Policy, second.ExistingRole, second.SessionPolicy = "", true, true
			p.AlsoTrusts = []identity.Subject{second.Subject()}
			f.Pools = append(f.Pools, second)
		},
		want: `pools["second"].existingRole: role "arn:aws:iam::111122223333:role/self_hosted_runner_role" is created for pools["build"], and trusts session tags, which EKS does not send beside a session policy; leave sessionPolicy out, or take a role that is made elsewhere`,
	},
	{
		name: "existing role that the fleet creates",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			second := *p
			second.Name, second.Labels, second.ServiceAccount, second.RunnerDeployment = "second", []identity.RunnerLabel{"second"}, "second", "second"
			second.Policy, second.ExistingRole = "", true
			f.Pools = append(f.Pools, second)
		},
		want: `pools["second"].existingRole: role "arn:aws:iam::111122223333:role/self_hosted_runner_role" is created for pools["build"], and does not trust "system:serviceaccount:self-hosted-runners:second"; add it to that pool's alsoTrusts, or take a role that is made elsewhere`,
	},
	{
		name: "existing role of two pools",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Policy, p.ExistingRole = "", true
			second := *p
			second.Name, second.Labels, second.ServiceAccount, second.RunnerDeployment = "second", []identity.RunnerLabel{"second"}, "second", "second"
			f.Pools = append(f.Pools, second)
		},
		want: ``,
	},
	{
		name: "GitHub Enterprise Server of a RunnerDeployment",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Scope.Host = "github.example.com"
		},
		want: `pools["build"].scope.host: host "github.example.com": the controller of RunnerDeployments decides it, by GITHUB_ENTERPRISE_URL; leave it out`,
	},
	{
		name: "GitHub Enterprise Server by its address",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			p.Scope.Host = "https://github.example.com"
		},
		want: `pools["build"].scope.host: host "https://github.example.com": want the name alone in lower case, without https:// and a path, for example "github.example.com"`,
	},
	{
		name: "GitHub Enterprise Server that is github.com",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			p.Scope.Host = "GitHub.com"
		},
		want: `pools["build"].scope.host: host "GitHub.com" is the default; leave it out`,
	},
	{
		name: "GitHub Enterprise Server by half of its name",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			p.Scope.Host = "github"
		},
		want: `pools["build"].scope.host: host "github": want the whole name, for example "github.example.com"`,
	},
	{
		name: "ExternalSecret for no Secret, from nowhere",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.ExternalSecret = &fleet.ExternalSecret{StoreKind: "Vault"}
		},
		want: `
pools["build"].externalSecret: the pool names no Secret that it could make; want gitHubAPICredentialsFrom, or gitHubConfigSecret of the scale set
pools["build"].externalSecret.store: name of the store is missing
pools["build"].externalSecret.storeKind: kind "Vault": want "SecretStore" or "ClusterSecretStore"
pools["build"].externalSecret.key: the secret's name in the store is missing
`,
	},
	{
		name: "ExternalSecret twice in a namespace",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.GitHubAPICredentialsFrom, p.ExternalSecret = "github-app", &fleet.ExternalSecret{Store: "aws", Key: "github"}
			second := *p
			second.Name, second.Labels, second.ServiceAccount, second.RunnerDeployment = "second", []identity.RunnerLabel{"second"}, "second", "second"
			second.Role, second.Policy = "second", "second"
			f.Pools = append(f.Pools, second)
		},
		want: `pools["second"].externalSecret: ExternalSecret "github-app" in namespace "self-hosted-runners" of cluster "example" is already used by pools["build"].externalSecret`,
	},
	{
		name: "scale sets of one name, on one GitHub",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			twin(f, func(second *fleet.Pool) { second.Namespace = "other" })
		},
		want: `pools["build"].scaleSet.name, pools["second"].scaleSet.name: a job for one of these pools could land on another, which has the same labels, "push-my-app"; give each its own label`,
	},
	{
		name: "scale sets of one name, on two GitHubs",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			scaleSet(f)
			twin(f, func(second *fleet.Pool) { second.Namespace, second.Scope.Host = "other", "github.example.com" })
		},
		want: ``,
	},
	{
		name: "role that no pool takes",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			subject := identity.Subject{Namespace: "self-hosted-runners", ServiceAccount: "other"}
			p.AlsoTrusts = []identity.Subject{subject, subject}
		},
		want: `
pools["build"].alsoTrusts[0]: subject "system:serviceaccount:self-hosted-runners:other" is no pool's that has role "arn:aws:iam::111122223333:role/self_hosted_runner_role" as its existing role; leave it out, or anyone who makes that ServiceAccount can push
pools["build"].alsoTrusts[1]: subject "system:serviceaccount:self-hosted-runners:other" is listed twice
`,
	},
	{
		name: "shared role by another way",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			sharer(f, func(second *fleet.Pool) { second.Way = fleet.WayPodIdentity })
		},
		want: `pools["second"].existingRole: role "arn:aws:iam::111122223333:role/self_hosted_runner_role" is created for pools["build"], which takes it by "IRSA"; want the same way`,
	},
	{
		name: "shared role that may not push there",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			other := f.ImageRepositories[0]
			other.Name = "other"
			f.ImageRepositories = append(f.ImageRepositories, other)
			sharer(f, func(second *fleet.Pool) { second.PushesTo = []fleet.ImageRepository{other} })
		},
		want: `pools["second"].existingRole: role "arn:aws:iam::111122223333:role/self_hosted_runner_role" is created for pools["build"], and may not push to "111122223333.dkr.ecr.us-east-1.amazonaws.com/other"; add it there`,
	},
	{
		name: "shared role that may not pull there",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			other := f.ImageRepositories[0]
			other.Name = "other"
			f.ImageRepositories = append(f.ImageRepositories, other)
			sharer(f, func(second *fleet.Pool) { second.PullsFrom = []fleet.ImageRepository{other} })
		},
		want: `pools["second"].existingRole: role "arn:aws:iam::111122223333:role/self_hosted_runner_role" is created for pools["build"], and may not pull from "111122223333.dkr.ecr.us-east-1.amazonaws.com/other"; add it there`,
	},
	{
		name: "shared role in another cluster",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			green := f.Clusters[0]
			green.Name, green.Issuer = "green", "https://oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210"
			f.Clusters = append(f.Clusters, green)
			sharer(f, func(second *fleet.Pool) { second.Cluster = green })
		},
		want: `pools["second"].existingRole: role "arn:aws:iam::111122223333:role/self_hosted_runner_role" is created for pools["build"], which does not run in cluster "green"; add the cluster there`,
	},
	{
		name: "shared role",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			sharer(f, func(*fleet.Pool) {})
		},
		want: ``,
	},
	{
		name: "role that more pools share than its trust has room for",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			for i := range 5 {
				sharer(f, func(second *fleet.Pool) {
					name := fmt.Sprintf("runner-%d", i)
					second.Name, second.ServiceAccount, second.RunnerDeployment = identity.PoolName(name), identity.ServiceAccount(name), identity.RunnerDeployment(name)
					second.Labels, second.AlsoTrusts = []identity.RunnerLabel{identity.RunnerLabel(name)}, nil
				})
			}
			f.Pools[0].AlsoTrusts = nil
			for _, second := range f.Pools[1:] {
				f.Pools[0].AlsoTrusts = append(f.Pools[0].AlsoTrusts, second.Subject())
			}
		},
		want: `pools["build"].alsoTrusts: the role's trust policy would hold 2770 characters, limit 2048 (white space not counted); let fewer pools share the role`,
	},
	{
		name: "user of the Pod without a Docker sidecar",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			p.Builder.RootlessBuildKit = &fleet.RootlessBuildKit{}
			p.Pod.SecurityContext = &corev1.PodSecurityContext{RunAsNonRoot: new(bool)}
		},
		want: `pools["build"].pod.securityContext: runAsUser, runAsGroup and runAsNonRoot are for every container of the Pod, and the runner's image names its user, whom Kubernetes cannot verify by that; leave them out`,
	},
	{
		name: "empty pool",
		mistake: func(f *fleet.Fleet, p *fleet.Pool) {
			*p = fleet.Pool{}
		},
		want: `
pools[0].name: pool name is missing
pools[0].cluster: cluster "" is not declared; declared: "example"
pools[0].scope: choose one of sourceRepository, organization and enterprise: none is set
pools[0].labels: want at least one label besides those that every runner has ("linux", "x64", ...), or other jobs could land here and this pool's elsewhere
pools[0].namespace: namespace is missing
pools[0].serviceAccount: ServiceAccount is missing
pools[0].runnerDeployment: RunnerDeployment is missing
pools[0].role: role name is missing
pools[0].policy: policy name is missing
pools[0].pushesTo: the pool pushes nowhere; declared: "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app"
pools[0].image: image is missing; want NAME:TAG or NAME@sha256:DIGEST, for example "summerwind/actions-runner:v2.337.0-ubuntu-22.04"
`,
	},
}

// inTwoClusters makes of the pool a scale set in two clusters.
func inTwoClusters(f *fleet.Fleet, p *fleet.Pool) {
	scaleSet(f)
	green := f.Clusters[0]
	green.Name, green.Issuer = "green", "https://oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210"
	f.Clusters, p.AlsoIn = append(f.Clusters, green), []fleet.Cluster{green}
	p.ScaleSet.Name = "push-build"
}
