package preflight_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
)

// TestFaultsInATerraformPlan breaks the first plan of testdata/inputs, which is proved, in
// one place each.
func TestFaultsInATerraformPlan(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/inputs/terraform-first-plan.txtar")
	if err != nil {
		t.Fatal(err)
	}
	good := map[string]string{}
	for _, file := range archive.Files {
		good[file.Name] = string(file.Data)
	}
	delete(good, "want")
	for _, c := range []struct {
		name    string
		changes []string
		want    string
	}{
		{"subject", []string{`runners:build\"\n        }\n      },\n      \"Effect\"`, `runners:other\"\n        }\n      },\n      \"Effect\"`}, `
error KR040 at plan.json module.build.aws_iam_role.this[0]: the trust policy does not let "system:serviceaccount:runners:build" take the role: StringEquals on "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub" wants "system:serviceaccount:runners:other", the token has "system:serviceaccount:runners:build"
`},
		{"audience", []string{`:aud\": \"sts.amazonaws.com\"`, `:aud\": \"sts.amazonaws.com.cn\"`}, `
error KR040 at plan.json module.build.aws_iam_role.this[0]: the trust policy does not let "system:serviceaccount:runners:build" take the role: StringEquals on "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud" wants "sts.amazonaws.com.cn", the token has "sts.amazonaws.com"
`},
		{"no attachment", []string{`"change":{"actions":["create"],"before":null,"after":{"role":"build"}`, `"change":{"actions":["delete"],"before":{"role":"build"},"after":null`}, `
error KR050 at plan.json module.build.aws_iam_role.this[0]: role "arn:aws:iam::111122223333:role/ci/build" may not ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:PutImage on "arn:aws:ecr:eu-central-1:111122223333:repository/app" (policy "push-app" is attached to no role): docker push fails when it looks which layers are there
error KR050 at plan.json module.build.aws_iam_role.this[0]: role "arn:aws:iam::111122223333:role/ci/build" may not ecr:GetAuthorizationToken: docker login fails
`},
		{"another image repository", []string{`:repository/app\"`, `:repository/application\"`}, `
error KR050 at plan.json aws_iam_policy.push: role "arn:aws:iam::111122223333:role/ci/build" may not ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:PutImage on "arn:aws:ecr:eu-central-1:111122223333:repository/app" (it may push to "arn:aws:ecr:eu-central-1:111122223333:repository/application"): docker push fails when it looks which layers are there
warning KR054 at plan.json aws_iam_policy.push: image repository "111122223333.dkr.ecr.eu-central-1.amazonaws.com/application" is not among the files
`},
		{"the image repository's key in another region", []string{`"after":{"image_tag_mutability":"IMMUTABLE","name":"app"}`, `"after":{"image_tag_mutability":"IMMUTABLE","name":"app","encryption_configuration":[{"encryption_type":"KMS","kms_key":"arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000"}]}`,
			`"values":{"image_tag_mutability":"IMMUTABLE","name":"app"}`, `"values":{"image_tag_mutability":"IMMUTABLE","name":"app","encryption_configuration":[{"encryption_type":"KMS","kms_key":"arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000"}]}`}, `
error KR092 at plan.json aws_ecr_repository.app: image repository "111122223333.dkr.ecr.eu-central-1.amazonaws.com/app" has a KMS key of region "us-east-1", and Amazon ECR accepts a key of its own region
`},
		{"the image repository deleted", []string{`"change":{"actions":["create"],"before":null,"after":{"image_tag_mutability":"IMMUTABLE","name":"app"}`, `"change":{"actions":["delete"],"after":null,"before":{"image_tag_mutability":"IMMUTABLE","name":"app"}`}, `
warning KR054 at plan.json aws_iam_policy.push: image repository "111122223333.dkr.ecr.eu-central-1.amazonaws.com/app" is not among the files: the plan deletes one of that name
`},
		{"the provider deleted", []string{`"type":"aws_iam_openid_connect_provider","name":"example","provider_name"`, `"type":"x","name":"example","provider_name"`, `"resource_changes":[`, `"resource_changes":[{"address":"aws_iam_openid_connect_provider.old","mode":"managed","type":"aws_iam_openid_connect_provider","name":"old",` +
			`"change":{"actions":["delete"],"before":{"url":"oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},"after":null}},`}, `
warning KR030 at plan.json module.build.aws_iam_role.this[0]: no provider of issuer "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF" is among the files: the plan deletes it
`},
		{"no login", []string{`\"Action\":\"ecr:GetAuthorizationToken\"`, `\"Action\":\"ecr:DescribeRegistry\"`}, `
error KR050 at plan.json module.build.aws_iam_role.this[0]: role "arn:aws:iam::111122223333:role/ci/build" may not ecr:GetAuthorizationToken: docker login fails
`},
		{"boundary", []string{`"permissions_boundary":null},"after_unknown"`, `"permissions_boundary":"arn:aws:iam::111122223333:policy/edge"},"after_unknown"`}, `
warning KR132 at plan.json module.build.aws_iam_role.this[0]: whether role "arn:aws:iam::111122223333:role/ci/build" may ecr:GetAuthorizationToken is not known: managed policy arn:aws:iam::111122223333:policy/edge is not among the files
warning KR132 at plan.json module.build.aws_iam_role.this[0]: whether role "arn:aws:iam::111122223333:role/ci/build" may push to "arn:aws:ecr:eu-central-1:111122223333:repository/app" is not known: managed policy arn:aws:iam::111122223333:policy/edge is not among the files
`},
		{"boundary known after apply", []string{`"permissions_boundary":null},"after_unknown":{`, `"x":null},"after_unknown":{"permissions_boundary":true,`}, `
warning KR132 at plan.json module.build.aws_iam_role.this[0]: whether role "arn:aws:iam::111122223333:role/ci/build" may ecr:GetAuthorizationToken is not known: "permissions_boundary" of module.build.aws_iam_role.this[0] is known after apply
warning KR132 at plan.json module.build.aws_iam_role.this[0]: whether role "arn:aws:iam::111122223333:role/ci/build" may push to "arn:aws:ecr:eu-central-1:111122223333:repository/app" is not known: "permissions_boundary" of module.build.aws_iam_role.this[0] is known after apply
`},
		{"trust known after apply", []string{`"after_unknown":{"arn":true,"id":true,"inline_policy":true`, `"after_unknown":{"arn":true,"assume_role_policy":true,"id":true,"inline_policy":true`, `"references":["data.aws_iam_policy_document.trust.json","data.aws_iam_policy_document.trust"]`, `"references":["local.trust"]`}, `
warning KR130 at plan.json module.build.aws_iam_role.this[0]: the trust policy is not known: "assume_role_policy" of module.build.aws_iam_role.this[0] is known after apply
`},
		{"name known after apply", []string{`"name":"build","path":"/ci/"`, `"path":"/ci/"`}, `
warning KR022 at sa.yaml : role "arn:aws:iam::111122223333:role/ci/build" is not among the files; Terraform knows only after apply the name of role module.build.aws_iam_role.this[0], so whether it is that is not known
`},
		{"another account", []string{`"account_id":"111122223333"`, `"account_id":"444455556666"`, `"arn":"arn:aws:eks:eu-central-1:111122223333:cluster/example"`, `"arn":null`, `"arn":"arn:aws:iam::111122223333:oidc-provider/`, `"x":"`}, `
error KR023 at sa.yaml : role ARN "arn:aws:iam::111122223333:role/ci/build": the role's account is "444455556666", the ARN has "111122223333"
`},
		{"two accounts", []string{`"account_id":"111122223333"`, `"account_id":"444455556666"`}, `
warning KR129 at sa.yaml : the role's file does not show its account, so it may not be "111122223333": resources of one provider configuration are in "444455556666" and "111122223333"
`},
		{"account known after apply", []string{`"account_id":"111122223333"`, `"account_id":null`, `"arn":"arn:aws:eks:eu-central-1:111122223333:cluster/example"`, `"arn":null`, `"arn":"arn:aws:iam::111122223333:oidc-provider/`, `"x":"`}, `
warning KR129 at sa.yaml : the role's file does not show its account, so it may not be "111122223333": the account of module.build.aws_iam_role.this[0] is known after apply; give it with --account
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := maps.Clone(good)
			files["plan.json"] = strings.NewReplacer(c.changes...).Replace(good["plan.json"])
			if files["plan.json"] == good["plan.json"] {
				t.Fatal("nothing was replaced")
			}
			write(t, files)
			found, _ := check(t, cloudformation.Settings{})
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), shown(found)); diff != "" {
				t.Errorf("(-want +got)\n%s\n%s", diff, shown(found))
			}
		})
	}
}

// shown are the findings, each with the resource that it is about.
func shown(found preflight.Report) string {
	var lines strings.Builder
	for _, f := range found.Findings {
		lines.WriteString(f.Kind.Severity.String() + " " + f.Kind.ID + " at " + f.Place.File + " " + f.Place.Resource() + ": " + f.Problem + "\n")
	}
	return lines.String()
}

// A plan refers to what the state of another configuration makes.
func TestAPlanBesideTheStateOfItsCluster(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/inputs/terraform-first-plan.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"cluster/state.json": `{"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {"resources": [
  {"address": "aws_iam_openid_connect_provider.cluster", "mode": "managed", "type": "aws_iam_openid_connect_provider", "name": "cluster",
   "values": {"arn": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
    "url": "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF", "client_id_list": ["sts.amazonaws.com"]}}]}}}`}
	for _, file := range archive.Files {
		if file.Name != "want" {
			files[file.Name] = string(file.Data)
		}
	}
	write(t, files)
	found, output := check(t, cloudformation.Settings{})
	if len(found.Findings) > 0 || !found.Proved() {
		t.Error(output)
	}
}

// What there is to do about a resource of Terraform is written in Terraform's terms.
func TestFixesInTermsOfTerraform(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/inputs/terraform-first-plan.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, old, new, id, want string }{
		{"a name that is known after apply", `"name":"build","path":"/ci/"`, `"path":"/ci/"`, "KR022",
			`set name, or add what "terraform show -json" prints after apply, or give "aws iam get-account-authorization-details" with --iam`},
		{"a boundary that is known after apply", `"permissions_boundary":null},"after_unknown":{`, `"x":null},"after_unknown":{"permissions_boundary":true,`, "KR132",
			`write it out, or apply what it refers to first (terraform apply -target=ADDRESS) and plan again, or check what "terraform show -json" prints after apply`},
		{"no trust policy", `"assume_role_policy":`, `"x":`, "KR040", "add assume_role_policy"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{}
			for _, file := range archive.Files {
				files[file.Name] = strings.ReplaceAll(string(file.Data), c.old, c.new)
			}
			delete(files, "want")
			write(t, files)
			found, text := check(t, cloudformation.Settings{})
			for _, finding := range found.Findings {
				if finding.Kind.ID == c.id && finding.Fix == c.want {
					return
				}
			}
			t.Errorf("want %s with %q\n%s", c.id, c.want, text)
		})
	}
}

// A ServiceAccount that Terraform makes refers to a role whose name is known only after apply.
func TestARoleWithoutANameInAPlan(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/inputs/terraform-known-after-apply.txtar")
	if err != nil {
		t.Fatal(err)
	}
	const (
		push = `{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecr:GetAuthorizationToken\",\"Resource\":\"*\"},{\"Effect\":\"Allow\",\"Action\":[\"ecr:BatchCheckLayerAvailability\",` +
			`\"ecr:BatchGetImage\",\"ecr:CompleteLayerUpload\",\"ecr:GetDownloadUrlForLayer\",\"ecr:InitiateLayerUpload\",\"ecr:PutImage\",\"ecr:UploadLayerPart\"],\"Resource\":\"arn:aws:ecr:eu-central-1:111122223333:repository/app\"}]}`
	)
	known := []string{`"after":{"name":"push-app","path":"/"}`, `"after":{"name":"push-app","path":"/","policy":"` + push + `"}`, `"policy":true,"policy_id":true`, `"policy_id":true`,
		`"annotations":true`, `"annotations":{"eks.amazonaws.com/role-arn":true}`, `"metadata":[{"labels":null`, `"metadata":[{"annotations":{},"labels":null`,
		`"name":"build","path":"/ci/"`, `"path":"/ci/"`, `"arn":true,"id":true,"inline_policy"`, `"arn":true,"name":true,"id":true,"inline_policy"`, `"after":{"role":"build"},"after_unknown":{"id":true`, `"after":{},"after_unknown":{"role":true,"id":true`}
	for _, c := range []struct {
		name    string
		changes []string
		want    string
	}{
		{"that trusts the ServiceAccount", known, ""},
		{"that trusts another", append([]string{`serviceaccount:runners:build`, `serviceaccount:runners:other`}, known...), `KR040`},
		{"beside another role", append([]string{`{"annotations":{"references":["module.build.arn","module.build"]}`, `{"annotations":{"references":["aws_iam_role.x.arn"]}`}, known...), "KR128"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{}
			for _, file := range archive.Files {
				files[file.Name] = strings.NewReplacer(c.changes...).Replace(string(file.Data))
			}
			delete(files, "want")
			write(t, files)
			found, text := check(t, cloudformation.Settings{})
			if c.want == "" && !found.Proved() || !strings.Contains(text, c.want) {
				t.Errorf("want %q\n%s", c.want, text)
			}
		})
	}
}
