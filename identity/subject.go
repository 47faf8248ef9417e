package identity

import (
	"fmt"
	"strings"
)

// Subject is who a ServiceAccount token speaks for: the token's "sub" claim and
// the value of the trust policy's condition.
type Subject struct {
	Namespace      Namespace
	ServiceAccount ServiceAccount
}

const subjectPrefix = "system:serviceaccount:"

// String is "system:serviceaccount:NAMESPACE:NAME".
func (s Subject) String() string {
	return subjectPrefix + string(s.Namespace) + ":" + string(s.ServiceAccount)
}

// Check reports the first part that is wrong.
func (s Subject) Check() error {
	return firstError(s.Namespace.Check(), s.ServiceAccount.Check())
}

// ParseSubject reads what String writes. It returns an error for any other text.
func ParseSubject(text string) (Subject, error) {
	rest, ok := strings.CutPrefix(text, subjectPrefix)
	namespace, name, both := strings.Cut(rest, ":")
	if !ok || !both {
		return Subject{}, fmt.Errorf("subject %q: want %sNAMESPACE:NAME", text, subjectPrefix)
	}
	subject := Subject{Namespace(namespace), ServiceAccount(name)}
	if err := subject.Check(); err != nil {
		return Subject{}, fmt.Errorf("subject %q: %w", text, err)
	}
	return subject, nil
}
