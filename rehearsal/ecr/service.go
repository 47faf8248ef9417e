// Package ecr is the door of Amazon ECR: its API, and the registries that Docker talks
// to. Behind it is a real registry; before that, each request is taken for the ECR
// action that it stands for and allowed or refused by the policies that are deployed.
package ecr

import (
	"sync"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/verdict"
)

// Service is ECR in every region and account.
type Service struct {
	State    *deployed.State
	Sessions *session.Store
	Ledger   *ledger.Ledger
	// Folder is where images are kept.
	Folder string
	// Trouble is what is wrong with the registries. Zero: nothing.
	Trouble Trouble

	mu        sync.Mutex
	passwords map[string]password
	stores    map[identity.Registry]*store
}

// Host is the name of the API's endpoint in a region.
func Host(region identity.Region) string {
	return "api.ecr." + string(region) + "." + region.Partition().DNSSuffix()
}

// attempt is one action that a principal tries.
type attempt struct {
	who    session.Session
	action string
	// resource is the ARN, "*" if the action knows none.
	resource string
	region   identity.Region
	account  identity.AccountID
	agent    string
}

// decide asks the policies about an attempt, and writes it down.
func (s *Service) decide(a attempt) verdict.Verdict {
	context := a.who.Context()
	context["aws:SecureTransport"] = []string{"true"}
	context["aws:RequestedRegion"] = []string{string(a.region)}
	context["aws:ResourceAccount"] = []string{string(a.account)}
	if a.agent != "" {
		context["aws:UserAgent"] = []string{a.agent}
	}
	request := policy.Request{Principal: a.who.Principal(), Action: "ecr:" + a.action, Resource: a.resource, Context: context}
	repository := s.State.Account(a.account).ImageRepository(a.resource)
	v := verdict.OfSession(request, a.who, s.State.Account(a.who.Role.Account), repository)
	s.Ledger.Add(ledger.Entry{Who: a.who.ARN().String(), Action: request.Action, Resource: a.resource, Verdict: v})
	return v
}

// refusal is IAM's sentence about an attempt (IAM user guide, "Troubleshoot access
// denied error messages").
func (a attempt) refusal(v verdict.Verdict) string {
	action := "ecr:" + a.action
	return "User: " + a.who.ARN().String() + " is not authorized to perform: " + action + " on resource: " + a.resource + " " + v.Because(action)
}
