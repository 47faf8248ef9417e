package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Policies may go by the tags of the image repository and of the role. The tags in a template are those of its
// resources, which have the stack's too.
func TestTagsOfATemplate(t *testing.T) {
	const (
		repository = "      ImageTagMutability: IMMUTABLE\n"
		role       = "      Path: /runners/\n"
		action     = "          Action: sts:AssumeRoleWithWebIdentity\n"
		only       = "proved: 1 runner can push to 1 image repository"
		everything = "          Action: ecr:GetAuthorizationToken\n          Resource: \"*\"\n"
	)
	tagged := func(tags string) edit {
		return edit{"template.yaml", repository, repository + "      Tags: [" + tags + "]\n"}
	}
	own := func(tags string) edit { return edit{"template.yaml", role, role + "      Tags: [" + tags + "]\n"} }
	allow := func(condition string) edit {
		return edit{"template.yaml", pushStatement, pushStatement + "          Condition: " + condition + "\n"}
	}
	deny := func(condition string) edit {
		return edit{"template.yaml", pushStatement, pushStatement + "        - {Effect: Deny, Action: 'ecr:*', Resource: '*', Condition: " + condition + "}\n"}
	}
	login := func(condition string) edit {
		return edit{"template.yaml", everything, everything + "          Condition: " + condition + "\n"}
	}
	const (
		web    = "{Key: team, Value: web}"
		ofTeam = "{StringEquals: {'ecr:ResourceTag/team': web}}"
	)
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
		says  string
	}{
		{"the image repository's", []edit{tagged(web), allow(ofTeam)}, []string{}, only},
		{"the image repository's, by the key of all services", []edit{tagged(web), allow("{StringEquals: {'aws:resourcetag/Team': web}}")}, []string{}, only},
		{"another one", []edit{tagged("{Key: team, Value: data}"), allow(ofTeam)}, []string{"KR050"}, `may not ecr:BatchCheckLayerAvailability`},
		{"one that is not in the template, as the stack may have it", []edit{tagged("{Key: env, Value: web}"), allow(ofTeam)}, []string{"KR132"}, "it depends on ecr:ResourceTag/team, a tag that the files do not show"},
		{"one whose value is not known", []edit{tagged("{Key: team, Value: !ImportValue team}"), allow(ofTeam)}, []string{"KR132"}, "it depends on ecr:ResourceTag/team"},
		{"a key that is not known", []edit{tagged(web + ", {Key: !ImportValue team, Value: a}"), allow(ofTeam)}, []string{"KR132"}, "it depends on ecr:ResourceTag/team"},
		{"two keys that differ in case", []edit{tagged(web + ", {Key: Team, Value: data}"), allow(ofTeam)}, []string{"KR132"}, "it depends on ecr:ResourceTag/team"},
		{"denied by it", []edit{tagged(web), deny(ofTeam)}, []string{"KR050"}, "denies it"},
		{"denied without it", []edit{tagged(web), deny("{StringNotEquals: {'ecr:ResourceTag/team': data}}")}, []string{"KR050"}, "is denied ecr:GetAuthorizationToken"},
		{"denied without it, but for what has none", []edit{tagged(web), deny("{StringNotEqualsIfExists: {'ecr:ResourceTag/team': web}, 'Null': {'ecr:ResourceTag/team': 'false'}}")}, []string{}, only},
		{"a login acts on no image repository", []edit{tagged(web), login(ofTeam)}, []string{"KR050"}, "is never met: docker login fails"},
		{"the role's", []edit{own(web), allow("{StringEquals: {'aws:PrincipalTag/team': web}}")}, []string{}, only},
		{"the role's in the name", []edit{own("{Key: app, Value: app}"), {"template.yaml", pushStatement, strings.Replace(pushStatement, "my-app", "my-${aws:PrincipalTag/app}", 1)}}, []string{}, only},
		{"the role's is the image repository's", []edit{own(web), tagged(web), allow("{StringEquals: {'aws:ResourceTag/team': '${aws:PrincipalTag/team}'}}")}, []string{}, only},
		{"the role's is not the image repository's", []edit{own("{Key: team, Value: data}"), tagged(web), allow("{StringEquals: {'aws:ResourceTag/team': '${aws:PrincipalTag/team}'}}")}, []string{"KR050"}, "may not"},
		{"one that the role lacks, as the stack may have it", []edit{allow("{StringEquals: {'aws:PrincipalTag/team': web}}")}, []string{"KR132"}, "it depends on aws:PrincipalTag/team"},
		{"the role's, where sessions may have others", []edit{own(web), {"template.yaml", action, strings.Replace(action, "sts:AssumeRoleWithWebIdentity", "[sts:AssumeRoleWithWebIdentity, sts:TagSession]", 1)}, allow("{StringEquals: {'aws:PrincipalTag/team': web}}")},
			[]string{"KR132"}, "it depends on aws:PrincipalTag/team"},
		{"every image repository of a tag", []edit{tagged(web), {"template.yaml", pushStatement, strings.Replace(pushStatement, "repository/my-app", "repository/*", 1) + "          Condition: " + ofTeam + "\n"}},
			[]string{"KR132"}, "whether role \"arn:aws:iam::111122223333:role/runners/build\" may push to every image repository of 111122223333.dkr.ecr.us-east-1.amazonaws.com is not known"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, nil)
			if !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}

// What "aws resourcegroupstaggingapi get-resources" prints are all tags of an image repository.
func TestTagsThatAWSPrints(t *testing.T) {
	const file = `{"ResourceTagMappingList": [{"ResourceARN": "arn:aws:ecr:us-east-1:111122223333:repository/my-app", "Tags": [{"Key": "team", "Value": "web"}]}]}`
	on := func(condition string) edit {
		return edit{"template.yaml", pushStatement, pushStatement + "          Condition: " + condition + "\n"}
	}
	elsewhere := edit{"template.yaml", "      ImageTagMutability: IMMUTABLE\n", "      ImageTagMutability: IMMUTABLE\n      Tags: [{Key: team, Value: data}]\n"}
	for _, test := range []struct {
		name, file string
		edits      []edit
		want       []string
	}{
		{"its tag", file, []edit{on("{StringEquals: {'aws:ResourceTag/team': web}}")}, []string{}},
		{"another tag", file, []edit{on("{StringEquals: {'aws:ResourceTag/team': data}}")}, []string{"KR050"}},
		{"a tag that it lacks", file, []edit{on("{StringEquals: {'aws:ResourceTag/env': web}}")}, []string{"KR050"}},
		{"one of AWS", file, []edit{on("{StringEquals: {'aws:ResourceTag/aws:cloudformation:stack-name': ci}}")}, []string{"KR132"}},
		{"the template has another", file, []edit{on("{StringEquals: {'aws:ResourceTag/team': web}}"), elsewhere}, []string{"KR132"}},
		{"of another region", strings.Replace(file, "us-east-1", "eu-west-1", 1), []edit{on("{StringEquals: {'aws:ResourceTag/team': web}}")}, []string{"KR132"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, map[string]string{"tags.json": test.file}); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
