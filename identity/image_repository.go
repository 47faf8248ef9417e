package identity

import (
	"fmt"
	"regexp"
	"strings"
)

// ImageRepositoryName is the name of an image repository in ECR: 2 to 256
// characters, lower-case words joined by ".", "_" or "-", in parts joined by
// "/".
type ImageRepositoryName string

// imageRepositoryName is ECR's own pattern (AWS::ECR::Repository,
// RepositoryName).
var imageRepositoryName = regexp.MustCompile(`^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$`)

const (
	imageRepositoryAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789._-/"
	imageRepositoryAllowed  = "lower-case letters, digits and single . _ - / between them"
)

// Check reports a name that ECR would refuse, with a name that it would take
// where one is near.
func (n ImageRepositoryName) Check() error {
	err := n.check()
	if err == nil {
		return nil
	}
	if err := firstError(n.CheckNoURI(), unwrapARN(string(n), "repository").report(imageRepositoryKind, checkImageRepositoryName)); err != nil {
		return err
	}
	if near := n.nearest(); near.check() == nil {
		return fmt.Errorf("%w; for example %q", err, near)
	}
	return err
}

// CheckNoURI reports the URI of an image repository or image in the place of the name.
// ECR itself accepts a URI without a scheme, a tag and a digest as a name, and then
// the image is pushed to HOST/HOST/NAME.
func (n ImageRepositoryName) CheckNoURI() error {
	parts := imageURI.FindStringSubmatch(string(n))
	if parts == nil {
		return nil
	}
	return wrapped{parts[1], parts[2], parts[3]}.report(imageRepositoryKind, checkImageRepositoryName)
}

// imageURI is [SCHEME://]HOST/NAME[:TAG][@DIGEST] in a private registry of ECR.
var imageURI = regexp.MustCompile(`^((?:[A-Za-z]+://)?[0-9]*\.dkr[.-]ecr[^/]*/)([^:@]*)([:@].*)?$`)

const imageRepositoryKind = "image repository name"

func checkImageRepositoryName(name string) error {
	return ImageRepositoryName(name).check()
}

func (n ImageRepositoryName) check() error {
	const kind = imageRepositoryKind
	if err := firstError(
		checkLength(kind, string(n), 256),
		checkAlphabet(kind, string(n), imageRepositoryAlphabet, imageRepositoryAllowed),
	); err != nil {
		return err
	}
	if len(n) == 1 {
		return fmt.Errorf("%s %q: want at least 2 characters", kind, n)
	}
	if !imageRepositoryName.MatchString(string(n)) {
		return fmt.Errorf("%s %q: two of . _ - / stand together, or one stands at an end; want %s", kind, n, imageRepositoryAllowed)
	}
	return nil
}

// nearest is the name in lower case, with every run of characters that cannot
// stand there made one hyphen, and none of them at an end of a part.
func (n ImageRepositoryName) nearest() ImageRepositoryName {
	var parts []string
	for part := range strings.SplitSeq(strings.ToLower(string(n)), "/") {
		part = strings.Trim(misplaced.ReplaceAllString(part, "-"), "._-")
		if part != "" {
			parts = append(parts, part)
		}
	}
	return ImageRepositoryName(strings.Join(parts, "/"))
}

// misplaced are runs in which a character is not allowed or not alone.
var misplaced = regexp.MustCompile(`[^a-z0-9]{2,}|[^a-z0-9._]`)

// ImageRepository is one image repository of a registry.
type ImageRepository struct {
	Registry Registry
	Name     ImageRepositoryName
}

// String returns the name for "docker push", without a tag: the registry's host
// name, "/" and the image repository's name.
func (r ImageRepository) String() string {
	return r.Registry.String() + "/" + string(r.Name)
}

// ARN is "arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME".
func (r ImageRepository) ARN() string {
	region := r.Registry.Region
	return "arn:" + string(region.Partition()) + ":ecr:" + string(region) + ":" + string(r.Registry.Account) + ":repository/" + string(r.Name)
}

// Check reports the first part that is wrong.
func (r ImageRepository) Check() error {
	return firstError(r.Registry.Check(), r.Name.Check())
}

// ParseImageRepositoryARN reads what ARN writes. It returns an error for any
// other text.
func ParseImageRepositoryARN(text string) (ImageRepository, error) {
	parts := strings.Split(text, ":")
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "ecr" || !strings.HasPrefix(parts[5], "repository/") {
		return ImageRepository{}, fmt.Errorf("image repository ARN %q: want arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME", text)
	}
	repository := ImageRepository{
		Registry: Registry{Account: AccountID(parts[4]), Region: Region(parts[3])},
		Name:     ImageRepositoryName(strings.TrimPrefix(parts[5], "repository/")),
	}
	if err := repository.Check(); err != nil {
		return ImageRepository{}, fmt.Errorf("image repository ARN %q: %w", text, err)
	}
	if want := repository.Registry.Region.Partition(); parts[1] != string(want) {
		return ImageRepository{}, fmt.Errorf("image repository ARN %q: region %q is in partition %q, got %q", text, repository.Registry.Region, want, parts[1])
	}
	return repository, nil
}
