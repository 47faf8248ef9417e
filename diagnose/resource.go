package diagnose

import "strings"

// resource is the ARN that a request is about, or "*".
type resource string

// ecr are the parts of the ARN of an image repository, nil of others.
func (r resource) ecr() []string {
	parts := strings.SplitN(string(r), ":", 6)
	if len(parts) != 6 || parts[2] != "ecr" || !strings.HasPrefix(parts[5], "repository/") {
		return nil
	}
	return parts
}

func (r resource) ImageRepository() string {
	if parts := r.ecr(); parts != nil {
		return strings.TrimPrefix(parts[5], "repository/")
	}
	return ""
}

func (r resource) Registry() string {
	if parts := r.ecr(); parts != nil {
		return parts[4]
	}
	return ""
}

func (r resource) region() string {
	if parts := r.ecr(); parts != nil {
		return parts[3]
	}
	return ""
}
