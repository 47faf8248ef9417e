package sts

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/google/uuid"

	"keyless-runners/rehearsal/session"
)

const (
	apiVersion = "2011-06-15"
	namespace  = "https://sts.amazonaws.com/doc/" + apiVersion + "/"
)

// failure is a refusal as the API gives it.
type failure struct {
	status        int
	code, message string
}

func invalid(code, format string, args ...any) *failure {
	return &failure{http.StatusBadRequest, code, fmt.Sprintf(format, args...)}
}

func denied(format string, args ...any) *failure {
	return &failure{http.StatusForbidden, "AccessDenied", fmt.Sprintf(format, args...)}
}

// ofSignature are the codes of the query protocol (STS API reference, "Common
// errors").
var ofSignature = map[session.Reason]string{
	session.Unsigned: "MissingAuthenticationToken",
	session.Unknown:  "InvalidClientTokenId",
	session.Expired:  "ExpiredToken",
	session.Mismatch: "SignatureDoesNotMatch",
}

// credentials are temporary credentials as the API shows them.
type credentials struct {
	AccessKeyId     string
	SecretAccessKey string
	SessionToken    string
	Expiration      string
}

func newCredentials(c aws.Credentials) credentials {
	return credentials{c.AccessKeyID, c.SecretAccessKey, c.SessionToken, c.Expires.UTC().Format(time.RFC3339)}
}

// assumedRoleUser is a session as the API shows it.
type assumedRoleUser struct {
	Arn           string
	AssumedRoleId string
}

// writeResult writes an answer in the envelope that the action has.
func writeResult(w http.ResponseWriter, action string, answer any) {
	type metadata struct {
		RequestId string
	}
	id := uuid.NewString()
	write(w, id, http.StatusOK, struct {
		XMLName          xml.Name
		Result           any
		ResponseMetadata metadata
	}{
		XMLName:          xml.Name{Space: namespace, Local: action + "Response"},
		Result:           answer,
		ResponseMetadata: metadata{id},
	})
}

func writeError(w http.ResponseWriter, f *failure) {
	kind := "Sender"
	if f.status >= http.StatusInternalServerError {
		kind = "Receiver"
	}
	type detail struct {
		Type    string
		Code    string
		Message string
	}
	id := uuid.NewString()
	write(w, id, f.status, struct {
		XMLName   xml.Name
		Error     detail
		RequestId string
	}{xml.Name{Space: namespace, Local: "ErrorResponse"}, detail{kind, f.code, f.message}, id})
}

func write(w http.ResponseWriter, id string, status int, answer any) {
	text, err := xml.Marshal(answer)
	if err != nil {
		panic(err) // structs of strings always encode
	}
	w.Header().Set("Content-Type", "text/xml")
	w.Header().Set("X-Amzn-Requestid", id)
	w.WriteHeader(status)
	_, _ = w.Write(text) // a client that is gone needs no answer
}
