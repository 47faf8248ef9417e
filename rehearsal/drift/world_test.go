package drift_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/eks/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"keyless-runners/doctor"
	"keyless-runners/identity"
	"keyless-runners/live"
	"keyless-runners/preflight"
	"keyless-runners/rehearsal/account"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/controller"
	"keyless-runners/rehearsal/github"
	"keyless-runners/rehearsal/moto"
	"keyless-runners/rehearsal/moto/mototest"
	"keyless-runners/rehearsal/program"
	"keyless-runners/rehearsal/program/programtest"
	"keyless-runners/rehearsal/webhook"
)

// server is an account.
var server *moto.Server

func TestMain(m *testing.M) {
	os.Exit(mototest.Main(m, "../..", func(s *moto.Server) { server = s }))
}

const (
	region = identity.Region("us-east-1")
	issuer = identity.Issuer("https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF")
)

// world is the article's fleet, deployed to an account and applied to a cluster.
type world struct {
	*cluster.Cluster
	controller *controller.Controller
	// dist is the folder of what was deployed.
	dist string
	// pod is the runner's name.
	pod string
	iam *iam.Client
	ecr *ecr.Client
}

func deployed(t *testing.T) *world {
	t.Helper()
	programs := programtest.Built(t)
	w := &world{}
	config := aws.Config{Region: string(region), BaseEndpoint: aws.String(server.Endpoint), Credentials: credentials.NewStaticCredentialsProvider("rehearsal", "rehearsal", "")}
	w.iam, w.ecr = iam.NewFromConfig(config), ecr.NewFromConfig(config)
	endpoint := inFrontOf(t, server.Endpoint, makeCluster(t, eks.NewFromConfig(config)))
	w.copyDist(t)
	w.deploy(t)
	w.start(t, programs)
	w.kubectl(t, "", "apply", "--server-side", "--validate=strict", "--recursive", "-f", w.dist+"/manifests/example")
	w.install(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	pods, err := w.controller.Await(ctx, "self-hosted-runners", "runner-deployment")
	if err != nil {
		t.Fatal(err)
	}
	w.pod = pods[0].Name
	w.kubectl(t, live.ClusterRole(), "apply", "-f", "-")
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "rehearsal", "AWS_SECRET_ACCESS_KEY": "rehearsal", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "KUBECONFIG": w.user(t, live.ClusterRoleName),
	} {
		t.Setenv(name, value)
	}
	return w
}

// user is the kubeconfig of a user of the groups.
func (w *world) user(t *testing.T, groups ...string) string {
	t.Helper()
	file, err := w.User("doctor-of-"+strings.Join(groups, "-"), groups...)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// makeCluster has EKS make the cluster, and returns the issuer that moto invents.
func makeCluster(t *testing.T, client *eks.Client) string {
	t.Helper()
	made, err := client.CreateCluster(t.Context(), &eks.CreateClusterInput{
		Name: aws.String("example"), RoleArn: aws.String("arn:aws:iam::111122223333:role/cluster"), ResourcesVpcConfig: &types.VpcConfigRequest{SubnetIds: []string{"subnet-1"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return aws.ToString(made.Cluster.Identity.Oidc.Issuer)
}

// inFrontOf is moto with the issuer of the cluster that runs here in place of the one that it
// invented, which has no form of EKS', and with none of what it does not know: EKS Pod Identity
// and add-ons.
func inFrontOf(t *testing.T, endpoint, invented string) string {
	t.Helper()
	target, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ModifyResponse = func(response *http.Response) error {
		body, err := io.ReadAll(response.Body)
		body = bytes.ReplaceAll(body, []byte(invented), []byte(issuer))
		response.Body = io.NopCloser(bytes.NewReader(body))
		response.ContentLength = int64(len(body))
		response.Header.Set("Content-Length", strconv.Itoa(len(body)))
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/", proxy)
	mux.HandleFunc("GET /clusters/{name}/pod-identity-associations", func(out http.ResponseWriter, _ *http.Request) {
		_, _ = out.Write([]byte(`{"associations": []}`))
	})
	mux.HandleFunc("GET /clusters/{name}/addons/{addon}", func(out http.ResponseWriter, _ *http.Request) {
		out.Header().Set("X-Amzn-ErrorType", "ResourceNotFoundException")
		out.WriteHeader(http.StatusNotFound)
	})
	front := httptest.NewServer(mux)
	t.Cleanup(front.Close)
	return front.URL
}

// copyDist copies the article's rendering to a new folder.
func (w *world) copyDist(t *testing.T) {
	t.Helper()
	w.dist = filepath.Join(t.TempDir(), "dist")
	if err := os.CopyFS(w.dist, os.DirFS("../../render/testdata/article")); err != nil {
		t.Fatal(err)
	}
}

func (w *world) deploy(t *testing.T) {
	t.Helper()
	a, err := account.Open(server, region)
	if err != nil {
		t.Fatal(err)
	}
	template, err := os.ReadFile(w.dist + "/infra/keyless-runners.template.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Deploy(t.Context(), region, "keyless-runners", template); err != nil {
		t.Fatal(err)
	}
}

// start starts the cluster with the webhook and the controller.
func (w *world) start(t *testing.T, programs program.Programs) {
	t.Helper()
	folder := t.TempDir()
	var err error
	if w.Cluster, err = cluster.Start(t.Context(), cluster.Options{Folder: filepath.Join(folder, "cluster"), Programs: programs, Issuer: issuer}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Cluster.Stop)
	webhook, err := webhook.Start(t.Context(), w.Cluster, region)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(webhook.Stop)
	hub, err := github.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(hub.Stop)
	w.controller, err = controller.Start(t.Context(), controller.Options{Folder: filepath.Join(folder, "controller"), Cluster: w.Cluster, GitHub: hub.URL, Token: github.Token})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.controller.Stop)
}

// install writes down the controller that runs beside the cluster here as the Deployment that its
// chart makes. Nothing runs it: the replica that is available is written too.
func (w *world) install(t *testing.T) {
	t.Helper()
	w.kubectl(t, `apiVersion: apps/v1
kind: Deployment
metadata: {name: actions-runner-controller, namespace: kube-system}
spec:
  selector: {matchLabels: {app: controller}}
  template:
    metadata: {labels: {app: controller}}
    spec:
      containers:
        - {name: manager, image: "summerwind/actions-runner-controller:v0.27.6"}
`, "apply", "-f", "-")
	w.kubectl(t, "", "patch", "deployment", "actions-runner-controller", "-n", "kube-system", "--subresource=status", "--type=merge",
		"-p", `{"status": {"replicas": 1, "availableReplicas": 1, "readyReplicas": 1}}`)
}

func (w *world) kubectl(t *testing.T, stdin string, args ...string) {
	t.Helper()
	result, err := w.Kubectl(t.Context(), strings.NewReader(stdin), args...)
	if err != nil {
		t.Fatal(err)
	}
	if result.Status != 0 {
		t.Fatalf("kubectl %v ended with status %d: %s", args, result.Status, result.Stderr)
	}
}

// examine does what "keyless doctor" does.
// request is for all of it.
var request = live.Request{Clusters: []live.Cluster{{Name: "example", Region: region, Account: mototest.Account, Context: "rehearsal"}}}

func (w *world) examine(t *testing.T) (doctor.Diagnosis, string) {
	t.Helper()
	reading := live.Read(t.Context(), request)
	found, err := doctor.Examine(reading, preflight.Input{Paths: []string{w.dist}})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := doctor.Write(&out, found); err != nil {
		t.Fatal(err)
	}
	return found, out.String()
}
