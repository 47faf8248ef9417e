package github_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight/github"
)

func TestScriptsSetVariables(t *testing.T) {
	testScripts(t, []scripting{
		{"of the workflow", `docker push $R/$APP`, []string{"push R app -"}},
		{"in braces and quotes", `docker push "${R}"/'a'"p"p:$APP`, []string{"push R app app"}},
		{"of expressions", `docker push ${{ env.R }}/${{ env.APP }}-x`, []string{"push R app-x -"}},
		{"set before", "image=\"$R/$APP:1\"\ndocker push \"$image\"", []string{"push R app 1"}},
		{"exported", "export IMAGE=$R/x\ndocker push $IMAGE", []string{"push R x -"}},
		{"exported in quotes", "export \"IMAGE=$R/x\"\ndocker push $IMAGE", []string{"push R x -"}},
		{"exported after", "IMAGE=$R/x\nexport IMAGE\ndocker push $IMAGE", []string{"push R x -"}},
		{"declared", "declare -r IMAGE=$R/x\ndocker push $IMAGE", []string{"push R x -"}},
		{"several in one line", "A=$R B=x; docker push $A/$B", []string{"push R x -"}},
		{"set again", "A=x\nA=y\ndocker push $R/$A", []string{"push R y -"}},
		{"appended", "A=x\nA+=y\ndocker push $R/$A", []string{"push R xy -"}},
		{"set too late", "docker push $R/$A\nA=x", []string{"push R ?($A is not set in the workflow) -"}},
		{"hides the workflow's", "APP=x\ndocker push $R/$APP", []string{"push R x -"}},
		{"not those of the script in an expression", "APP=x\ndocker push $R/${{ env.APP }}", []string{"push R app -"}},
		{"for one command only", "APP=x true\ndocker push $R/$APP", []string{"push R app -"}},
		{"of a command", "A=$(cat name)\ndocker push $R/$A", []string{"push R ?($(cat name) is known only when the job runs) -"}},
		{"of a command, for the tag", "A=$(git rev-parse HEAD)\ndocker push $R/x:$A", []string{"push R x ?($(git rev-parse HEAD) is known only when the job runs)"}},
		{"of a count", "A=1\n((A++))\ndocker push $R/x$A", []string{"push R ?($A is known only when the job runs) -"}},
		{"of arithmetic", "A=$((1 + 2))\ndocker push $R/x$A", []string{"push R ?($((1 + 2)) is known only when the job runs) -"}},
		{"of a list", "A=(a b)\ndocker push $R/x$A", []string{"push R xa -"}},
		{"of backticks", "docker push $R/`cat name`", []string{"push R ?(`cat name` is known only when the job runs) -"}},
		{"with a default", "docker push $R/${APP:-x}", []string{"push R app -"}},
		{"with a default that is used", "A=\ndocker push $R/${A:-x}", []string{"push R x -"}},
		{"with a default that may be", "docker push $R/${A:-x}", []string{"push R ?($A is not set in the workflow) -", "push R x -"}},
		{"with a default that is kept", "A=\n: ${A:=x}\ndocker push $R/$A", []string{"push R x -"}},
		{"with a default that may be kept", ": ${B=x}\ndocker push $R/$B", []string{"push R ?(${B=x} is known only when the job runs) -"}},
		{"with a default of variables", "A=\ndocker push ${A:-$R/$APP:1}", []string{"push R app 1"}},
		{"that must be set", "docker push $R/${APP:?not set}", []string{"push R app -"}},
		{"without a suffix", "docker push $R/${APP%p}", []string{"push R ap -"}},
		{"without the longest suffix", "A=x/y/z\ndocker push $R/${A%%/*}", []string{"push R x -"}},
		{"without a prefix", "A=x/y/z\ndocker push $R/${A#*/}", []string{"push R y/z -"}},
		{"without the longest prefix", "A=x/y/z\ndocker push $R/${A##*/}", []string{"push R z -"}},
		{"without what is not there", "docker push $R/${APP#z}", []string{"push R app -"}},
		{"cut", "docker push $R/${APP:1}", []string{"push R ?(${APP:1} is known only when the job runs) -"}},
		{"cut by another variable", "docker push $R/${APP#$A}", []string{"push R ?(${APP#$A} is known only when the job runs) -"}},
		{"read", "read APP\ndocker push $R/$APP", []string{"push R ?($APP is known only when the job runs) -"}},
		{"unset", "unset APP\ndocker push $R/$APP/x", []string{"push R /x -"}},
		{"of the shell", "docker push $R/$1", []string{"push R ?($1 is known only when the job runs) -"}},
		{"of GitHub", "docker push $R/x:$GITHUB_SHA", []string{"push R x ?($GITHUB_SHA is known only when the job runs)"}},
		{"not expanded by YAML", "A='$R/x'\ndocker push $A", []string{`push ?("$R" is no registry) x -`}},
		{"with signs of the shell", "docker push $R/${{ format('{0}', '$x') }}", []string{`push R ?(${{ format('{0}', '$x') }} holds signs of the shell, such as a line break, which bash reads as its own: pass it by env) -`}},
		{"with blanks", "A='x y'\ndocker push $R/$A", []string{`push R ?("x y" is no image repository's name) -`}},
		{"with options", "A=--quiet\ndocker push $A $R/x", []string{"push R x -"}},
		{"that are no word", "A=\ndocker push $A $R/x", []string{"push R x -"}},
		{"that are most of the command", "A=\"push $R/x\"\ndocker $A\ndocker \"$A\"", []string{"push R x -"}},
		{"that are several words", "A='--quiet --platform linux/amd64'\ndocker push $A $R/x", []string{"push R x -"}},
	})
}

func TestScriptsHaveArrays(t *testing.T) {
	testScripts(t, []scripting{
		{"in a loop", "A=(x:1 y:2)\nfor i in \"${A[@]}\"; do docker push $R/$i; done", []string{"push R x 1", "push R y 2"}},
		{"without quotes", "A=('x y' z)\nfor i in ${A[@]}; do docker push $R/$i; done", []string{"push R x -", "push R y -", "push R z -"}},
		{"with quotes", "A=('push x' $R/z)\ndocker \"${A[@]}\"", nil},
		{"of options", "A=(-t $R/x:1 -t $R/y:2 --push)\ndocker build \"${A[@]}\" .", []string{"push R x 1", "push R y 2"}},
		{"appended", "A=(--push)\nA+=(-t $R/x:1)\nA+=(-t $R/y:2)\ndocker build \"${A[@]}\" .", []string{"push R x 1", "push R y 2"}},
		{"appended on a condition", "A=(--push -t $R/x:1)\nif t; then A+=(-t $R/y:2); fi\ndocker build \"${A[@]}\" .", []string{"push R x 1", "push R y 2"}},
		{"appended in a loop", "A=(--push -t $R/x:1)\nfor i in 2 3; do A+=(-t $R/x:$i); done\ndocker build \"${A[@]}\" .", []string{"push ?($A changes in a loop) ?($A changes in a loop) -", "push R x 1"}},
		{"by the number of each", "A=(x y)\nfor i in \"${!A[@]}\"; do docker push $R/${A[$i]}; done", []string{"push R x -", "push R y -"}},
		{"read from a line", "IFS=, read -ra A <<< x,y\nfor i in \"${A[@]}\"; do docker push $R/$i; done", []string{"push R x -", "push R y -"}},
		{"read from lines", "mapfile -t A <<< \"x\ny\"\nfor i in \"${A[@]}\"; do docker push $R/$i; done", []string{"push R x -", "push R y -"}},
		{"read from a file", "mapfile -t A < list\nfor i in \"${A[@]}\"; do docker push $R/$i; done", []string{"push R ?($A is known only when the job runs) -"}},
		{"by its number", "A=(x y z)\ndocker push $R/${A[1]}", []string{"push R y -"}},
		{"by a number that is not known", "A=(x y z)\ndocker push $R/${A[$n]}", []string{"push R ?(${A[$n]} is known only when the job runs) -"}},
		{"of words that split", "B='x y'\nA=($B)\ndocker push $R/${A[1]}", []string{"push R y -"}},
		{"of another", "B=(x y)\nA=(\"${B[@]}\" z)\ndocker push $R/${A[2]}", []string{"push R z -"}},
		{"within a word", "A=(x y)\ndocker push \"$R/${A[*]}\"", []string{`push R ?("x y" is no image repository's name) -`}},
		{"with another sign between", "A=(x y)\nIFS=/\ndocker push \"$R/${A[*]}\"", []string{"push R x/y -"}},
		{"that are empty", "A=()\ndocker push \"${A[@]}\" $R/x", []string{"push R x -"}},
		{"declared", "declare -a A=(x y)\ndocker push $R/${A[1]}", []string{"push R y -"}},
		{"by names", "declare -A A=([a]=x)\ndocker push $R/${A[a]}", []string{"push R ?(${A[a]} is known only when the job runs) -"}},
	})
}

func TestScriptsReadWhatTheyWriteOut(t *testing.T) {
	pushed := []string{"push R x 1", "push R y 2"}
	testScripts(t, []scripting{
		{"lines of a here-string", "A=\"$R/x:1\n$R/y:2\"\nwhile read -r i; do docker push $i; done <<< \"$A\"", pushed},
		{"lines of a here-document", "while read i; do docker push $R/$i; done <<EOF\nx:1\ny:2\nEOF", pushed},
		{"lines of a pipe", "A=\"x:1\ny:2\"\necho \"$A\" | while read -r i; do docker push $R/$i; done", pushed},
		{"lines of printf", "printf '%s\\n' 'x:1\ny:2' | while IFS= read -r i; do docker push $R/$i; done", pushed},
		{"a last line without an end", "while read -r i || [ -n \"$i\" ]; do docker push $R/$i; done <<< 'x:1\ny:2'", pushed},
		{"words of a command", "for i in $(echo x:1 y:2); do docker push $R/$i; done", pushed},
		{"words behind commas", "A=x:1,y:2\nfor i in $(echo $A | tr ',' ' '); do docker push $R/$i; done", pushed},
		{"words behind commas, on lines", "A=x:1,y:2\nfor i in $(echo $A | tr , '\\n'); do docker push $R/$i; done", pushed},
		{"words of a document", "for i in $(cat <<E\nx:1\ny:2\nE\n); do docker push $R/$i; done", pushed},
		{"words of other commands", "for i in $(echo x | rev); do docker push $R/$i; done", []string{"push R ?($(echo x | rev) is known only when the job runs) -"}},
		{"lines of a file", "while read -r i; do docker push $R/$i; done < tags", []string{"push R ?($i is known only when the job runs) -"}},
		{"a variable", "read -r A <<< x\ndocker push $R/$A", []string{"push R x -"}},
		{"a script", "echo \"docker push $R/x\" | bash", []string{"push R x -"}},
		{"an expression over lines in quotes", "A=\"${{ fromJSON('\"x:1\\ny:2\"') }}\"\nfor i in $A; do docker push $R/$i; done", pushed},
	})
}

func TestScriptsBranch(t *testing.T) {
	testScripts(t, []scripting{
		{"if", "A=x\nif a; then A=y; fi\ndocker push $R/$A", []string{"push R y -", "push R x -"}},
		{"if and else", "if a; then A=x; else A=y; fi\ndocker push $R/$A", []string{"push R x -", "push R y -"}},
		{"if true", "if true; then A=x; else A=y; fi\ndocker push $R/$A", []string{"push R x -"}},
		{"if false", "if false; then A=x; else A=y; fi\ndocker push $R/$A", []string{"push R y -"}},
		{"elif", "if a; then A=x\nelif b; then A=y\nelse A=z\nfi\ndocker push $R/$A", []string{"push R x -", "push R y -", "push R z -"}},
		{"elif, with nothing set", "if a; then A=x; elif b; then :; fi\ndocker push $R/$A", []string{"push R x -", "push R ?($A is not set in the workflow) -"}},
		{"a branch that ends", "if a; then A=x; else exit 1; fi\ndocker push $R/$A", []string{"push R x -"}},
		{"every branch ends", "if a; then exit; else exit 1; fi\ndocker push $R/x", nil},
		{"behind the end", "docker push $R/x\nexit 0\ndocker push $R/y", []string{"push R x -"}},
		{"in a branch that ends", "if a; then docker push $R/x; exit; fi\ndocker push $R/y", []string{"push R x -", "push R y -"}},
		{"the end of another shell", "(exit 1)\ndocker push $R/y", []string{"push R y -"}},
		{"branches belong together", "if a; then A=x; B=1; else A=y; B=2; fi\ndocker push $R/$A:$B\ndocker push $R/$A-$B", []string{"push R x 1", "push R y 2", "push R x-1 -", "push R y-2 -"}},
		{"the branch that is not written too", "A=x; B=1\nif a; then A=y; B=2; fi\ndocker push $R/$A-$B", []string{"push R y-2 -", "push R x-1 -"}},
		{"case", "case $X in\n  a) A=x ;;\n  b|c) A=y ;;\n  *) exit 1 ;;\nesac\ndocker push $R/$A", []string{"push R x -", "push R y -"}},
		{"case without the rest", "A=z\ncase $X in (a) A=x;; esac\ndocker push $R/$A", []string{"push R x -", "push R z -"}},
		{"&&", "A=x\nt && A=y\ndocker push $R/$A", []string{"push R y -", "push R x -"}},
		{"&& in one line", "cd x && A=$R/x && docker push $A", []string{"push R x -"}},
		{"||", "A=x\nt || A=y\ndocker push $R/$A", []string{"push R y -", "push R x -"}},
		{"&& and ||", "[ -n \"$X\" ] && A=x || A=y\ndocker push $R/$A", []string{"push R x -", "push R y -"}},
		{"|| that ends", "t || { echo no; exit 1; }\ndocker push $R/x", []string{"push R x -"}},
		{"[[ ]]", "if [[ $X == a && ( $Y =~ ^(b|c)$ ) ]]; then A=x; else A=y; fi\ndocker push $R/$A", []string{"push R x -", "push R y -"}},
		{"the condition pushes", "if ! docker push $R/x; then docker push $R/y; fi", []string{"push R x -", "push R y -"}},
		{"a pipe pushes", "docker push $R/x 2>&1 | tee log", []string{"push R x -"}},
		{"in the background", "docker push $R/x & docker push $R/y\nwait", []string{"push R x -", "push R y -"}},
		{"another shell's variables are its own", "A=x\n(A=y; docker push $R/$A)\ndocker push $R/$A-2", []string{"push R y -", "push R x-2 -"}},
		{"a group's are the script's", "{ A=y; }\ndocker push $R/$A", []string{"push R y -"}},
		{"in $( )", "DIGEST=$(docker push -q $R/x)\necho \"$(docker push \"$R/y\")\"", []string{"push R x -", "push R y -"}},
		{"what $( ) sets is gone", "A=x\nB=$(A=y)\ndocker push $R/$A", []string{"push R x -"}},
	})
}

func TestScriptsLoop(t *testing.T) {
	testScripts(t, []scripting{
		{"over words", "for A in x y; do docker push $R/$A; done", []string{"push R x -", "push R y -"}},
		{"over what a variable lists", "L='x y'\nfor A in $L z; do\n  docker push $R/$A\ndone", []string{"push R x -", "push R y -", "push R z -"}},
		{"over one word in quotes", "L='x y'\nfor A in \"$L\"; do docker push $R/$A; done", []string{`push R ?("x y" is no image repository's name) -`}},
		{"over what is not known", "for A in $L; do docker push $R/$A; done", []string{"push R ?($L is not set in the workflow) -"}},
		{"over files", "for A in *; do docker push $R/$A; done", []string{"push R ?(* stands for several words) -"}},
		{"over numbers", "for A in {1..3}; do docker push $R/$A; done", []string{"push R ?({1..3} stands for several words) -"}},
		{"over arguments", "for A; do docker push $R/$A; done", []string{"push R ?($@ is known only when the job runs) -"}},
		{"in another", "for A in x y; do for B in 1 2; do docker push $R/$A$B; done; done", []string{"push R x1 -", "push R x2 -", "push R y1 -", "push R y2 -"}},
		{"rounds belong together", "for A in x y; do B=$A-1; docker push $R/$A$B; done", []string{"push R xx-1 -", "push R yy-1 -"}},
		{"behind it", "for A in x y; do B=$A; done\ndocker push $R/$B", []string{"push R x -", "push R y -"}},
		{"what an earlier round set", "A=x\nfor B in 1 2; do docker push $R/$A; A=y; done", []string{"push R x -", "push R ?($A changes in a loop) -"}},
		{"while", "A=x\nwhile read A; do docker push $R/$A; done < list\ndocker push $R/$A-2", []string{
			"push R ?($A is known only when the job runs) -", "push R x-2 -"}},
		{"until", "until docker push $R/x; do sleep 1; done", []string{"push R x -"}},
		{"that counts", "for ((i=0; i<3; i++)); do docker push $R/x && break; done", []string{"push R x -"}},
		{"that ends early", "for A in x y; do if t; then B=1; break; fi; B=2; done\ndocker push $R/$B", []string{"push R 2 -", "push R ?($B changes in a loop) -"}},
		{"that ends early within another", "for A in x y; do for B in 1 2; do break; done; C=$A; done\ndocker push $R/$C", []string{"push R x -", "push R y -"}},
		{"of which a round ends early", "for A in x y; do t || continue; docker push $R/$A; done", []string{"push R x -", "push R y -"}},
		{"with a count", "A=1\nwhile t; do docker push $R/x:$A; ((A++)); done", []string{"push R x 1"}},
		{"with a sum behind it", "A=1\nfor i in a b; do let A+=2; done\ndocker push $R/x$A", []string{"push R ?($A is known only when the job runs) -"}},
		{"with set before", "A=x\nwhile t; do A=y; done\ndocker push $R/$A", []string{"push R y -", "push R x -"}},
	})
}

func TestScriptsHaveFunctions(t *testing.T) {
	testScripts(t, []scripting{
		{"with an argument", "p() {\n  docker push \"$1\"\n}\np $R/x", []string{"push R x -"}},
		{"with the workflow's variables", "function p {\n  docker push $R/$APP\n}\np", []string{"push R app -"}},
		{"with variables that are set somewhere", "A=x\np() { docker push $R/$A; }\nA=y\np", []string{"push R y -"}},
		{"that sets them", "f() { A=x; }\nA=y\nf\ndocker push $R/$A", []string{"push R x -"}},
		{"that sets its own", "f() { local A=x; docker push $R/$A; }\nA=y\nf\ndocker push $R/$A", []string{"push R x -", "push R y -"}},
		{"that sets its own alone", "f() { local -r B=x; }\nf\ndocker push $R/$B", []string{"push R ?($B is not set in the workflow) -"}},
		{"that returns", "f() { A=x; return 0; A=z; }\nf\ndocker push $R/$A", []string{"push R x -"}},
		{"that may return", "f() { A=x; if t; then A=z; return; fi; }\nf\ndocker push $R/$A", []string{"push R x -", "push R ?($A changes in a loop) -"}},
		{"that exits", "f() { exit; }\nf\ndocker push $R/x", nil},
		{"that fails, which is a finding of the step", "f() { exit 1; }\nf\ndocker push $R/x", []string{"push R x -"}},
		{"called twice", "p() { docker push $R/$1; }\np x\np y", []string{"push R x -", "push R y -"}},
		{"called in a loop", "p() { docker push $R/$1:$2; }\nfor i in x y; do p $i 1; done", []string{"push R x 1", "push R y 1"}},
		{"with all arguments", "run() { \"$@\"; }\nrun docker push $R/x", []string{"push R x -"}},
		{"over all arguments", "p() { for i in \"$@\"; do docker push $R/$i; done; }\np x y", []string{"push R x -", "push R y -"}},
		{"that keeps its arguments", "p() { local a=$1; shift; local b=(\"$@\"); docker \"${b[@]}\" $R/$a; }\np x push --quiet", []string{"push R x -"}},
		{"that shifts", "p() { local A=$1; shift; docker push $R/$A:$1; }\np x y", []string{"push R x y"}},
		{"that shifts in a loop", "p() { while test $#; do docker push $R/$1; shift; done; }\np x y", []string{"push R ?($1 is known only when the job runs) -"}},
		{"that calls another", "b() { docker $1 $2; }\np() { b push $R/$1; }\np x", []string{"push R x -"}},
		{"that calls itself", "p() { docker push $R/$1 || p $2; }\np x y", []string{"push R x -", "push R ?($1 is known only when the job runs) -"}},
		{"that another function calls by its name", "retry() { \"$@\" || \"$@\"; }\np() { docker push $R/$1; }\nretry p x", []string{"push R x -"}},
		{"that a command runs", "p() { docker push $R/$A; }\nA=x\ntrap p EXIT", []string{"push R x -", "push R ?($A changes in a loop) -"}},
		{"that nothing runs", "p() { docker push $R/x; }", nil},
		{"in front of a tool", "docker() { command docker --debug \"$@\"; }\ndocker push $R/x", []string{"push R x -"}},
		{"that ends", "die() { exit 1; }\ndocker push $R/x", []string{"push R x -"}},
	})
}

// unread is the push to anywhere that stands for the rest of a script that bash refuses.
func unread(why string) string {
	why = "?(the script cannot be read: " + why + ")"
	return "push " + why + " " + why + " -"
}

func TestScriptsAreReadAsAShellDoes(t *testing.T) {
	testScripts(t, []scripting{
		{"comment", "# docker push $R/x\ntrue # docker push $R/y", nil},
		{"no comment", "docker push $R/x#y", []string{`push R ?("x#y" is no image repository's name) -`}},
		{"printed", "echo docker push $R/x\necho \"docker push $R/x\"", nil},
		{"over lines", "docker \\\n  push \\\n  $R/x", []string{"push R x -"}},
		{"here-document", "cat <<EOF\ndocker push $R/x\nEOF\ndocker push $R/y", []string{"push R y -"}},
		{"here-document with tabs and quotes", "cat <<-'E'\ndocker push $R/x\n\tE\ndocker push $R/y", []string{"push R y -"}},
		{"two here-documents", "cat <<A <<B\ndocker push $R/x\nA\ndocker push $R/x\nB\ndocker push $R/y", []string{"push R y -"}},
		{"here-string", "cat <<< \"docker push $R/x\"\ndocker push $R/y", []string{"push R y -"}},
		{"output elsewhere", "docker push $R/x > /dev/null 2>&1", []string{"push R x -"}},
		{"output elsewhere in between", "docker >log 2>>log push &>log $R/x", []string{"push R x -"}},
		{"a list is set", "L=(a b)\ndocker push $R/x", []string{"push R x -"}},
		{"quotes over lines", "echo \"\ndocker push $R/x\n\"\ndocker push $R/y", []string{"push R y -"}},
		{"process substitution", "diff <(docker images) >(cat)\ndocker push $R/y", []string{"push R y -"}},
		{"a name with blanks is one word", "docker push \"$R/x y\"", []string{`push R ?("x y" is no image repository's name) -`}},
		{"quotes without an end", "docker push $R/x\necho 'a\ndocker push $R/y", []string{"push R x -", unread("reached EOF without closing quote `'`")}},
		{"if without an end", "if t; then docker push $R/x", []string{unread("`if` statement must end with `fi`")}},
		{"ends without a start", "fi\ndone\n)\n}\n;;\ndocker push $R/x", []string{unread("`fi` can only be used to end an `if`")}},
		{"no command", "\n&& docker push $R/x", []string{unread("`&&` can only immediately follow a statement")}},
	})
}

func TestOtherShellsAreNotRead(t *testing.T) {
	push := "run: docker push " + host + "/x"
	const pushed = "a\npush " + host + " x -"
	testReadings(t, []reading{
		{"bash", "jobs:\n  a: {steps: [{shell: bash, " + push + "}]}", pushed},
		{"bash with options", "jobs:\n  a: {steps: [{shell: '/bin/bash -e {0}', " + push + "}]}", pushed},
		{"bash by env", "jobs:\n  a: {steps: [{shell: '/usr/bin/env bash {0}', " + push + "}]}", pushed},
		{"empty", "jobs:\n  a: {steps: [{shell: '', " + push + "}]}", "a"},
		{"sh", "jobs:\n  a: {steps: [{shell: sh, " + push + "}]}", pushed},
		{"python", "jobs:\n  a: {steps: [{shell: python, " + push + "}]}", "a"},
		{"pwsh", "jobs:\n  a: {steps: [{shell: pwsh, " + push + "}]}", "a"},
		{"of the job", "jobs:\n  a: {defaults: {run: {shell: pwsh}}, steps: [{" + push + "}]}", "a"},
		{"of the workflow", "defaults: {run: {shell: pwsh}}\njobs:\n  a: {steps: [{" + push + "}]}", "a"},
		{"of the step first", "defaults: {run: {shell: pwsh}}\njobs:\n  a: {steps: [{shell: bash, " + push + "}]}", pushed},
	})
}

// Steps hand variables and outputs to those behind them.
func TestStepsWriteForThoseBehind(t *testing.T) {
	steps := func(text string) string {
		return "on: push\nenv: {R: " + host + ", A: x}\njobs:\n  a:\n    steps:\n" + indented(text, 6)
	}
	push := func(names ...string) string {
		return "a\npush " + host + " " + strings.Join(names, " -\npush "+host+" ") + " -"
	}
	testReadings(t, []reading{
		{"a variable", steps(`
- run: echo "IMAGE=$R/y" >> "$GITHUB_ENV"
- run: docker push $IMAGE`), push("y")},
		{"over the workflow's", steps(`
- run: echo A=y >> $GITHUB_ENV
- run: docker push $R/$A`), push("y")},
		{"but not over the step's", steps(`
- run: echo A=y >> $GITHUB_ENV
- env: {A: z}
  run: docker push $R/$A`), push("z")},
		{"not within the step", steps(`
- run: |
    echo A=y >> $GITHUB_ENV
    docker push $R/$A`), push("x")},
		{"in a branch", steps(`
- run: if t; then echo A=y >> $GITHUB_ENV; fi
- run: docker push $R/$A`), push("x", "y")},
		{"in a step with a condition", steps(`
- if: github.ref == 'refs/heads/x'
  run: echo A=y >> $GITHUB_ENV
- run: docker push $R/$A`), push("x", "y")},
		{"in a group", steps(`
- run: |
    {
      echo "A=y"
      echo "B=z" 1>&2
    } >> "$GITHUB_ENV"
- run: docker push $R/$A-$B`), push("?(B may be written to GITHUB_ENV by a step)")},
		{"in another way", steps(`
- run: printf 'A=%s' y >> $GITHUB_ENV
- run: docker push $R/$A`), push("x", "?(A may be written to GITHUB_ENV by a step)")},
		{"an output", steps(`
- id: s
  run: echo "image=$R/y:1" >> $GITHUB_OUTPUT
- run: docker push ${{ steps.s.outputs.image }}`), "a\npush " + host + " y 1"},
		{"an output elsewhere", steps(`
- id: s
  run: echo "image=$R/y:1" >> log
- uses: aws-actions/amazon-ecr-login@v2
- run: docker push ${{ steps.s.outputs.image }}`),
			"a\nlogin 1 - - -\npush ?(steps.s.outputs.image is known only when the job runs) ?(steps.s.outputs.image is known only when the job runs) -"},
		{"the step's own variables", steps(`
- env: {B: y, A: "${{ env.A }}-2"}
  run: docker push $R/$A-$B
- run: docker push $R/$A`), push("x-2-y", "x")},
	})
}

func TestStepsRunUnderTheirConditions(t *testing.T) {
	steps := func(text string) string {
		return "on: {workflow_dispatch: {inputs: {to: {type: choice, options: [x, y]}}}}\nenv: {R: " + host + "}\njobs:\n  a:\n    steps:\n" + indented(text, 6)
	}
	const x, y = "\npush " + host + " x -", "\npush " + host + " y -"
	const run = "\n  run: docker push $R/${{ inputs.to }}"
	testReadings(t, []reading{
		{"always", steps("- if: always()" + run), "a" + x + y},
		{"never", steps("- if: false" + run), "a"},
		{"never, as an expression", steps("- if: ${{ false }}" + run), "a"},
		{"never, as a text", steps("- if: \"'' || 0\"" + run), "a"},
		{"a text that only looks like it", steps("- if: ${{ false }} == true" + run), "a" + x + y},
		{"for one", steps("- if: inputs.to == 'x'" + run), "a" + x},
		{"for the other", steps("- if: success() && inputs.to != 'x'" + run), "a" + y},
		{"for one, or perhaps for all", steps("- if: vars.ALL == '1' || inputs.to == 'x'" + run), "a" + x + y},
		{"unknown", steps("- if: github.ref == 'refs/heads/x'" + run), "a" + x + y},
		{"empty", steps("- if: ''" + run), "a" + x + y},
		{"null", steps("- if:" + run), "a" + x + y},
		{"of the step's variables", steps("- if: env.A == 'y'\n  env: {A: \"${{ inputs.to }}\"}" + run), "a" + y},
		{"a job that never runs", "env: {R: " + host + "}\njobs:\n  a: {if: false, steps: [{run: docker push $R/x}]}\n", "a"},
		{"a job that runs for one", "on: {workflow_dispatch: {inputs: {to: {type: choice, options: [x, y]}}}}\nenv: {R: " + host + "}\njobs:\n" +
			"  a: {if: inputs.to == 'x', steps: [{run: \"docker push $R/${{ inputs.to }}\"}]}\n", "a" + x},
	})
}

// Where a script that is not read may push is not known, if it is called so or has one of the
// tools in it.
func TestScriptsThatAreNotReadMayPush(t *testing.T) {
	for _, c := range []struct{ name, step, want string }{
		{"a file", "run: ./build.sh --push", "./build.sh --push is not read"},
		{"a file of bash", "run: bash ci/push.sh web", "bash ci/push.sh is not read"},
		{"a file of the same shell", "run: . ci/publish", ". ci/publish is not read"},
		{"a makefile", "run: make image push", "make image is not read"},
		{"what is called otherwise", "run: \"make test\\n./gradlew build\\nbash ci/test.sh\\nsource ci/env\"", ""},
		{"what the run makes", "run: bash -c \"$X\"", "the run makes a script for bash"},
		{"what is downloaded", "run: curl -s x | bash", ""},
		{"another shell", "{shell: python, run: print(1)}", ""},
		{"another shell that pushes nothing", "{shell: pwsh, run: docker build .}", ""},
		{"a shell that the run chooses", "{shell: '${{ vars.SHELL }}', run: docker push x}", "a script of a shell that the run chooses is not read, and docker is in it"},
		{"another shell with a tool", "{shell: pwsh, run: docker push x}", "a script of pwsh is not read, and docker is in it"},
		{"a tool by its path", "run: /usr/bin/docker push $R/x", "push x"},
		{"a text", "run: \"bash <<E\\ndocker push $R/x\\nE\"", "push x"},
		{"a text in quotes", "run: \"sh -e <<'E'\\ndocker push $R/x\\nE\"", "push x"},
		{"a text for another command", "run: \"cat <<E\\ndocker push $R/x\\nE\"", ""},
		{"of xargs", "run: cat list | xargs -n 1 docker push", "xargs reads it"},
		{"of xargs, in a place", "run: cat list | xargs -I @ docker push $R/x:@", "xargs reads it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			steps := "\n      - " + c.step
			if strings.HasPrefix(c.step, "{") {
				steps = "[" + c.step + "]"
			}
			job := github.Read(parse(t, "on: push\nenv: {R: "+host+"}\njobs:\n  a:\n    steps: "+steps+"\n"), nil).Jobs[0]
			var got []string
			for _, push := range job.Pushes {
				got = append(got, "push "+show(push.Name))
			}
			for _, may := range job.MayPush {
				got = append(got, may.Unknown)
			}
			if got := strings.Join(got, ", "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
