package cluster

import (
	"context"
	"fmt"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
)

// serviceAccounts plays the one controller of kube-controller-manager that runners
// need: every namespace gets a ServiceAccount "default", without which no Pod that
// names none is let in.
//
// It plays until lasting ends; ctx is for the beginning alone.
func (c *Cluster) serviceAccounts(ctx, lasting context.Context) error {
	factory := informers.NewSharedInformerFactory(c.Client, 0)
	namespaces := factory.Core().V1().Namespaces().Informer()
	_, err := namespaces.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: func(object any) {
		account := &core.ServiceAccount{ObjectMeta: meta.ObjectMeta{Name: "default"}}
		// It may be there already, or the namespace be gone again.
		_, _ = c.Client.CoreV1().ServiceAccounts(object.(*core.Namespace).Name).Create(lasting, account, meta.CreateOptions{})
	}})
	if err != nil {
		return err
	}
	factory.Start(lasting.Done())
	if !cache.WaitForCacheSync(ctx.Done(), namespaces.HasSynced) {
		return fmt.Errorf("namespaces: %w", ctx.Err())
	}
	return nil
}
