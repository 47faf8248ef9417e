package cdk_test

import (
	"slices"
	"testing"
	"time"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cdk"
	"keyless-runners/rehearsal/moto/mototest"
)

func TestSecondDeploymentChangesNothing(t *testing.T) {
	began := time.Now()
	lap := func(what string) { t.Log(what, time.Since(began)); began = time.Now() }
	account := mototest.Start(t, "../..")
	lap("start")
	cli, err := cdk.New("../..", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	assembly, err := cli.Synth(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	lap("synth")
	if err := cli.Bootstrap(t.Context(), account, assembly); err != nil {
		t.Fatal(err)
	}
	lap("bootstrap")
	for _, want := range [][]identity.StackName{{"keyless-runners"}, nil} {
		got, err := cli.Deploy(t.Context(), account, assembly)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("changed: got %q, want %q", got, want)
		}
		lap("deploy")
	}
}
