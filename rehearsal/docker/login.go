package docker

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/go-containerregistry/pkg/authn"
)

// login is "docker login --username USER --password-stdin HOST".
func login(args []string, stdin io.Reader) error {
	flags := newFlags("login")
	user := flags.StringP("username", "u", "", "")
	flags.Bool("password-stdin", true, "")
	rest, err := arguments(flags, args, 1)
	if err != nil {
		return err
	}
	password, err := io.ReadAll(stdin)
	if err != nil {
		return err
	}
	return Login(rest[0], *user, strings.TrimSpace(string(password)))
}

// logins are the credentials of a job, by registry, in the file below its home where
// docker keeps them, too.
type logins struct {
	Auths map[string]authn.AuthConfig `json:"auths"`
}

// Login keeps credentials for a registry, in place of earlier ones.
func Login(registry, user, password string) error {
	kept, file, err := readLogins()
	if err != nil {
		return err
	}
	kept.Auths[registry] = authn.AuthConfig{Username: user, Password: password}
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

func readLogins() (logins, string, error) {
	kept := logins{Auths: map[string]authn.AuthConfig{}}
	home, err := os.UserHomeDir()
	if err != nil {
		return kept, "", err
	}
	file := filepath.Join(home, ".docker", "config.json")
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return kept, file, nil
	}
	if err != nil {
		return kept, file, err
	}
	return kept, file, json.Unmarshal(text, &kept)
}

// Resolve makes logins the keychain of a client.
func (l logins) Resolve(resource authn.Resource) (authn.Authenticator, error) {
	kept, ok := l.Auths[resource.RegistryStr()]
	if !ok {
		return authn.Anonymous, nil
	}
	return authn.FromConfig(kept), nil
}
