package live

import "context"

// paginator is the SDK's, of a call that answers in pages.
type paginator[Page, Options any] interface {
	HasMorePages() bool
	NextPage(ctx context.Context, options ...func(*Options)) (Page, error)
}

// allOf returns the items of every page, or none and the error of the page that could not be read.
func allOf[Item, Page, Options any](ctx context.Context, pages paginator[Page, Options], of func(Page) []Item) (all []Item, err error) {
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, of(page)...)
	}
	return all, nil
}
