package docker

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"github.com/google/go-containerregistry/pkg/crane"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// build makes an image of one layer that holds the Dockerfile: what is in an image
// does not matter to who may push it.
func build(args []string, _ io.Reader) error {
	flags := newFlags("build")
	file := flags.String("file", "Dockerfile", "")
	reference := flags.String("tag", "", "")
	rest, err := arguments(flags, args, 1)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(rest[0], *file))
	if err != nil {
		return err
	}
	image, err := crane.Image(map[string][]byte{"Dockerfile": text})
	if err != nil {
		return err
	}
	return save(*reference, image)
}

func tag(args []string, _ io.Reader) error {
	rest, err := arguments(newFlags("tag"), args, 2)
	if err != nil {
		return err
	}
	image, err := load(rest[0])
	if err != nil {
		return err
	}
	return save(rest[1], image)
}

func save(reference string, image v1.Image) error {
	parsed, file, err := place(reference)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return tarball.WriteToFile(file, parsed, image)
}

func load(reference string) (v1.Image, error) {
	_, file, err := place(reference)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(file); err != nil {
		return nil, fmt.Errorf("no image %q", reference)
	}
	return tarball.ImageFromPath(file, nil)
}

// place is the file of an image that is here.
func place(reference string) (name.Reference, string, error) {
	parsed, err := name.ParseReference(reference)
	if err != nil {
		return nil, "", err
	}
	home, err := os.UserHomeDir()
	return parsed, filepath.Join(home, "images", url.QueryEscape(parsed.Name())+".tar"), err
}
