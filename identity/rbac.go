package identity

// GroupRBAC is the API group of Kubernetes' roles and bindings.
const GroupRBAC = "rbac.authorization.k8s.io"
