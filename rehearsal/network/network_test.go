package network_test

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"keyless-runners/rehearsal/network"
)

const sts = "sts.us-east-1.amazonaws.com"

// started is a network with one host, and a client that found it through a file.
func started(t *testing.T) (*network.Network, *http.Client) {
	t.Helper()
	n, err := network.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Stop)
	if err := n.Serve(sts, answer("this is STS")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "network")
	if err := n.Peer().Write(file); err != nil {
		t.Fatal(err)
	}
	peer, err := network.ReadPeer(file)
	if err != nil {
		t.Fatal(err)
	}
	transport, err := peer.Transport()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(transport.CloseIdleConnections)
	return n, &http.Client{Transport: transport}
}

func answer(text string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) })
}

func get(t *testing.T, client *http.Client, url string) string {
	t.Helper()
	response, err := client.Get(url)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestHostAnswersUnderItsName(t *testing.T) {
	n, client := started(t)
	if got := get(t, client, "https://"+sts+"/"); got != "this is STS" {
		t.Errorf("got %q", got)
	}
	if err := n.Serve(sts, answer("another one")); err != nil {
		t.Fatal(err)
	}
	if got := get(t, client, "https://"+sts+"/"); got != "another one" {
		t.Errorf("got %q after it was replaced", got)
	}
}

func TestHostThatIsNotThereIsNotKnown(t *testing.T) {
	_, client := started(t)
	for url, want := range map[string]string{
		"https://sts.us-west-2.amazonaws.com/": "dial tcp: lookup sts.us-west-2.amazonaws.com: no such host",
		"https://example.com/":                 "dial tcp: lookup example.com: no such host",
		"http://169.254.169.254/latest/":       "dial tcp: lookup 169.254.169.254:80: no such host",
	} {
		if got := get(t, client, url); !strings.HasSuffix(got, want) {
			t.Errorf("%s answered %q, want %q", url, got, want)
		}
	}
}

func TestNameInTheRequestCounts(t *testing.T) {
	_, client := started(t)
	request, err := http.NewRequest(http.MethodGet, "https://"+sts+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "iam.amazonaws.com"
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("got status %d, want 421", response.StatusCode)
	}
}

func TestStrangersCertificateIsNotTrusted(t *testing.T) {
	n, _ := started(t)
	other, _ := started(t)
	transport, err := network.Peer{Address: n.Peer().Address, Authority: other.Peer().Authority}.Transport()
	if err != nil {
		t.Fatal(err)
	}
	if got := get(t, &http.Client{Transport: transport}, "https://"+sts+"/"); !strings.Contains(got, "certificate signed by unknown authority") {
		t.Errorf("got %q", got)
	}
	if _, err := (network.Peer{Authority: []byte("none")}).Transport(); err == nil {
		t.Error("a peer without a certificate has a transport")
	}
}
