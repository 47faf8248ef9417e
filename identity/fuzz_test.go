package identity_test

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"keyless-runners/identity"
)

// texts are the seeds of every fuzz test that takes one text: each form that
// is accepted somewhere, and the bad inputs that have been seen in the wild.
var texts = []string{
	"", " ", "*", "/", "//", ".", "..", "-", "\x00", "\x7f", "\xff", "a\n---\nb", "a,b", "a..b", "a_b", "MyApp", "../etc", "größe", "K", "ſ", "\u200b", "\ufffd", "a\u0085b", "a\u2028b", "a\u202eb", "a\u00a0b", "🚀",
	"111122223333", "12345678901", "us-east-1", "us-esat-1", "US-EAST-1", "cn-north-1", "aws", "aws-cn", "aws-us-gov", "sts.amazonaws.com",
	"actions-runners", "ecr.pusher", "/ci/eu/", "team-a/web.api/v2_beta", "octo/app", "https://github.com/octo/app.git", "git@github.com:octo/app", "octo/app.GIT", "self-hosted",
	string(issuerUS), string(issuerChina), string(issuerGov), issuerUS.Host(),
	"arn:aws:iam::111122223333:role/pusher", "arn:aws-cn:iam::111122223333:role/ci/eu/pusher", "arn:aws:iam::111122223333:role//pusher",
	"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
	"arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/team/app",
	"111122223333.dkr.ecr.us-east-1.amazonaws.com", "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn", "system:serviceaccount:actions-runners:ecr-pusher",
	strings.Repeat("a", 51), strings.Repeat("a", 64), strings.Repeat("a", 257), "/" + strings.Repeat("a", 510) + "/",
}

func fuzzTexts(f *testing.F, fuzz func(*testing.T, string)) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(fuzz)
}

// everyName is the text as each of the names that are made of one part.
func everyName(text string) []interface{ Check() error } {
	return []interface{ Check() error }{
		identity.AccountID(text), identity.Audience(text), identity.ClusterName(text), identity.Enterprise(text),
		identity.ImageRepositoryName(text), identity.Issuer(text), identity.Namespace(text), identity.Organization(text),
		identity.Partition(text), identity.PolicyName(text), identity.PoolName(text), identity.Region(text),
		identity.RoleName(text), identity.RolePath(text), identity.RunnerDeployment(text), identity.RunnerGroup(text),
		identity.RunnerLabel(text), identity.ServiceAccount(text), identity.SourceRepository(text), identity.StackName(text),
	}
}

// A character that does not print could end a line of YAML or hide in it where
// it is accepted; in an error it could rewrite the terminal that shows it.
func FuzzOnlyWhatPrintsIsAcceptedOrReported(f *testing.F) {
	prints := func(text string) bool {
		return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
	}
	fuzzTexts(f, func(t *testing.T, text string) {
		for _, name := range everyName(text) {
			err := name.Check()
			if err == nil && (text == "" || !prints(text)) {
				t.Errorf("%T %q: got no error, want one", name, text)
			}
			if err != nil && !prints(err.Error()) {
				t.Errorf("%T: got the error %q, want only what prints", name, err)
			}
		}
	})
}

func FuzzParseReadsOnlyWhatIsWritten(f *testing.F) {
	fuzzTexts(f, func(t *testing.T, text string) {
		wantInverse(t, text, identity.ParseRoleARN, identity.RoleARN.String)
		wantInverse(t, text, identity.ParseProviderARN, identity.ProviderARN.String)
		wantInverse(t, text, identity.ParseSubject, identity.Subject.String)
		wantInverse(t, text, identity.ParseRegistry, identity.Registry.String)
		wantInverse(t, text, identity.ParseImageRepositoryARN, identity.ImageRepository.ARN)
	})
}

// wantInverse wants a text to be either refused, or accepted as a value that
// passes its own check and prints as that text.
func wantInverse[T interface {
	comparable
	Check() error
}](t *testing.T, text string, parse func(string) (T, error), print func(T) string) {
	t.Helper()
	var none T
	value, err := parse(text)
	switch {
	case err != nil && value != none:
		t.Errorf("parse %q: got %+v beside an error, want the zero value", text, value)
	case err == nil && print(value) != text:
		t.Errorf("parse %q: it prints as %q", text, print(value))
	case err == nil && value.Check() != nil:
		t.Errorf("parse %q: %v", text, value.Check())
	}
}

// wantParsed wants a value that passed its check to be parsed from what it
// prints.
func wantParsed[T interface {
	comparable
	Check() error
}](t *testing.T, value T, parse func(string) (T, error), print func(T) string) {
	t.Helper()
	if value.Check() != nil {
		return
	}
	if got, err := parse(print(value)); err != nil || got != value {
		t.Errorf("parse %q: got %+v, %v, want %+v", print(value), got, err, value)
	}
}

// webhookRoleARN is what EKS's pod identity webhook reads
// (aws/amazon-eks-pod-identity-webhook, pkg/cache/cache.go).
var webhookRoleARN = regexp.MustCompile(`^arn:aws[a-z0-9-]*:iam::\d{12}:role\/[\w-\/.@+=,]+$`)

func FuzzRoleARNIsReadByTheWebhook(f *testing.F) {
	f.Add("aws", "111122223333", "/", "pusher")
	f.Add("aws-cn", "111122223333", "/ci/eu/", "a+=,.@_-Z9")
	f.Add("aws-us-gov", "000000000000", "/a+=,.@_-/", "-")
	f.Add("aws", "111122223333", "//", "a/b")
	f.Add("aws", "111122223333", "/!/", "a\n")
	f.Fuzz(func(t *testing.T, partition, account, path, name string) {
		arn := identity.RoleARN{
			Partition: identity.Partition(partition), Account: identity.AccountID(account),
			Path: identity.RolePath(path), Name: identity.RoleName(name),
		}
		wantParsed(t, arn, identity.ParseRoleARN, identity.RoleARN.String)
		if arn.Check() == nil && !webhookRoleARN.MatchString(arn.String()) {
			t.Errorf("%q: got accepted, want what the webhook reads", arn)
		}
	})
}

func FuzzProviderARNIsParsedBack(f *testing.F) {
	f.Add("aws", "111122223333", string(issuerUS))
	f.Add("aws-cn", "111122223333", string(issuerChina))
	f.Add("aws-us-gov", "111122223333", issuerGov.Host())
	f.Fuzz(func(t *testing.T, partition, account, issuer string) {
		wantParsed(t, identity.ProviderARN{
			Partition: identity.Partition(partition), Account: identity.AccountID(account), Issuer: identity.Issuer(issuer),
		}, identity.ParseProviderARN, identity.ProviderARN.String)
	})
}

func FuzzSubjectIsParsedBack(f *testing.F) {
	f.Add("actions-runners", "ecr-pusher")
	f.Add("a", "b.c")
	f.Add("a:b", "c:d")
	f.Fuzz(func(t *testing.T, namespace, name string) {
		wantParsed(t, identity.Subject{
			Namespace: identity.Namespace(namespace), ServiceAccount: identity.ServiceAccount(name),
		}, identity.ParseSubject, identity.Subject.String)
	})
}

func FuzzImageRepositoryIsParsedBack(f *testing.F) {
	f.Add("111122223333", "us-east-1", "team/app")
	f.Add("111122223333", "cn-north-1", "app")
	f.Add("12345678901", "us-esat-1", "../etc")
	f.Fuzz(func(t *testing.T, account, region, name string) {
		registry := identity.Registry{Account: identity.AccountID(account), Region: identity.Region(region)}
		repository := identity.ImageRepository{Registry: registry, Name: identity.ImageRepositoryName(name)}
		wantParsed(t, registry, identity.ParseRegistry, identity.Registry.String)
		wantParsed(t, repository, identity.ParseImageRepositoryARN, identity.ImageRepository.ARN)
	})
}

// ecrName is RepositoryName of AWS::ECR::Repository.
var ecrName = regexp.MustCompile(`^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$`)

func FuzzImageRepositoryNameIsECRs(f *testing.F) {
	fuzzTexts(f, func(t *testing.T, text string) {
		got := identity.ImageRepositoryName(text).Check() == nil
		want := len(text) >= 2 && len(text) <= 256 && ecrName.MatchString(text)
		if got != want {
			t.Errorf("%q: got accepted %v, want %v", text, got, want)
		}
	})
}

var (
	dnsLabel     = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?$`)
	dnsSubdomain = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)
)

// The two patterns are those of k8s.io/apimachinery, pkg/util/validation.
func FuzzKubernetesNamesAreThoseOfRFC1123(f *testing.F) {
	fuzzTexts(f, func(t *testing.T, text string) {
		for _, c := range []struct {
			kind    string
			err     error
			pattern *regexp.Regexp
			limit   int
		}{
			{"namespace", identity.Namespace(text).Check(), dnsLabel, 63},
			{"pool name", identity.PoolName(text).Check(), dnsLabel, 63},
			{"RunnerDeployment", identity.RunnerDeployment(text).Check(), dnsLabel, 51},
			{"ServiceAccount", identity.ServiceAccount(text).Check(), dnsSubdomain, 253},
		} {
			if got, want := c.err == nil, len(text) <= c.limit && c.pattern.MatchString(text) && !identity.AmbiguousNumber(text); got != want {
				t.Errorf("%s %q: got accepted %v, want %v", c.kind, text, got, want)
			}
		}
	})
}

// issuerForm is the written form of bad-inputs: region and domain are compared
// with the known ones beside it.
var issuerForm = regexp.MustCompile(`^https://oidc\.eks\.([a-z0-9-]+)\.(amazonaws\.com|amazonaws\.com\.cn)/id/[0-9A-F]{32}$`)

func FuzzIssuerIsOfTheWrittenForm(f *testing.F) {
	fuzzTexts(f, func(t *testing.T, text string) {
		issuer := identity.Issuer(text)
		if issuer.Check() != nil {
			if issuer.Region() != "" {
				t.Errorf("%q: got region %q, want none", text, issuer.Region())
			}
			return
		}
		parts := issuerForm.FindStringSubmatch(text)
		if parts == nil || parts[1] != string(issuer.Region()) || parts[2] != issuer.Region().Partition().DNSSuffix() {
			t.Errorf("%q: got accepted, want %v", text, issuerForm)
		}
		if !slices.Contains(identity.Regions(), issuer.Region()) || "https://"+issuer.Host() != text {
			t.Errorf("%q: got region %q and host %q", text, issuer.Region(), issuer.Host())
		}
	})
}

func FuzzWhatIsSuggestedIsAccepted(f *testing.F) {
	f.Add("https://111122223333.dkr.ecr.us-east-1.amazonaws.com/a:b@c")
	f.Add("arn:aws:cloudformation:us-east-1:111122223333:stack/a/b")
	f.Add("arn:aws:iam::111122223333:policy/a/b")
	f.Add("system:serviceaccount:a:b")
	f.Add("https://github.com/orgs/a/b")
	f.Add("https://github.com/enterprises/a")
	fuzzTexts(f, func(t *testing.T, text string) {
		for _, name := range everyName(text) {
			wantGoodName(t, name)
		}
		wantGoodSuggestion[identity.ImageRepositoryName](t, text, `; for example "`, `"`)
		wantGoodSuggestion[identity.SourceRepository](t, text, `; did you mean "`, `"?`)
		wantGoodSuggestion[identity.Region](t, text, `; did you mean "`, `"?`)
	})
}

// wantGoodName wants the name that an error takes out of a text to be one of its kind.
func wantGoodName(t *testing.T, whole interface{ Check() error }) {
	t.Helper()
	_, rest, found := strings.Cut(errorText(whole.Check()), `": want the name alone, `)
	quoted, err := strconv.QuotedPrefix(rest)
	if !found || err != nil {
		return
	}
	alone, err := strconv.Unquote(quoted)
	value := reflect.New(reflect.TypeOf(whole)).Elem()
	value.SetString(alone)
	if name := value.Interface().(interface{ Check() error }); err != nil || name.Check() != nil {
		t.Errorf("got %v, want a name that is accepted", whole.Check())
	}
}

func wantGoodSuggestion[T interface {
	~string
	Check() error
}](t *testing.T, text, before, after string) {
	t.Helper()
	message := errorText(T(text).Check())
	start := strings.LastIndex(message, before)
	if start < 0 || !strings.HasSuffix(message, after) {
		return
	}
	suggested := strings.TrimSuffix(message[start+len(before):], after)
	if plain, err := strconv.Unquote(`"` + suggested + `"`); err != nil || T(plain).Check() != nil {
		t.Errorf("got %s, want a suggestion that is accepted", message)
	}
}
