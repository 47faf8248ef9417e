package secrets

import (
	"regexp"
	"slices"
	"strings"
)

// Descriptions of secrets in findings.
const (
	accessKeyID = "an AWS access key id"
	secretKey   = "an AWS secret access key"
	token       = "a GitHub token"
	privateKey  = "a private key"
	// RegistryPassword describes a login to an Amazon ECR registry. In returns it for a text
	// that holds a whole Docker configuration.
	RegistryPassword = "a password for an Amazon ECR registry"
)

// kind is a kind of secret that its form alone identifies.
type kind struct {
	what string
	// sign is a part of every match, which is cheaper to search for than form.
	sign string
	form *regexp.Regexp
}

// The forms of AWS are in the IAM user guide, "IAM identifiers";
// those of GitHub in "About authentication to GitHub", "GitHub's token formats". A private
// key is text in base64 behind its first line and, in RFC 1421's form, behind its headers;
// a placeholder is not.
var kinds = []kind{
	{accessKeyID, "AKIA", regexp.MustCompile(`\bAKIA[A-Z0-9]{16}\b`)},
	{accessKeyID, "ASIA", regexp.MustCompile(`\bASIA[A-Z0-9]{16}\b`)},
	{token, "gh", regexp.MustCompile(`\bgh[oprsu]_[A-Za-z0-9]{36,}`)},
	{token, "github_pat_", regexp.MustCompile(`\bgithub_pat_[A-Za-z0-9_]{22,}`)},
	{privateKey, "PRIVATE KEY-----", regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\s|\\[rn]|[A-Za-z-]+: [^\n\\]*)*[A-Za-z0-9+/=]{20}`)},
	{RegistryPassword, ".dkr.ecr", regexp.MustCompile(`\.dkr\.ecr[^"]*"\s*:\s*\{[^{}]*"(?:auth|password)"\s*:\s*"[A-Za-z0-9+/=]{20,}"`)},
}

func (k kind) in(text string) bool {
	return slices.ContainsFunc(k.form.FindAllString(text, -1), func(found string) bool { return !isPlaceholder(found) })
}

// isPlaceholder reports whether a value of a key's form is an example: those of AWS'
// documentation end in EXAMPLE, others repeat a letter.
func isPlaceholder(value string) bool {
	end := value[len(value)-min(len(value), 12):]
	return strings.HasSuffix(value, "EXAMPLE") || strings.HasSuffix(value, "EXAMPLEKEY") || end == strings.Repeat(end[:1], len(end))
}

// In returns a description, such as "a GitHub token", of each kind of secret in the text;
// nil if there is none. The name is that of the member or variable that holds the text, "" if
// it has none: only a name distinguishes a secret access key from other text.
func In(name, text string) []string {
	var found []string
	for _, k := range kinds {
		if strings.Contains(text, k.sign) && k.in(text) {
			found = append(found, k.what)
		}
	}
	if isSecretKey(name, text) || hasSecretKey(text) {
		found = append(found, secretKey)
	}
	return slices.Compact(found) // kinds with one description are adjacent
}

var (
	// beside matches a secret access key after its name, as in scripts and settings.
	beside = regexp.MustCompile(`(?i:secret[A-Za-z_-]{0,20}key)["']?(?:\s*[=:]\s*|\s+)["']?([A-Za-z0-9/+=]{40})(?:[^A-Za-z0-9/+=]|$)`)
	whole  = regexp.MustCompile(`^[A-Za-z0-9/+=]{40}$`)
)

func isSecretKey(name, text string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "secret") && strings.Contains(name, "key") && looksRandom(strings.TrimSpace(text))
}

func hasSecretKey(text string) bool {
	if !strings.Contains(text, "ecret") && !strings.Contains(text, "ECRET") {
		return false
	}
	return slices.ContainsFunc(beside.FindAllStringSubmatch(text, -1), func(found []string) bool { return looksRandom(found[1]) })
}

// looksRandom reports whether the text has the form of a secret access key, with letters of
// both cases and digits, and is not a placeholder.
func looksRandom(text string) bool {
	return whole.MatchString(text) && strings.ContainsAny(text, "0123456789") &&
		strings.ToLower(text) != text && strings.ToUpper(text) != text && !isPlaceholder(text)
}
