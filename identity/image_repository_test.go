package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestImageRepositoryNameIsOneThatECRTakes(t *testing.T) {
	testCheck(t, []checkCase[identity.ImageRepositoryName]{
		{"one word", "app", ""},
		{"parts and words", "team-a/web.api/v2_beta", ""},
		{"digits", "42/7", ""},
		{"2 characters", "ab", ""},
		{"256 characters", identity.ImageRepositoryName(strings.Repeat("a", 256)), ""},
		{"257 characters", identity.ImageRepositoryName(strings.Repeat("a", 257)), `image repository name "` + strings.Repeat("a", 257) + `": want at most 256 characters, got 257`},
		{"1 character", "a", `image repository name "a": want at least 2 characters`},
		{"empty", "", `image repository name is missing`},
		{"slash only", "/", `image repository name "/": want at least 2 characters`},
		{"signs only", "--", `image repository name "--": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them`},
		{"wildcard", "*", `image repository name "*": '*' at position 1 is not allowed; want lower-case letters, digits and single . _ - / between them`},
		{"one capital", "A", `image repository name "A": 'A' at position 1 is not allowed; want lower-case letters, digits and single . _ - / between them`},
	})
}

func TestImageRepositoryNameSuggestsANearOne(t *testing.T) {
	testCheck(t, []checkCase[identity.ImageRepositoryName]{
		{"capitals", "MyApp", `image repository name "MyApp": 'M' at position 1 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "myapp"`},
		{"slash in front", "/app", `image repository name "/app": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "app"`},
		{"slash at the end", "app/", `image repository name "app/": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "app"`},
		{"the folder above", "../etc", `image repository name "../etc": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "etc"`},
		{"two slashes", "team//app", `image repository name "team//app": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "team/app"`},
		{"hyphen and dot", "my-.app", `image repository name "my-.app": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "my-app"`},
		{"two hyphens", "my--app", `image repository name "my--app": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "my-app"`},
		{"hyphen beside a slash", "team-/app", `image repository name "team-/app": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "team/app"`},
		{"blank", "my app", `image repository name "my app": ' ' at position 3 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "my-app"`},
		{"tag behind a URI", "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:v1", `image repository name "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:v1": want the name alone, "app", without "111122223333.dkr.ecr.us-east-1.amazonaws.com/" and ":v1"`},
		{"ARN", "arn:aws:ecr:us-east-1:111122223333:repository/team/app", `image repository name "arn:aws:ecr:us-east-1:111122223333:repository/team/app": want the name alone, "team/app", without "arn:aws:ecr:us-east-1:111122223333:repository/"`},
		{"tag", "app:v1", `image repository name "app:v1": ':' at position 4 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "app-v1"`},
		{"second YAML document", "ab\n---\ncd", `image repository name "ab\n---\ncd": '\n' at position 3 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "ab-cd"`},
		{"NUL", "app\x00", `image repository name "app\x00": '\x00' at position 4 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "app"`},
		{"invalid UTF-8", "app\xff", `image repository name "app\xff": '\ufffd' at position 4 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "app"`},
		{"non-ASCII", "größe", `image repository name "größe": '\u00f6' at position 3 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "gr-e"`},
		{"placeholder of the article", "YOUR_ECR_REPOSITORY", `image repository name "YOUR_ECR_REPOSITORY": 'Y' at position 1 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "your_ecr_repository"`},
		{"capitals beside single signs", "Team_A/Web.API-v2", `image repository name "Team_A/Web.API-v2": 'T' at position 1 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "team_a/web.api-v2"`},
		{"blank beside single signs", "my app_v1.0", `image repository name "my app_v1.0": ' ' at position 3 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "my-app_v1.0"`},
		{"two underscores", "my__app", `image repository name "my__app": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "my-app"`},
		{"dot and underscore", "my._app", `image repository name "my._app": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "my-app"`},
		{"underscore at the end", "_app_", `image repository name "_app_": two of . _ - / stand together, or one stands at an end; want lower-case letters, digits and single . _ - / between them; for example "app"`},
	})
}

// ECR takes the first of them as names; the fleet does not.
func TestImageRepositoryNameIsNoURI(t *testing.T) {
	const host = "111122223333.dkr.ecr.us-east-1.amazonaws.com"
	for text, want := range map[identity.ImageRepositoryName]string{
		host + "/my-app":                                          `want the name alone, "my-app", without "111122223333.dkr.ecr.us-east-1.amazonaws.com/"`,
		host + "/team/my-app":                                     `want the name alone, "team/my-app", without "111122223333.dkr.ecr.us-east-1.amazonaws.com/"`,
		"https://" + host + "/my-app":                             `want the name alone, "my-app", without "https://111122223333.dkr.ecr.us-east-1.amazonaws.com/"`,
		host + "/my-app:v1":                                       `want the name alone, "my-app", without "111122223333.dkr.ecr.us-east-1.amazonaws.com/" and ":v1"`,
		host + "/my-app:v1@sha256:00":                             `want the name alone, "my-app", without "111122223333.dkr.ecr.us-east-1.amazonaws.com/" and ":v1@sha256:00"`,
		"oci://" + host + "/my-app@sha":                           `want the name alone, "my-app", without "oci://111122223333.dkr.ecr.us-east-1.amazonaws.com/" and "@sha"`,
		"111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/my-app": `want the name alone, "my-app", without "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/"`,
		"111122223333.dkr-ecr.us-east-1.on.aws/my-app":            `want the name alone, "my-app", without "111122223333.dkr-ecr.us-east-1.on.aws/"`,
		".dkr.ecr.us-east-1.amazonaws.com/my-app":                 `want the name alone, "my-app", without ".dkr.ecr.us-east-1.amazonaws.com/"`,
		host + "/MyApp":                                           `want the name alone, without "111122223333.dkr.ecr.us-east-1.amazonaws.com/"`,
		host + "/":                                                `want the name alone, without "111122223333.dkr.ecr.us-east-1.amazonaws.com/"`,
	} {
		wantText(t, errorText(text.CheckNoURI()), `image repository name "`+string(text)+`": `+want)
	}
	for _, name := range []identity.ImageRepositoryName{"my-app", "team/my-app", "docker.io/library/debian", "dkr.ecr/x", "a.dkr.ecr/x", ""} {
		if err := name.CheckNoURI(); err != nil {
			t.Errorf("%q: got %v, want no error", name, err)
		}
	}
}

func TestImageRepositoryIsWhatDockerPushIsGiven(t *testing.T) {
	wantText(t, imageRepository("us-east-1").String(), "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app")
	wantText(t, imageRepository("cn-north-1").String(), "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/team/app")
	wantText(t, imageRepository("us-gov-west-1").String(), "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/team/app")
}

func TestImageRepositoryARNIsInItsRegionsPartition(t *testing.T) {
	wantText(t, imageRepository("us-east-1").ARN(), "arn:aws:ecr:us-east-1:111122223333:repository/team/app")
	wantText(t, imageRepository("cn-north-1").ARN(), "arn:aws-cn:ecr:cn-north-1:111122223333:repository/team/app")
	wantText(t, imageRepository("us-gov-west-1").ARN(), "arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/team/app")
}

func TestImageRepositoryReportsItsFirstWrongPart(t *testing.T) {
	testCheck(t, []checkCase[identity.ImageRepository]{
		{"every part right", imageRepository("us-east-1"), ""},
		{"zero value", identity.ImageRepository{}, `account is missing; want 12 digits`},
		{"region", imageRepository("us-esat-1"), `unknown region "us-esat-1"; did you mean "us-east-1"?`},
		{"name", identity.ImageRepository{Registry: identity.Registry{Account: "111122223333", Region: "us-east-1"}}, `image repository name is missing`},
	})
}

func TestParseImageRepositoryARNReadsWhatARNWrites(t *testing.T) {
	testParse(t, identity.ParseImageRepositoryARN, identity.ImageRepository.ARN, []parseCase[identity.ImageRepository]{
		{"us-east-1", "arn:aws:ecr:us-east-1:111122223333:repository/team/app", imageRepository("us-east-1"), ""},
		{"China", "arn:aws-cn:ecr:cn-north-1:111122223333:repository/team/app", imageRepository("cn-north-1"), ""},
		{"GovCloud", "arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/team/app", imageRepository("us-gov-west-1"), ""},
	})
}

func TestParseImageRepositoryARNRejectsAnyOtherText(t *testing.T) {
	none := identity.ImageRepository{}
	testParse(t, identity.ParseImageRepositoryARN, identity.ImageRepository.ARN, []parseCase[identity.ImageRepository]{
		{"empty", "", none, `image repository ARN "": want arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME`},
		{"wildcard", "*", none, `image repository ARN "*": want arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME`},
		{"URI", "111122223333.dkr.ecr.us-east-1.amazonaws.com/app", none, `image repository ARN "111122223333.dkr.ecr.us-east-1.amazonaws.com/app": want arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME`},
		{"other service", "arn:aws:s3:us-east-1:111122223333:repository/app", none, `image repository ARN "arn:aws:s3:us-east-1:111122223333:repository/app": want arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME`},
		{"no repository/", "arn:aws:ecr:us-east-1:111122223333:app", none, `image repository ARN "arn:aws:ecr:us-east-1:111122223333:app": want arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME`},
		{"tag", "arn:aws:ecr:us-east-1:111122223333:repository/app:v1", none, `image repository ARN "arn:aws:ecr:us-east-1:111122223333:repository/app:v1": want arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME`},
		{"region typo", "arn:aws:ecr:us-esat-1:111122223333:repository/app", none, `image repository ARN "arn:aws:ecr:us-esat-1:111122223333:repository/app": unknown region "us-esat-1"; did you mean "us-east-1"?`},
		{"no region", "arn:aws:ecr::111122223333:repository/app", none, `image repository ARN "arn:aws:ecr::111122223333:repository/app": region is missing; want a region code such as "us-east-1"`},
		{"no account", "arn:aws:ecr:us-east-1::repository/app", none, `image repository ARN "arn:aws:ecr:us-east-1::repository/app": account is missing; want 12 digits`},
		{"no name", "arn:aws:ecr:us-east-1:111122223333:repository/", none, `image repository ARN "arn:aws:ecr:us-east-1:111122223333:repository/": image repository name is missing`},
		{"every name", "arn:aws:ecr:us-east-1:111122223333:repository/*", none, `image repository ARN "arn:aws:ecr:us-east-1:111122223333:repository/*": image repository name "*": '*' at position 1 is not allowed; want lower-case letters, digits and single . _ - / between them`},
		{"partition of another region", "arn:aws:ecr:cn-north-1:111122223333:repository/app", none, `image repository ARN "arn:aws:ecr:cn-north-1:111122223333:repository/app": region "cn-north-1" is in partition "aws-cn", got "aws"`},
		{"unknown partition", "arn:amazon:ecr:us-east-1:111122223333:repository/app", none, `image repository ARN "arn:amazon:ecr:us-east-1:111122223333:repository/app": region "us-east-1" is in partition "aws", got "amazon"`},
		{"newline", "arn:aws:ecr:us-east-1:111122223333:repository/app\n", none, `image repository ARN "arn:aws:ecr:us-east-1:111122223333:repository/app\n": image repository name "app\n": '\n' at position 4 is not allowed; want lower-case letters, digits and single . _ - / between them; for example "app"`},
	})
}

func imageRepository(region identity.Region) identity.ImageRepository {
	return identity.ImageRepository{Registry: identity.Registry{Account: "111122223333", Region: region}, Name: "team/app"}
}
