package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// options make a client that tries again, with shorter pauses than usual.
func (j *job) options(ctx context.Context, image name.Reference) []remote.Option {
	login := j.logins[image.Context().RegistryStr()]
	if login == nil {
		login = authn.Anonymous
	}
	return []remote.Option{
		remote.WithContext(ctx),
		remote.WithAuth(login),
		remote.WithTransport(j.sent),
		remote.WithRetryBackoff(remote.Backoff{Duration: 100 * time.Millisecond, Factor: 2, Jitter: 0.1, Steps: 5}),
	}
}

// content is pushed: an image, an index or a cache.
type content interface {
	remote.Taggable
	Digest() (v1.Hash, error)
}

func newContent(step Step) (content, error) {
	switch step.Do {
	case PushIndex:
		return newIndex(step.Layers)
	case ExportCache:
		return newCache(step.Layers)
	}
	return newImage("amd64", step.Layers)
}

func (j *job) push(ctx context.Context, step Step, outcome *Outcome) error {
	ref, err := name.ParseReference(step.Image)
	if err != nil {
		return err
	}
	content, err := newContent(step)
	if err != nil {
		return err
	}
	pusher, err := remote.NewPusher(j.options(ctx, ref)...)
	if err != nil {
		return err
	}
	if err := pusher.Push(ctx, ref, content); err != nil {
		return j.detailed(ctx, err, step.Image)
	}
	digest, err := content.Digest()
	outcome.Digest = digest.String()
	return err
}

func (j *job) pull(ctx context.Context, step Step, outcome *Outcome) error {
	ref, err := name.ParseReference(step.Image)
	if err != nil {
		return err
	}
	found, err := remote.Get(ref, j.options(ctx, ref)...)
	if err != nil {
		return err
	}
	outcome.Digest = found.Digest.String()
	if !found.MediaType.IsIndex() {
		image, err := found.Image()
		if err != nil {
			return err
		}
		return read(image)
	}
	index, err := found.ImageIndex()
	if err != nil {
		return err
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		return err
	}
	for _, one := range manifest.Manifests {
		image, err := index.Image(one.Digest)
		if err != nil {
			return err
		}
		if err := read(image); err != nil {
			return err
		}
	}
	return nil
}

// read reads an image's config and layers to their ends, where their digests are
// compared.
func read(image v1.Image) error {
	if _, err := image.RawConfigFile(); err != nil {
		return err
	}
	layers, err := image.Layers()
	if err != nil {
		return err
	}
	for _, layer := range layers {
		content, err := layer.Compressed()
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, content)
		if err := errors.Join(err, content.Close()); err != nil {
			return err
		}
	}
	return nil
}

func (j *job) delete(ctx context.Context, step Step) error {
	ref, err := name.ParseReference(step.Image)
	if err != nil {
		return err
	}
	return remote.Delete(ref, j.options(ctx, ref)...)
}

// detailed adds to a refusal without a text what ECR's API says to the same question:
// HEAD has no body.
func (j *job) detailed(ctx context.Context, err error, image string) error {
	var refused *transport.Error
	if !errors.As(err, &refused) || refused.StatusCode != http.StatusForbidden || refused.Request.Method != http.MethodHead {
		return err
	}
	action := "BatchGetImage"
	if strings.Contains(refused.Request.URL.Path, "/blobs/") {
		action = "BatchCheckLayerAvailability"
	}
	if detail := j.call(ctx, action, image); detail != nil {
		return fmt.Errorf("%w\n%w", err, detail)
	}
	return err
}
