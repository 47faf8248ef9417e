package job

import (
	"bytes"
	"encoding/json"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/partial"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// cacheConfig is the media type of a build cache's config (moby/buildkit,
// cache/remotecache/v1).
const cacheConfig types.MediaType = "application/vnd.buildkit.cacheconfig.v0"

// cache is a build cache in the form of an image manifest: its layers are an image's,
// its config says which step of the build made which.
type cache struct {
	v1.Image
	config []byte
}

func newCache(names []string) (v1.Image, error) {
	layers, err := newLayers(names)
	if err != nil {
		return nil, err
	}
	image, err := mutate.AppendLayers(mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), cacheConfig), layers...)
	if err != nil {
		return nil, err
	}
	type layer struct {
		Blob        v1.Hash `json:"blob"`
		ParentIndex int     `json:"parent"`
	}
	type record struct {
		Digest v1.Hash          `json:"digest"`
		Layers []map[string]int `json:"layers"`
	}
	var content struct {
		Layers  []layer  `json:"layers"`
		Records []record `json:"records"`
	}
	for i, of := range layers {
		digest, err := of.Digest()
		if err != nil {
			return nil, err
		}
		content.Layers = append(content.Layers, layer{digest, i - 1})
		content.Records = append(content.Records, record{digest, []map[string]int{{"layer": i}}})
	}
	config, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	return partial.CompressedToImage(&cache{image, config})
}

func (c *cache) RawConfigFile() ([]byte, error) { return c.config, nil }

func (c *cache) RawManifest() ([]byte, error) {
	manifest, err := c.Manifest()
	if err != nil {
		return nil, err
	}
	manifest = manifest.DeepCopy()
	manifest.Config.Digest, manifest.Config.Size, err = v1.SHA256(bytes.NewReader(c.config))
	if err != nil {
		return nil, err
	}
	return json.Marshal(manifest)
}

func (c *cache) LayerByDigest(digest v1.Hash) (partial.CompressedLayer, error) {
	return c.Image.LayerByDigest(digest)
}
