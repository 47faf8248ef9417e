package cdk_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cdk"
	"keyless-runners/rehearsal/moto/mototest"
)

// moved copies the assembly with one region and partition in place of the fleet's.
func moved(t *testing.T, region identity.Region) *cdk.Assembly {
	t.Helper()
	from, to := filepath.Dir(assembly.Stacks[0].Template), t.TempDir()
	files, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	replacer := strings.NewReplacer("us-east-1", string(region), "arn:aws:", "arn:"+string(region.Partition())+":")
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(from, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, file.Name()), []byte(replacer.Replace(string(text))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	assembly, err := cdk.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	return assembly
}

func TestEveryPartitionIsDeployedTo(t *testing.T) {
	for _, c := range []struct {
		region identity.Region
		want   string
	}{
		{"cn-north-1", "arn:aws-cn:iam::111122223333:role/self_hosted_runner_role"},
		{"us-gov-west-1", "arn:aws-us-gov:iam::111122223333:role/self_hosted_runner_role"},
	} {
		t.Run(string(c.region), func(t *testing.T) {
			mototest.Reset(t, server)
			assembly := moved(t, c.region)
			if err := cli.Bootstrap(t.Context(), server, assembly); err != nil {
				t.Fatal(err)
			}
			for _, want := range [][]identity.StackName{{"keyless-runners"}, nil} {
				if got, err := cli.Deploy(t.Context(), server, assembly); err != nil || !slices.Equal(got, want) {
					t.Fatalf("changed: got %q and error %v, want %q", got, err, want)
				}
			}
			if got := roles(t, c.region); !slices.Contains(got, c.want) {
				t.Errorf("got %q, want %s among them", got, c.want)
			}
		})
	}
}
