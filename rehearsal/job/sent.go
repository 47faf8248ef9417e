package job

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// sent passes requests on and remembers what of them the registry took.
type sent struct {
	http.RoundTripper

	mu                sync.Mutex
	layers, manifests []string
}

func (s *sent) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := s.RoundTripper.RoundTrip(r)
	if err != nil || r.Method != http.MethodPut || response.StatusCode != http.StatusCreated {
		return response, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if strings.Contains(r.URL.Path, "/blobs/uploads/") {
		s.layers = append(s.layers, r.URL.Query().Get("digest"))
	} else {
		s.manifests = append(s.manifests, response.Header.Get("Docker-Content-Digest"))
	}
	return response, err
}

// take gives what was sent since it was last asked, in an order that does not depend
// on which upload was faster.
func (s *sent) take() (layers, manifests []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	layers, manifests = s.layers, s.manifests
	s.layers, s.manifests = nil, nil
	slices.Sort(layers)
	slices.Sort(manifests)
	return layers, manifests
}
