package agent

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"keyless-runners/rehearsal/eksauth"
)

// assume asks EKS Auth for a session, as the node. What EKS Auth refuses has its own status.
func (a *Agent) assume(ctx context.Context, token string) (eksauth.Result, *refusal) {
	var granted eksauth.Result
	request, err := a.request(ctx, token)
	if err != nil {
		return granted, failed(err)
	}
	response, err := (&http.Client{Transport: a.Network}).Do(request)
	if err != nil {
		return granted, failed(err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusOK {
		if err := json.NewDecoder(response.Body).Decode(&granted); err != nil {
			return granted, failed(err)
		}
		return granted, nil
	}
	var said struct{ Message string }
	if err := json.NewDecoder(response.Body).Decode(&said); err != nil {
		return granted, failed(err)
	}
	fault := "client"
	if response.StatusCode >= http.StatusInternalServerError {
		fault = "server"
	}
	return granted, &refusal{response.StatusCode, fmt.Sprintf("[%s]: (%s): %s, fault: %s",
		response.Header.Get("X-Amzn-Requestid"), response.Header.Get("X-Amzn-Errortype"), said.Message, fault)}
}

// request is signed with the node's credentials.
func (a *Agent) request(ctx context.Context, token string) (*http.Request, error) {
	body, err := json.Marshal(map[string]string{"token": token})
	if err != nil {
		return nil, err
	}
	at := "https://" + eksauth.Host(a.Cluster.Region) + "/clusters/" + url.PathEscape(string(a.Cluster.Name)) + "/assume-role-for-pod-identity"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, at, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	node, err := a.Node.Retrieve(ctx)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	return request, v4.NewSigner().SignHTTP(ctx, node, request, hex.EncodeToString(sum[:]), "eks-auth", string(a.Cluster.Region), time.Now())
}

// failed is for what has no status.
func failed(err error) *refusal { return &refusal{http.StatusInternalServerError, err.Error()} }
