package stage

import "testing"

func TestWhoPlaysAPart(t *testing.T) {
	for _, test := range []struct {
		args   []string
		status int
		played bool
	}{
		{[]string{"/usr/bin/rehearse"}, 0, false},
		{[]string{"rehearse", "--keep"}, 0, false},
		{[]string{"/tmp/tools/docker", "run"}, 125, true},
		{[]string{"/tmp/tools/ko", "version"}, 1, true},
		{[]string{"rehearse", "play-amazon-ecr-login", "mask-password=true"}, 1, true},
	} {
		if status, played := Play(t.Context(), test.args); status != test.status || played != test.played {
			t.Errorf("%q: got status %d, played %v; want %d, %v", test.args, status, played, test.status, test.played)
		}
	}
}
