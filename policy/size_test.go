package policy_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

func TestSizeCountsWhatIAMCounts(t *testing.T) {
	for _, c := range []struct {
		promise, text string
		want          int
	}{
		{"the smallest document", `{"Version":"2012-10-17","Statement":[]}`, 39},
		{"white space between is not counted", "{\n\t\"Version\": \"2012-10-17\",\r\n  \"Statement\": [ ]\n}\n", 39},
		{"white space within is not counted", `{"Version":"2012-10-17","Statement":[{"Sid":"a b","Effect":"Deny"}]}`, 67},
		{"the same without it", `{"Version":"2012-10-17","Statement":[{"Sid":"ab","Effect":"Deny"}]}`, 67},
		{"& < and > are one character each", `{"Version":"2012-10-17","Statement":[{"Sid":"&<>","Effect":"Deny"}]}`, 68},
		{"& < and > as other tools escape them", `{"Version":"2012-10-17","Statement":[{"Sid":"\u0026\u003c\u003e","Effect":"Deny"}]}`, 68},
		{"characters, not bytes", `{"Version":"2012-10-17","Statement":[{"Sid":"é東","Effect":"Deny"}]}`, 67},
		{"a list of one is a string", `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["a:b"]}]}`, 71},
	} {
		t.Run(c.promise, func(t *testing.T) {
			var document policy.Document
			if err := json.Unmarshal([]byte(c.text), &document); err != nil {
				t.Fatal(err)
			}
			if got := document.Size(); got != c.want {
				t.Errorf("size of %s: got %d, want %d", c.text, got, c.want)
			}
		})
	}
}

// 64 names of 40 characters are what one managed policy can hold.
func TestManagedPolicyHoldsSixtyFourImageRepositories(t *testing.T) {
	if policy.MaxManagedSize != 6144 {
		t.Errorf("limit: got %d, want 6144", policy.MaxManagedSize)
	}
	for count, want := range map[int]int{64: 6068, 65: 6157} {
		var repositories []identity.ImageRepository
		for i := range count {
			name := identity.ImageRepositoryName(fmt.Sprintf("%040d", i))
			repositories = append(repositories, imageRepository("us-east-1", name))
		}
		if got := policy.Push(repositories).Size(); got != want {
			t.Errorf("%d image repositories: got %d characters, want %d", count, got, want)
		}
	}
}
