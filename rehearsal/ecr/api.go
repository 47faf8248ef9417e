package ecr

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/verdict"
)

// api is the door of ECR's API in a region.
type api struct {
	*Service
	region identity.Region
}

// API answers for the host of ECR's API in a region.
func (s *Service) API(region identity.Region) http.Handler { return &api{s, region} }

// target is the name of the API before that of an action (ECR API reference, "Making
// API requests").
const target = "AmazonEC2ContainerRegistry_V20150921."

// maxBody is more than any request of the API needs.
const maxBody = 1 << 20

// failure is a refusal as the API gives it.
type failure struct {
	status        int
	code, message string
}

// ofSignature are the codes of JSON protocols (ECR API reference, "Common errors").
var ofSignature = map[session.Reason]string{
	session.Unsigned: "MissingAuthenticationTokenException",
	session.Unknown:  "UnrecognizedClientException",
	session.Expired:  "ExpiredTokenException",
	session.Mismatch: "InvalidSignatureException",
}

func (p *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	action, known := strings.CutPrefix(r.Header.Get("X-Amz-Target"), target)
	if err != nil || !known || action == "" {
		answer(w, http.StatusBadRequest, map[string]string{"__type": "UnknownOperationException"})
		return
	}
	result, refusal := p.act(r, action, body)
	if refusal != nil {
		answer(w, refusal.status, map[string]string{"__type": refusal.code, "message": refusal.message})
		return
	}
	answer(w, http.StatusOK, result)
}

// input has the members that the actions share.
type input struct {
	RegistryID     string `json:"registryId"`
	RepositoryName string `json:"repositoryName"`
	// RepositoryNames is a member of DescribeRepositories; one name is enough here.
	RepositoryNames []string `json:"repositoryNames"`
	ImageIDs        []struct {
		ImageTag    string `json:"imageTag,omitempty"`
		ImageDigest string `json:"imageDigest,omitempty"`
	} `json:"imageIds"`
}

func (p *api) act(r *http.Request, action string, body []byte) (any, *failure) {
	who, refused := p.Sessions.Verify(r, body, "ecr", p.region)
	if refused != nil {
		p.Ledger.Add(ledger.Entry{Who: ledger.Who(who), Action: "ecr:" + action, Resource: "*", Verdict: verdict.Refused(string(refused.Reason))})
		return nil, &failure{http.StatusBadRequest, ofSignature[refused.Reason], refused.Message}
	}
	var in input
	if err := json.Unmarshal(body, &in); err != nil {
		return nil, &failure{http.StatusBadRequest, "SerializationException", err.Error()}
	}
	a := attempt{who: who, action: action, resource: "*", region: p.region, account: who.Role.Account, agent: r.UserAgent()}
	if in.RegistryID != "" {
		a.account = identity.AccountID(in.RegistryID)
	}
	on := identity.ImageRepository{Registry: identity.Registry{Account: a.account, Region: p.region}, Name: identity.ImageRepositoryName(in.RepositoryName)}
	if len(in.RepositoryNames) == 1 {
		on.Name = identity.ImageRepositoryName(in.RepositoryNames[0])
	}
	if on.Name != "" {
		a.resource = on.ARN()
	}
	if v := p.decide(a); !v.Allowed {
		return nil, &failure{http.StatusBadRequest, "AccessDeniedException", a.refusal(v)}
	}
	return p.do(a, on, in)
}

// do does what was allowed. Of actions that no job needs it is enough to say that they
// are: they change nothing.
func (p *api) do(a attempt, on identity.ImageRepository, in input) (any, *failure) {
	if a.action == "GetAuthorizationToken" {
		return p.authorizationToken(a), nil
	}
	if a.resource != "*" && a.action != "CreateRepository" && p.State.Account(a.account).ImageRepository(a.resource) == nil {
		return nil, &failure{http.StatusBadRequest, "RepositoryNotFoundException", missing(on)}
	}
	if a.action == "BatchDeleteImage" {
		return p.deleteImages(on, in)
	}
	return struct{}{}, nil
}

// authorizationToken is a password for "docker login" (ECR API reference,
// "GetAuthorizationToken").
func (p *api) authorizationToken(a attempt) any {
	text, expires := p.newPassword(a.who, p.region)
	type data struct {
		AuthorizationToken string  `json:"authorizationToken"`
		ExpiresAt          float64 `json:"expiresAt"`
		ProxyEndpoint      string  `json:"proxyEndpoint"`
	}
	return map[string][]data{"authorizationData": {{
		AuthorizationToken: base64.StdEncoding.EncodeToString([]byte("AWS:" + text)),
		ExpiresAt:          float64(expires.UnixMilli()) / 1000,
		ProxyEndpoint:      "https://" + identity.Registry{Account: a.account, Region: p.region}.String(),
	}}}
}

// deleteImages deletes images from the registry (ECR API reference,
// "BatchDeleteImage").
func (p *api) deleteImages(on identity.ImageRepository, in input) (any, *failure) {
	store, err := p.store(on.Registry)
	if err != nil {
		return nil, &failure{http.StatusInternalServerError, "ServerException", err.Error()}
	}
	for _, id := range in.ImageIDs {
		if err := store.remove(on.Name, id.ImageTag, id.ImageDigest); err != nil {
			return nil, &failure{http.StatusBadRequest, "ImageNotFoundException", fmt.Sprint(err)}
		}
	}
	return map[string]any{"imageIds": in.ImageIDs, "failures": []string{}}, nil
}

func answer(w http.ResponseWriter, status int, result any) {
	text, err := json.Marshal(result)
	if err != nil {
		panic(err) // structs and maps of strings always encode
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.Header().Set("X-Amzn-Requestid", uuid.NewString())
	w.WriteHeader(status)
	_, _ = w.Write(text) // a client that is gone needs no answer
}
