// Package moto runs moto's server (https://docs.getmoto.org): an AWS account that
// exists on this machine alone, for the tools that deploy to one. A plugin teaches
// its CloudFormation what it leaves out of IAM's and ECR's resources; plugin/ says
// what and why.
//
// moto is no evidence for permissions. It takes every call of every caller, looks
// at no resource and no condition, and takes any token for a role. What may be done
// is decided elsewhere, by what was deployed.
package moto

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/process"
)

// Options says what to start.
type Options struct {
	// Python is the interpreter that Install returned.
	Python string
	// Folder is the absolute path of an existing one that the server may fill.
	Folder string
	// Account is the id of the account.
	Account identity.AccountID
}

// Server is one account.
type Server struct {
	// Endpoint is the URL of all of its services, as AWS_ENDPOINT_URL takes it. Its
	// host is "localhost": moto's CloudFormation does not know its own templates
	// under 127.0.0.1.
	Endpoint string
	Account  identity.AccountID
	process  *process.Process
}

// Start starts a server on a free port and returns once it answers. The account is
// empty.
func Start(ctx context.Context, o Options) (*Server, error) {
	if err := o.Account.Check(); err != nil {
		return nil, err
	}
	if err := writePlugin(o.Folder); err != nil {
		return nil, err
	}
	port := filepath.Join(o.Folder, "port")
	if err := os.RemoveAll(port); err != nil {
		return nil, err
	}
	s := &Server{Account: o.Account}
	var err error
	s.process, err = process.Start(ctx, process.Command{
		Name:  fmt.Sprintf("moto of account %s", o.Account),
		Path:  o.Python,
		Args:  []string{"-W", "ignore", "-m", "plugin", port},
		Env:   o.environment(),
		Dir:   o.Folder,
		Log:   filepath.Join(o.Folder, "moto.log"),
		Ready: func(ctx context.Context) error { return s.ready(ctx, port) },
	})
	return s, err
}

// environment has moto do without what no stack of ours asks for, and with the
// policies of AWS, which roles may have.
func (o Options) environment() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + o.Folder,
		"PYTHONDONTWRITEBYTECODE=1",
		"MOTO_ACCOUNT_ID=" + string(o.Account),
		"MOTO_EC2_LOAD_DEFAULT_AMIS=false",
		"MOTO_IAM_LOAD_MANAGED_POLICIES=true",
	}
}

// ready is asked until the server has written its port and answers there.
func (s *Server) ready(ctx context.Context, port string) error {
	text, err := os.ReadFile(port)
	if err != nil {
		return err
	}
	s.Endpoint = "http://localhost:" + strings.TrimSpace(string(text))
	return s.call(ctx, http.MethodGet, "/moto-api/config")
}

// Reset empties the account.
func (s *Server) Reset(ctx context.Context) error {
	return s.call(ctx, http.MethodPost, "/moto-api/reset")
}

func (s *Server) call(ctx context.Context, method, path string) error {
	request, err := http.NewRequestWithContext(ctx, method, s.Endpoint+path, nil)
	if err != nil {
		return err
	}
	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: %s", method, request.URL, response.Status)
	}
	return nil
}

// Stop ends the server.
func (s *Server) Stop() { s.process.Stop() }
