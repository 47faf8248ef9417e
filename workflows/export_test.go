package workflows

// RenderPool renders the workflow of a pool that no fleet has.
var RenderPool = renderPush
