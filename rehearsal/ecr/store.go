package ecr

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"github.com/distribution/distribution/v3"
	"github.com/distribution/distribution/v3/configuration"
	"github.com/distribution/distribution/v3/registry/handlers"
	"github.com/distribution/distribution/v3/registry/storage"
	"github.com/distribution/distribution/v3/registry/storage/driver/filesystem"
	"github.com/distribution/reference"
	"github.com/opencontainers/go-digest"
	"github.com/sirupsen/logrus"

	"keyless-runners/identity"
)

// store is the real registry behind one host.
type store struct {
	http.Handler
	images distribution.Namespace
	// writing is held while a tag is looked at and then moved.
	writing sync.Mutex
}

// store is the registry's; it is made when it is first asked for.
func (s *Service) store(registry identity.Registry) (*store, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.stores[registry]; found != nil {
		return found, nil
	}
	made, err := newStore(filepath.Join(s.Folder, registry.String()))
	if err != nil {
		return nil, err
	}
	if s.stores == nil {
		s.stores = map[identity.Registry]*store{}
	}
	s.stores[registry] = made
	return made, nil
}

// Empty removes every image of every registry.
func (s *Service) Empty() error { return os.RemoveAll(s.Folder) }

func newStore(folder string) (*store, error) {
	logrus.SetOutput(io.Discard) // the registry's own log has no other switch
	parameters := configuration.Parameters{"rootdirectory": folder}
	driver, err := filesystem.FromParameters(parameters)
	if err != nil {
		return nil, err
	}
	images, err := storage.NewRegistry(context.Background(), driver, storage.EnableDelete)
	if err != nil {
		return nil, err
	}
	return &store{Handler: handlers.NewApp(context.Background(), &configuration.Configuration{
		Storage: configuration.Storage{
			"filesystem": parameters,
			// Uploads that were given up end with the folder.
			"maintenance": {"uploadpurging": map[any]any{"enabled": false}},
		},
	}), images: images}, nil
}

func (s *store) repository(name identity.ImageRepositoryName) (distribution.Repository, error) {
	named, err := reference.WithName(string(name))
	if err != nil {
		return nil, err
	}
	return s.images.Repository(context.Background(), named)
}

// hasTag reports whether the image repository has the tag.
func (s *store) hasTag(name identity.ImageRepositoryName, tag string) bool {
	repository, err := s.repository(name)
	if err != nil {
		return false
	}
	_, err = repository.Tags(context.Background()).Get(context.Background(), tag)
	return err == nil
}

// remove deletes an image, given by its tag or digest.
func (s *store) remove(name identity.ImageRepositoryName, tag, hash string) error {
	ctx := context.Background()
	repository, err := s.repository(name)
	if err != nil {
		return err
	}
	if hash == "" {
		return repository.Tags(ctx).Untag(ctx, tag)
	}
	manifests, err := repository.Manifests(ctx)
	if err != nil {
		return err
	}
	return manifests.Delete(ctx, digest.Digest(hash))
}
