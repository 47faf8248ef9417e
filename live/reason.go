package live

import (
	"errors"
	"strings"

	"github.com/aws/smithy-go"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// denials are the codes by which services of AWS say that a permission is missing.
var denials = map[string]bool{"AccessDenied": true, "AccessDeniedException": true, "UnauthorizedOperation": true, "AuthorizationError": true}

// reason returns why a call failed, in one line, without the id of the request, and
// whether a permission is missing.
func reason(err error) (why string, denied bool) {
	var api smithy.APIError
	if errors.As(err, &api) {
		return oneLine(api.ErrorCode() + ": " + api.ErrorMessage()), denials[api.ErrorCode()]
	}
	return oneLine(err.Error()), apierrors.IsForbidden(err)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
