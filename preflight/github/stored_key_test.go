package github_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight/github"
)

func TestStoredKeysAreFound(t *testing.T) {
	configure := func(with string) string {
		return steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {" + with + "}")
	}
	script := func(text string) string { return steps("- run: |\n" + indented(text, 4)) }
	testReadings(t, []reading{
		{"inputs", configure("aws-access-key-id: x, AWS-Secret-Access-Key: y, aws-session-token: z"),
			"a\nkey aws-access-key-id at 7\nkey aws-secret-access-key at 7\nkey aws-session-token at 7"},
		{"inputs that are empty", configure("aws-access-key-id: '', aws-secret-access-key: "), "a"},
		{"inputs that a step makes", configure("aws-access-key-id: \"${{ steps.s.outputs.id }}\""), "a"},
		{"inputs of another action", steps("- uses: other/configure@v5\n  with: {aws-access-key-id: x}"), "a"},
		{"variables of the workflow, once", "env: {AWS_ACCESS_KEY_ID: x}\njobs:\n  a: {steps: []}\n  b: {steps: []}", "a\nkey AWS_ACCESS_KEY_ID at 1\nb"},
		{"variables of the workflow, not with a call", "env: {AWS_ACCESS_KEY_ID: x}\njobs:\n  a: {uses: x}\n  b: {steps: []}", "a\ncalls x\nb\nkey AWS_ACCESS_KEY_ID at 1"},
		{"variables of a job", "jobs:\n  a: {env: {AWS_SECRET_ACCESS_KEY: \"${{ vars.X }}\"}}", "a\nkey AWS_SECRET_ACCESS_KEY at 2"},
		{"variables of a step", steps("- run: x\n  env: {AWS_SESSION_TOKEN: x}"), "a\nkey AWS_SESSION_TOKEN at 7"},
		{"variables of a step that never runs", steps("- run: x\n  if: false\n  env: {AWS_SESSION_TOKEN: x}"), "a\nkey AWS_SESSION_TOKEN at 8"},
		{"variables of a container", "jobs:\n  a: {container: {env: {AWS_ACCESS_KEY_ID: x}}, services: {b: {env: {AWS_SECRET_ACCESS_KEY: y}}}}",
			"a\nkey AWS_ACCESS_KEY_ID at 2\nkey AWS_SECRET_ACCESS_KEY at 2"},
		{"variables that a step makes", "jobs:\n  a: {env: {AWS_ACCESS_KEY_ID: \"${{ needs.x.outputs.id }}\"}}", "a"},
		{"variables that are empty", "jobs:\n  a: {env: {AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: }}", "a"},
		{"secrets by their names", script("a ${{ secrets.PROD_AWS_ACCESS_KEY_ID }}\nb ${{ secrets['aws_secret'] }}\nc ${{ x && Secrets.My_Aws_Key_1 || '' }}"),
			"a\nkey secrets.PROD_AWS_ACCESS_KEY_ID at 7\nkey secrets.aws_secret at 8\nkey secrets.My_Aws_Key_1 at 9"},
		{"a secret whose name is no id", script("a ${{ secrets.AWS_ACCESS_KEY }}"), "a\nkey secrets.AWS_ACCESS_KEY at 7"},
		{"secrets of another name", script("a ${{ secrets.TOKEN }} secrets.AWS_KEY\nb ${{ 'x' }} secrets.AWS_KEY ${{"), "a"},
		{"a secret in an input, once", configure("aws-access-key-id: \"${{ secrets.AWS_ACCESS_KEY_ID }}\""), "a\nkey aws-access-key-id at 7"},
		{"a secret in the workflow's variables", "env: {X: \"${{ secrets.AWS_KEY }}\"}\njobs:\n  a: {}\n  b: {}", "a\nkey secrets.AWS_KEY at 1\nb"},
		{"exported", script("export AWS_ACCESS_KEY_ID=x\nexport \"AWS_SECRET_ACCESS_KEY=$KEY\"\nAWS_SESSION_TOKEN=x aws s3 ls"),
			"a\nkey AWS_ACCESS_KEY_ID at 7\nkey AWS_SECRET_ACCESS_KEY at 8\nkey AWS_SESSION_TOKEN at 9"},
		{"exported from a command", script("export AWS_ACCESS_KEY_ID=$(jq -r .id x)\nexport AWS_SECRET_ACCESS_KEY="), "a"},
		{"exported from a step", steps("- env: {K: \"${{ steps.s.outputs.k }}\"}\n  run: export AWS_ACCESS_KEY_ID=$K"), "a"},
		{"written for other steps", script("echo AWS_SECRET_ACCESS_KEY=x >> $GITHUB_ENV"), "a\nkey AWS_SECRET_ACCESS_KEY at 7"},
		{"configured", script("aws configure set aws_secret_access_key x --profile p\naws configure set region us-east-1"), "a\nkey aws_secret_access_key at 7"},
		{"a password for the registry", steps("- uses: docker/login-action@v3\n  with: {registry: \"${{ env.R }}\", username: \"${{ secrets.U }}\", password: \"${{ secrets.P }}\"}"),
			"a\nlogin 1 " + host + " - us-east-1 with key ?(secrets.U is not in the files)\nkey username of docker/login-action at 7\nkey password of docker/login-action at 7"},
		{"a password for another registry", steps("- uses: docker/login-action@v3\n  with: {registry: ghcr.io, username: x, password: \"${{ secrets.P }}\"}"), "a"},
		{"no password for the registry", steps("- uses: docker/login-action@v3\n  with: {registry: \"${{ env.R }}\"}"), "a\nlogin 1 " + host + " - us-east-1"},
		{"of a matrix, once", "jobs:\n  a: {strategy: {matrix: {r: [x, y]}}, runs-on: \"${{ matrix.r }}\", env: {AWS_ACCESS_KEY_ID: x}}", "a\non x\nkey AWS_ACCESS_KEY_ID at 2\na\non y"},
	})
}

func TestStoredKeysThatACallGivesAwayAreFound(t *testing.T) {
	call := func(gives string) string {
		return "on: push\njobs:\n  a:\n    uses: acme/shared/.github/workflows/docker.yml@main\n" + indented(gives, 4)
	}
	const calls = "a\ncalls acme/shared/.github/workflows/docker.yml@main"
	testReadings(t, []reading{
		{"by their names", call("secrets:\n  AWS_ACCESS_KEY_ID: ${{ secrets.AWS_ACCESS_KEY_ID }}\n  AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}"),
			calls + " with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY\nkey AWS_ACCESS_KEY_ID at 6\nkey AWS_SECRET_ACCESS_KEY at 7"},
		{"by another name there", call("secrets:\n  KEY: ${{ secrets.PROD_AWS_SECRET_ACCESS_KEY }}"), calls + " with KEY\nkey secrets.PROD_AWS_SECRET_ACCESS_KEY at 6"},
		{"by another name here", call("secrets:\n  prod-aws-key: ${{ secrets.KEY }}\n  PROD_AWS_KEY: ${{ secrets.KEY }}"), calls + " with prod-aws-key, PROD_AWS_KEY\nkey PROD_AWS_KEY at 7"},
		{"by an input", call("with:\n  aws-access-key-id: ${{ vars.ID }}\n  AWS_SECRET_ACCESS_KEY: ${{ secrets.KEY }}\n  aws-secret-name: app\n  key: ${{ secrets.AWS_KEY }}"),
			calls + "\nkey aws-access-key-id at 6\nkey AWS_SECRET_ACCESS_KEY at 7\nkey secrets.AWS_KEY at 9"},
		{"in a call that never is", call("if: false\nsecrets: {AWS_KEY: \"${{ secrets.K }}\"}"), "a\nkey AWS_KEY at 6"},
		{"that a step makes", call("secrets: {AWS_ACCESS_KEY_ID: \"${{ needs.login.outputs.id }}\"}"), calls + " with AWS_ACCESS_KEY_ID"},
		{"that are empty", call("secrets: {AWS_ACCESS_KEY_ID: ''}"), calls + " with AWS_ACCESS_KEY_ID"},
		{"of another name", call("secrets: {TOKEN: \"${{ secrets.TOKEN }}\"}"), calls + " with TOKEN"},
		{"every secret", call("secrets: inherit"), calls + " with every secret"},
		{"none", call("with: {image: app}"), calls},
	})
}

func TestProfilesAreFound(t *testing.T) {
	testReadings(t, []reading{
		{"of the workflow", "env: {AWS_PROFILE: x}\njobs:\n  a: {}", "a\nprofile AWS_PROFILE at 1"},
		{"of a step, in a file", steps("- env: {AWS_CONFIG_FILE: \"${{ vars.X }}\"}\n  run: aws s3 ls"), "a\nprofile AWS_CONFIG_FILE at 6"},
		{"exported", steps("- run: |\n    export AWS_SHARED_CREDENTIALS_FILE=/x\n    echo AWS_DEFAULT_PROFILE=$(id) >> $GITHUB_ENV"), "a\nprofile AWS_SHARED_CREDENTIALS_FILE at 7\nprofile AWS_DEFAULT_PROFILE at 8"},
		{"of a password", steps("- run: aws ecr get-login-password --profile x | docker login $R"), "a\nlogin 1 " + host + " - - or -\nprofile --profile at 6"},
		{"that a script writes", steps("- run: |\n    mkdir -p ~/.aws\n    echo \"$FILE\" > ~/.aws/credentials\n    cat ~/.aws/config > /tmp/x"), "a\nprofile ~/.aws/credentials at 8"},
		{"the default one", "env: {AWS_PROFILE: default}\njobs:\n  a: {}", "a"},
		{"none", "env: {AWS_PROFILE: ''}\njobs:\n  a: {}", "a"},
	})
}

func TestWhatIsGivenEverySecret(t *testing.T) {
	for _, c := range []struct{ step, want string }{
		{"- uses: o/a@v1\n  with: {x: '${{ toJSON(secrets) }}'}", "the action o/a@v1"},
		{"- uses: o/a@v1\n  env: {X: '${{ tojson( secrets ) }}'}", "the action o/a@v1"},
		{"- run: echo\n  env: {X: '${{ secrets[matrix.name] }}'}", "a variable"},
		{"- uses: o/a@v1\n  with: {x: \"${{ secrets['A'] }}\"}", ""},
		{"- uses: o/a@v1\n  with: {x: '${{ secrets.A }}', y: '${{ steps.secrets.outputs.a }}', z: \"${{ contains('secrets', 'a') }}\"}", ""},
		{"- uses: o/a@v1\n  with: {x: 'toJSON(secrets)'}", ""},
	} {
		var got []string
		for _, to := range github.Read(parse(t, steps(c.step)), nil).Jobs[0].EverySecret {
			got = append(got, to.Value)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: got %q, want %q", c.step, got, c.want)
		}
	}
}
