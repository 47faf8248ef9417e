package diagnose_test

import (
	"testing"

	"keyless-runners/diagnose"
)

const host = "111122223333.dkr.ecr.us-east-1.amazonaws.com"

func TestAnUnknownRegionIsTheFirstCause(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"lookup 111122223333.dkr.ecr.us-esat-1.amazonaws.com on 10.0.0.2:53: no such host", `unknown region "us-esat-1"; did you mean "us-east-1"?`},
		{"lookup sts.us-esat-1.amazonaws.com on 10.0.0.2:53: no such host", `unknown region "us-esat-1"; did you mean "us-east-1"?`},
		{"lookup 111122223333.dkr.ecr.us-east-1.amazonaws.com on 10.0.0.2:53: no such host", "the account, the region or the domain in the name is mistyped; in China it ends in .com.cn, and ECR Public is in us-east-1 alone"},
		{"lookup ***.dkr.ecr.***.amazonaws.com on 10.0.0.2:53: no such host", "the account, the region or the domain in the name is mistyped; in China it ends in .com.cn, and ECR Public is in us-east-1 alone"},
	} {
		if got := diagnose.Explain(c.text)[0].Causes[0].What; got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestANameWithTheRegistryInItIsTheFirstCause(t *testing.T) {
	const twice = "the name begins with a registry, so that the image's whole name has the registry twice"
	for _, c := range []struct {
		name string
		want bool
	}{
		{host + "/app", true},
		{"***.dkr.ecr.us-east-1.amazonaws.com/app", true},
		{"public.ecr.aws/a1b2c3/app", true},
		{"team/app", false},
	} {
		text := "The repository with name '" + c.name + "' does not exist in the registry with id '111122223333'"
		if got := diagnose.Explain(text)[0].Causes[0].What == twice; got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
