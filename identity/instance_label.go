package identity

// InstanceLabel is the label that Kubernetes recommends for the name of one installation
// of an application. On what is rendered it is the pool's name, on what Helm renders
// usually the release's.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
const InstanceLabel = "app.kubernetes.io/instance"
