package docker

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/go-containerregistry/pkg/crane"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// buildx is "docker buildx build": as build, but the image is pushed, and so is a cache. What
// decides about the image alone, such as its platforms, does not count.
func buildx(args []string, _ io.Reader) error {
	flags := newFlags("buildx")
	file := flags.String("file", "Dockerfile", "")
	reference := flags.String("tag", "", "")
	pushed := flags.Bool("push", false, "")
	from := flags.String("cache-from", "", "")
	to := flags.String("cache-to", "", "")
	for _, ignored := range []string{"platform", "build-arg", "secret"} {
		flags.StringArray(ignored, nil, "")
	}
	rest, err := arguments(flags, args, 2)
	if err != nil {
		return err
	}
	if rest[0] != "build" || !*pushed {
		return fmt.Errorf("docker buildx: %q without --push is not played here", rest[0])
	}
	text, err := os.ReadFile(filepath.Join(rest[1], *file))
	if err != nil {
		return err
	}
	image, err := crane.Image(map[string][]byte{"Dockerfile": text})
	if err != nil {
		return err
	}
	if err := importCache(*from); err != nil {
		return err
	}
	if err := pushTo(*reference, image); err != nil || *to == "" {
		return err
	}
	cache, err := cacheReference(*to)
	if err != nil {
		return err
	}
	return pushTo(cache, image)
}

// importCache reads a cache. One that is not there is no fault: the first build has none.
func importCache(option string) error {
	if option == "" {
		return nil
	}
	text, err := cacheReference(option)
	if err != nil {
		return err
	}
	cache, err := name.ParseReference(text)
	if err != nil {
		return err
	}
	options, err := registry()
	if err != nil {
		return err
	}
	if _, err := remote.Get(cache, options...); err != nil {
		fmt.Fprintln(os.Stderr, "WARNING: failed to import cache:", err)
	}
	return nil
}

// cacheReference is where a cache is, as an option of the type registry says.
func cacheReference(option string) (string, error) {
	for field := range strings.SplitSeq(option, ",") {
		if reference, ok := strings.CutPrefix(field, "ref="); ok && strings.HasPrefix(option, "type=registry,") {
			return reference, nil
		}
	}
	return "", errors.New("a cache that is in no registry is not played here: " + option)
}

func pushTo(reference string, image v1.Image) error {
	to, err := name.NewTag(reference)
	if err != nil {
		return err
	}
	options, err := registry()
	if err != nil {
		return err
	}
	return remote.Write(to, image, options...)
}
