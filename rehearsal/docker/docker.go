// Package docker plays the docker command line for the scripts of a workflow: it
// builds an image of a folder, and tags, pushes and looks for images, with the
// credentials of a login. There is no daemon; images lie in files below the home of
// the job.
package docker

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/spf13/pflag"

	"keyless-runners/rehearsal/network"
)

// Name is the program's name in scripts.
const Name = "docker"

// NetworkVariable names the environment variable that holds the file of the
// network.Peer that registries are reached through.
const NetworkVariable = "REHEARSAL_NETWORK"

// commands are the commands that scripts may call, by their words.
var commands = map[string]func(args []string, stdin io.Reader) error{
	"build":    build,
	"buildx":   buildx,
	"login":    login,
	"manifest": manifest,
	"push":     push,
	"tag":      tag,
}

// Main runs one command. It returns the exit status: 125 for what docker itself
// refuses, 1 for what failed.
func Main(args []string) int {
	if len(args) == 0 || commands[args[0]] == nil {
		fmt.Fprintf(os.Stderr, "docker: %q is not played here\n", args)
		return 125
	}
	if err := commands[args[0]](args[1:], os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// arguments parses flags and checks how many arguments are left.
func arguments(flags *pflag.FlagSet, args []string, want int) ([]string, error) {
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if flags.NArg() != want {
		return nil, fmt.Errorf("docker %s: %d arguments, want %d", flags.Name(), flags.NArg(), want)
	}
	return flags.Args(), nil
}

func newFlags(command string) *pflag.FlagSet {
	return pflag.NewFlagSet(command, pflag.ContinueOnError)
}

// manifest is "docker manifest inspect IMAGE": is the image there?
func manifest(args []string, _ io.Reader) error {
	rest, err := arguments(newFlags("manifest"), args, 2)
	if err != nil {
		return err
	}
	if rest[0] != "inspect" {
		return fmt.Errorf("docker manifest: %q is not played here", rest[0])
	}
	image, err := name.ParseReference(rest[1])
	if err != nil {
		return err
	}
	options, err := registry()
	if err != nil {
		return err
	}
	_, err = remote.Get(image, options...)
	return err
}

func push(args []string, _ io.Reader) error {
	rest, err := arguments(newFlags("push"), args, 1)
	if err != nil {
		return err
	}
	image, err := load(rest[0])
	if err != nil {
		return err
	}
	return pushTo(rest[0], image)
}

// registry is how registries are reached: through the network, as the user that logged in.
func registry() ([]remote.Option, error) {
	transport, err := Transport()
	if err != nil {
		return nil, err
	}
	kept, _, err := readLogins()
	return []remote.Option{remote.WithTransport(transport), remote.WithAuthFromKeychain(kept)}, err
}

// Transport connects to the network that NetworkVariable names, and to nothing else.
func Transport() (*http.Transport, error) {
	file := os.Getenv(NetworkVariable)
	if file == "" {
		return nil, errors.New(NetworkVariable + " is not set")
	}
	peer, err := network.ReadPeer(file)
	if err != nil {
		return nil, err
	}
	return peer.Transport()
}
