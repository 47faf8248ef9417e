package docker

import (
	"errors"
	"fmt"
	"os"

	"github.com/google/go-containerregistry/pkg/crane"
)

// KoName is ko's name in scripts. It builds an image without Docker and pushes it with
// Docker's logins.
const KoName = "ko"

// Ko plays "ko build --bare --tags TAG PACKAGE". It returns the exit status.
func Ko(args []string) int {
	if err := ko(args); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func ko(args []string) error {
	flags := newFlags(KoName)
	flags.Bool("bare", false, "")
	tag := flags.String("tags", "latest", "")
	rest, err := arguments(flags, args, 2)
	if err != nil {
		return err
	}
	repository := os.Getenv("KO_DOCKER_REPO")
	if rest[0] != "build" || repository == "" {
		return errors.New("ko: want build, and KO_DOCKER_REPO")
	}
	image, err := crane.Image(map[string][]byte{"ko-app": []byte(rest[1])})
	if err != nil {
		return err
	}
	return pushTo(repository+":"+*tag, image)
}
