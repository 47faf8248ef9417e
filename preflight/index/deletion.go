package index

import "keyless-runners/preflight/facts"

// DeletedImageRepository is the deletion of an image repository of the name, nil if no plan deletes one.
func (i *Index) DeletedImageRepository(name string) *facts.Deletion {
	return i.deletion(func(d *facts.Deletion) bool { return d.ImageRepository == name })
}

// DeletedProvider is the deletion of a provider of the issuer, nil if no plan deletes one.
func (i *Index) DeletedProvider(host string) *facts.Deletion {
	return i.deletion(func(d *facts.Deletion) bool { return IssuerHost(d.Issuer) == host })
}

func (i *Index) deletion(is func(*facts.Deletion) bool) *facts.Deletion {
	for n := range i.Deletions {
		if is(&i.Deletions[n]) {
			return &i.Deletions[n]
		}
	}
	return nil
}
