package scene

import (
	"context"
	"fmt"

	authentication "k8s.io/api/authentication/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

// rights are attempts of the pool's ServiceAccount in its cluster, where it has no permissions.
func (r *Rehearsal) rights(t *target) []attempt {
	namespace := string(t.Subject.Namespace)
	mine := string(t.Subject.ServiceAccount)
	own := t.forAudience("")
	try := func(what, refusal string, token source, do func(context.Context, kubernetes.Interface) error) attempt {
		return attempt{who: "the pool's ServiceAccount", what: what, refusal: refusal, by: "kube-apiserver", try: func(ctx context.Context) (string, error) {
			text, err := token(ctx)
			if err != nil {
				return "", err
			}
			config := rest.AnonymousClientConfig(t.cluster.Config)
			config.BearerToken = text
			client, err := kubernetes.NewForConfig(config)
			if err != nil {
				return "", err
			}
			if err := do(ctx, client); err != nil {
				return err.Error(), nil
			}
			return "", nil
		}}
	}
	list := func(ctx context.Context, c kubernetes.Interface) error {
		_, err := c.CoreV1().Pods(namespace).List(ctx, meta.ListOptions{})
		return err
	}
	return []attempt{
		try("speak to kube-apiserver with its token for AWS", "Unauthorized", t.own, list),
		try("list Pods", forbidden(t, "list", "pods"), own, list),
		try("create a Pod with the same ServiceAccount", forbidden(t, "create", "pods"), own, func(ctx context.Context, c kubernetes.Interface) error {
			_, err := c.CoreV1().Pods(namespace).Create(ctx, &core.Pod{ObjectMeta: meta.ObjectMeta{Name: "second"}}, meta.CreateOptions{})
			return err
		}),
		try("make itself a token", forbidden(t, "create", "serviceaccounts/token"), own, func(ctx context.Context, c kubernetes.Interface) error {
			_, err := c.CoreV1().ServiceAccounts(namespace).CreateToken(ctx, mine, &authentication.TokenRequest{}, meta.CreateOptions{})
			return err
		}),
		try("read Secrets", forbidden(t, "list", "secrets"), own, func(ctx context.Context, c kubernetes.Interface) error {
			_, err := c.CoreV1().Secrets(namespace).List(ctx, meta.ListOptions{})
			return err
		}),
		try("change the role of a ServiceAccount", forbidden(t, "update", "serviceaccounts"), own, func(ctx context.Context, c kubernetes.Interface) error {
			_, err := c.CoreV1().ServiceAccounts(namespace).Update(ctx, &core.ServiceAccount{ObjectMeta: meta.ObjectMeta{Name: mine}}, meta.UpdateOptions{})
			return err
		}),
	}
}

// forbidden is part of what kube-apiserver says.
func forbidden(t *target, verb, resource string) string {
	return fmt.Sprintf("User %q cannot %s resource %q", t.Subject.String(), verb, resource)
}
