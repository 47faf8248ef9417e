package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A push is not proved whose password some run does not have any more, or never had.
func TestPasswordsThatAreGone(t *testing.T) {
	const (
		login = "aws ecr get-login-password | docker login -u AWS --password-stdin " + ourRegistry
		build = "        docker build --tag \"$IMAGE\" .\n"
		push  = "        docker push \"$IMAGE\"\n"
	)
	script := func(lines string) string { return "    - run: |\n        " + lines + "\n" }
	logsIn := func(lines string) []edit { return jobLogs(script(lines)) }
	then := func(lines string) []edit {
		return append(logsIn(login), edit{"workflow.yaml", build, build + "        " + lines + "\n"})
	}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"a login behind a test", logsIn(`[ "$X" = y ] && ` + login), []string{"KR102"}},
		{"a login behind a test of bash", logsIn(`[[ $X ]] && ` + login + ` || echo none`), []string{"KR102"}},
		{"a login where a test fails", logsIn(`test -n "$X" || ` + login), []string{"KR102"}},
		{"a login behind what has to succeed", logsIn(`mkdir -p x && ` + login), []string{}},
		{"a login again where it fails", logsIn(login + ` || ` + login), []string{}},
		{"both behind a test", append(logsIn(`[ "$X" = y ] && `+login), edit{"workflow.yaml", push, "        if [ \"$X\" = y ]; then docker push \"$IMAGE\"; fi\n"}), []string{}},
		{"both behind a test of a variable that changes", append(logsIn(`[ "$X" = y ] && `+login), edit{"workflow.yaml", push, "        X=y\n        if [ \"$X\" = y ]; then docker push \"$IMAGE\"; fi\n"}), []string{"KR102"}},
		{"each behind another test", append(logsIn(`[ "$X" = y ] && `+login), edit{"workflow.yaml", push, "        if [ \"$X\" = z ]; then docker push \"$IMAGE\"; fi\n"}), []string{"KR102"}},
		{"a login behind a test that always holds", logsIn(`if [ -n "$AWS_REGION" ]; then ` + login + `; fi`), []string{}},
		{"a login behind a test of bash that always holds", logsIn(`[[ $GITHUB_ACTIONS == true ]] && ` + login), []string{}},
		{"a login where a test always fails", logsIn(`[ "$AWS_REGION" != us-east-1 ] || ` + login), []string{}},
		{"a login behind that and another test", logsIn(`test -n "$AWS_REGION" && [ "$X" = y ] && ` + login), []string{"KR102"}},
		{"a login behind a test that never holds", logsIn(`if [ -z "$AWS_REGION" ]; then ` + login + `; fi`), []string{"KR056"}},
		{"a login where none of the tests holds", logsIn(`if [ -z "$AWS_REGION" ]; then exit 0; elif test "$AWS_REGION" = eu-west-1; then exit 0; else ` + login + `; fi`), []string{}},
		{"a login behind a pattern", logsIn(`[[ $AWS_REGION == eu-* ]] && ` + login), []string{"KR102"}},
		{"a login in a step that never ends before", logsIn(`[ -n "$AWS_REGION" ] || exit 0; ` + login), []string{}},
		{"a login behind a test of what a file may set", logsIn(`source ./env.sh; if [ -n "$AWS_REGION" ]; then ` + login + `; fi`), []string{"KR102"}},
		{"a login behind a test of what a command may set", logsIn(`eval "$(cat env)"; if [ -n "$AWS_REGION" ]; then ` + login + `; fi`), []string{"KR102"}},
		{"a login behind a test of what the script sets", logsIn(`AWS_REGION=us-east-1; if [ -n "$AWS_REGION" ]; then ` + login + `; fi`), []string{}},
		{"a login behind a test of what the script makes of that", logsIn(`R=$AWS_REGION; S="$R-x"; if [ "$S" = us-east-1-x ]; then ` + login + `; fi`), []string{}},
		{"a login behind a test of what a branch sets", logsIn(`R=x; [ -f a ] && R=; if [ -n "$R" ]; then ` + login + `; fi`), []string{"KR102"}},
		{"a login behind a test of what a function may set", logsIn(`R=x; f() { R=; }; $F; if [ -n "$R" ]; then ` + login + `; fi`), []string{"KR102"}},
		{"a login behind a test of what a loop changes", logsIn(`R=x; while [ -f a ]; do if [ -n "$R" ]; then ` + login + `; fi; R=; done`), []string{"KR102"}},
		{"a login behind a test of what is read", logsIn(`R=x; read -r R < a; if [ -n "$R" ]; then ` + login + `; fi`), []string{"KR102"}},
		{"a login behind a test of GitHub's own variable", logsIn(`if [ "$CI" = true ]; then ` + login + `; fi`), []string{}},
		{"a login behind a test of it with a default", logsIn(`if [[ "${CI:-false}" == "true" ]]; then ` + login + `; fi`), []string{}},
		{"a login where the commit is known", logsIn(`if [ -n "$GITHUB_SHA" ]; then ` + login + `; fi`), []string{}},
		{"a login where the branch of a pull request is known", logsIn(`if [ -n "$GITHUB_HEAD_REF" ]; then ` + login + `; fi`), []string{"KR102"}},
		{"a login where there is a commit of a length", logsIn(`if [ -n "${GITHUB_SHA#x}" ]; then ` + login + `; fi`), []string{"KR102"}},
		{"a login where it is not set", logsIn(`if [ -z "$CI" ]; then ` + login + `; fi`), []string{"KR056"}},
		{"a login behind a test of it that the workflow sets", append(logsIn(`if [ "$CI" = true ]; then `+login+`; fi`), edit{"workflow.yaml", jobRegion, jobRegion + "  CI: false\n"}), []string{"KR056"}},
		{"both in one case", append(logsIn(`case "$X" in y) `+login+`;; esac`), edit{"workflow.yaml", push, "        case \"$X\" in y) docker push \"$IMAGE\";; esac\n"}), []string{}},

		{"a login in a step that may end before", logsIn(`[ -n "$X" ] || exit 0; ` + login), []string{"KR102"}},
		{"a login in a step that may fail before", logsIn(`[ -n "$X" ] || exit 1; ` + login), []string{}},
		{"both in steps that may end before", append(logsIn(`[ -n "$X" ] || exit 0; `+login), edit{"workflow.yaml", push, "        [ -n \"$X\" ] || exit 0\n" + push}), []string{}},
		{"a login without the role", logsIn("env -u AWS_ROLE_ARN " + login), []string{"KR191"}},
		{"a login that env takes the role from", logsIn("env --unset=AWS_ROLE_ARN " + login), []string{"KR191"}},
		{"a login that a short option takes it from", logsIn("env -uAWS_WEB_IDENTITY_TOKEN_FILE " + login), []string{"KR191"}},
		{"a login without any variable", logsIn(`env -i PATH="$PATH" AWS_REGION=us-east-1 ` + login), []string{"KR191"}},
		{"a login without any variable behind another command", logsIn("timeout 60 env - AWS_REGION=us-east-1 " + login), []string{"KR191"}},
		{"a push without any variable", append(logsIn(login), edit{"workflow.yaml", push, "        env -i docker push \"$IMAGE\"\n"}), []string{"KR103"}},
		{"a login with a variable more", logsIn(`env PATH="$PATH:/opt" ` + login), []string{}},
		{"a login with the role not exported", logsIn("export -n AWS_ROLE_ARN; " + login), []string{"KR191"}},
		{"a login with the role and the token unset", logsIn("unset AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE; " + login), []string{"KR191"}},
		{"a login of root", logsIn("sudo " + login), []string{"KR191"}},
		{"a login of root in a script", append(logsIn("sudo bash -c '"+login+"'"), edit{"workflow.yaml", push, "        sudo docker push \"$IMAGE\"\n"}), []string{"KR191"}},
		{"a login of another user", logsIn("sudo -u runner " + login), []string{"KR191"}},
		{"a login of root with the runner's variables", logsIn("sudo -E " + login), []string{}},
		{"a login of root with the role's variables", logsIn("sudo --preserve-env=AWS_ROLE_ARN,AWS_WEB_IDENTITY_TOKEN_FILE,AWS_REGION " + login), []string{}},
		{"a login without another variable", logsIn("env -u LANG " + login), []string{}},
		{"what find finds", then(`find . -name '*.tag' -exec docker push {} \;`), []string{"KR063"}},
		{"what find removes", then(`find . -name '*.tag' -exec rm {} +`), []string{}},

		{"a login in the background", logsIn(login + " &"), []string{"KR102"}},
		{"a login in the background that the script waits for", logsIn(login + " & wait"), []string{}},
		{"a login in the background that the script waits for by its number", logsIn("{ " + login + "; } &\n        PID=$!; mkdir x; wait \"$PID\""), []string{}},
		{"both in the background", append(logsIn(":"), edit{"workflow.yaml", push, "        { " + login + "; docker push \"$IMAGE\"; } &\n        wait\n"}), []string{}},

		{"the folder removed", then("rm -rf ~/.docker"), []string{"KR100"}},
		{"the file removed", then(`rm -f "$HOME/.docker/config.json"`), []string{"KR100"}},
		{"the folder moved", then("mv /home/runner/.docker /tmp/x"), []string{"KR100"}},
		{"the file written anew", then("echo '{}' > ~/.docker/config.json"), []string{"KR100"}},
		{"the folder removed on a condition", then(`[ "$X" = y ] && rm -rf ~/.docker`), []string{"KR102"}},
		{"a logout on a condition", then(`[ "$X" = y ] && docker logout ` + ourRegistry + ` || true`), []string{"KR102"}},
		{"the folder removed, and another login", then("rm -rf ~/.docker; " + login), []string{}},
		{"another folder removed", then("rm -rf ~/.docker/buildx /tmp/.docker"), []string{}},
		{"a folder of the workspace removed", then("rm -rf .docker \"$GITHUB_WORKSPACE/.docker\""), []string{}},
		{"the file written before", logsIn("echo '{}' > ~/.docker/config.json; " + login), []string{}},
		{"a file with Amazon's helper", then(`echo '{"credHelpers":{"` + ourRegistry + `":"ecr-login"}}' > ~/.docker/config.json`), []string{}},

		{"a logout where the step ends", logsIn("trap 'docker logout " + ourRegistry + "' EXIT; " + login), []string{"KR100"}},
		{"the folder removed where the pushing step ends", append(logsIn(login), edit{"workflow.yaml", build, "        trap 'rm -rf ~/.docker' EXIT\n" + build}), []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// What stands in front of a tool is not followed.
func TestToolsThatAreReplaced(t *testing.T) {
	const build = "        docker build --tag \"$IMAGE\" .\n"
	for _, test := range []struct {
		name, lines string
		want        []string
	}{
		{"a function", `docker() { echo "$@"; }`, []string{"KR063"}},
		{"a function for the login", `aws() { cat /tmp/password; }`, []string{"KR063"}},
		{"a function that passes on", `docker() { echo "+ docker $*"; command docker "$@"; }`, []string{}},
		{"a function that passes on with an option", `docker() { /usr/bin/docker --debug "$@"; }`, []string{}},
		{"a function of another name", `build() { echo "$@"; }`, []string{}},
		{"an alias", `shopt -s expand_aliases; alias docker="echo docker"`, []string{"KR063"}},
		{"an alias that bash does not look at", `alias docker="echo docker"`, []string{}},
		{"an alias of another name", `shopt -s expand_aliases; alias k=kubectl`, []string{}},
		{"a program", `printf '#!/bin/sh\n' > bin/docker`, []string{"KR063"}},
		{"another PATH", `export PATH=/opt/tools`, []string{"KR063"}},
		{"another PATH of the system's folders", `PATH=/usr/local/bin:/usr/bin:/bin`, []string{}},
		{"a folder more", `export PATH="$HOME/.local/bin:$PATH"`, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, []edit{{"workflow.yaml", build, "        " + test.lines + "\n" + build}}, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
