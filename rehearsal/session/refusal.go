package session

import "fmt"

// Reason says why a signature is not accepted.
type Reason string

const (
	// Unsigned is a request without a signature, or with one in another form.
	Unsigned Reason = "no signature"
	// Unknown is a key or session token that was never issued.
	Unknown Reason = "unknown key"
	Expired Reason = "session expired"
	// Mismatch is a signature of something else: another secret, request, time,
	// region or service.
	Mismatch Reason = "signature does not match"
)

// Refusal is the error for a request without valid credentials.
type Refusal struct {
	Reason Reason
	// Message is AWS's message.
	Message string
}

func (r *Refusal) Error() string { return r.Message }

func refuse(reason Reason, format string, args ...any) *Refusal {
	return &Refusal{reason, fmt.Sprintf(format, args...)}
}
