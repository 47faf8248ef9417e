package github

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// images hold what a job pushes, each image repository once.
type images struct {
	found []image
	at    map[imageKey]int
	// tags are the tags that the image at a place of found has, pushers the jobs of a matrix that
	// push a tag.
	tags    map[imageTag]bool
	pushers map[imageTag][]int
}

// imageTag is a tag of the image at a place.
type imageTag struct {
	image int
	tag   string
}

// image is a push that may turn out to be none of Amazon ECR.
type image struct {
	push facts.Push
	// tag is the push's tag with all that is known of it.
	tag pieces
	// certain reports that the registry is one of Amazon ECR.
	certain bool
	// repeats says that another run pushes the tag again, though it is not known.
	repeats bool
	// jobs are the jobs of the matrix that certainly push it.
	jobs []int
	// always says that every run pushes it, with a tag that has one value in it.
	always bool
}

type imageKey struct {
	registry, name string
	login          int
	use            facts.Use
	config         facts.Text
	// before is the first of the logins before it: those are one set for all pushes
	// that have the same.
	before *facts.Before
}

// push adds an image that a command or an action in the scope names as where to push,
// with the logins before it. Images of other registries are left out.
func (j *job) push(s scope, ref alternative, at source.Place, use facts.Use, config facts.Text) {
	j.comesTo(s, ref.world)
	written := ref.string().trim()
	j.refused(written, at)
	image, ok := imageOf(written, at, use)
	if !ok {
		j.pushToHub(written, at, use)
		return
	}
	j.inBackground(s, at)
	j.slashInTag(s, ref, image.tag, at)
	if j.onHub(ref.string()) {
		return
	}
	image.push.Config = config
	if !j.environmentDiffers() {
		image.jobs = s.matrixJobs(ref)
	}
	image.push.Unset = j.unset(image.tag, at)
	image.always = use == facts.Pushes && s.isCertain(ref) && !j.node.Has("environment")
	if image.push.Before, ok = j.logins.before(s, ref.world); !ok {
		image.push.Registry = facts.Text{Unknown: tooMany, Place: at, There: true}
	}
	if image.certain && j.logins.help(hostOf(ref.string())) {
		image.push.Before = j.ownLogin(s, ref, at, nil)
	}
	j.images.add(image)
}

// inBackground notes a push that the script does not wait for so far.
func (j *job) inBackground(s scope, at source.Place) {
	if slices.Contains(s.guards, inBackground) {
		j.partial(at, "pushes in the background (&), and the script does not wait: what still runs when the job ends is killed, and no failure is noticed",
			"take the & out, or wait for each push by its process (wait PID)")
	}
}

// unset are the variables in a tag that nothing sets.
func (j *job) unset(tag pieces, at source.Place) (names []facts.Text) {
	for _, p := range tag {
		if p.kind == kindUnset && !j.sets {
			name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(p.text, "$"), "env."), " ")
			names = append(names, facts.Text{Value: name, Unknown: p.text, Place: at, There: true})
		}
	}
	return names
}

// environmentDiffers reports whether the jobs of the matrix may be in several environments, so that
// one of GitHub's variables has several values.
func (j *job) environmentDiffers() bool {
	environment := j.node.Get("environment")
	if name := environment.Get("name"); name != nil {
		environment = name
	}
	return environment.Scalar() && strings.Contains(environment.Text, "matrix")
}

// pushAlone adds an image that a tool pushes with its own login: with a password, or
// with one that it asks for itself.
func (j *job) pushAlone(s scope, ref alternative, at source.Place, use facts.Use, p *password) {
	j.comesTo(s, ref.world)
	j.refused(ref.string().trim(), at)
	image, ok := imageOf(ref.string().trim(), at, use)
	if !ok {
		return
	}
	j.inBackground(s, at)
	if image.certain {
		image.push.Before = j.ownLogin(s, ref, at, p)
	}
	j.images.add(image)
}

// ownLogin is a login to an image's registry for that alone. One that asks for the password
// itself is as right as the login whose registry that is.
func (j *job) ownLogin(s scope, ref alternative, at source.Place, p *password) []facts.Before {
	host := hostOf(ref.string())
	if place, ok := loginOf(host); ok && p == nil {
		return []facts.Before{{Login: place, Always: true}}
	}
	if p == nil {
		own := passwordOf(host, at)
		own.emptied = s.emptied()
		p = &own
	}
	return j.logins.forOne(s, ref.world, facts.Login{Place: at, Number: j.logins.next(), Host: host.hostFact(at), Account: facts.Text{Place: at}}, *p)
}

// add adds an image, unless it is there already with the same logins before it.
func (i *images) add(image image) {
	registry, name := image.push.Registry, image.push.Name
	key := imageKey{registry.Value + "\x00" + registry.Unknown, name.Value + "\x00" + name.Unknown + "\x00" + image.push.Pattern, image.push.Login, image.push.Use, facts.Text{Value: image.push.Config.Value, Unknown: image.push.Config.Unknown}, nil}
	if len(image.push.Before) > 0 {
		key.before = &image.push.Before[0]
	}
	if i.at == nil {
		i.at, i.tags, i.pushers = map[imageKey]int{}, map[imageTag]bool{}, map[imageTag][]int{}
	}
	first, again := i.at[key]
	if !again {
		first = len(i.found)
		i.at[key] = first
		i.found = append(i.found, image)
	}
	i.found[first].certain = i.found[first].certain || image.certain
	if again {
		i.found[first].push.Unset = append(i.found[first].push.Unset, image.push.Unset...)
	}
	i.share(first, image)
	i.found[first].addCertain(image)
	i.found[first].addTag(i.tags, first, image, again)
}

// share adds the jobs of the matrix that push a tag which is not known.
func (i *images) share(at int, image image) {
	if image.push.Tag.Unknown == "" {
		return
	}
	key := imageTag{at, fmt.Sprint(image.tag)}
	for _, job := range image.jobs {
		if slices.Contains(i.pushers[key], job) {
			continue
		}
		if i.pushers[key] = append(i.pushers[key], job); len(i.pushers[key]) == 2 {
			i.found[at].push.Shared = append(i.found[at].push.Shared, image.push.Tag)
		}
	}
}

// addCertain adds the tag of a push that every run makes.
func (i *image) addCertain(other image) {
	tag := facts.RunTag{Key: fmt.Sprint(other.tag), Tag: other.push.Tag}
	has := func(known facts.RunTag) bool { return known.Key == tag.Key }
	if other.always && tag.Tag.Unknown != "" && !slices.ContainsFunc(i.push.Certain, has) {
		i.push.Certain = append(i.push.Certain, tag)
	}
}

// addTag adds the tag of another push to the same image repository, once.
func (i *image) addTag(tags map[imageTag]bool, at int, other image, again bool) {
	tag := other.push.Tag
	key := imageTag{at, tag.Value + "\x00" + tag.Unknown}
	switch {
	case tags[key]:
		return
	case other.repeats:
		i.push.Repeated = append(i.push.Repeated, tag)
	case again && tag.Unknown == "":
		i.push.MoreTags = append(i.push.MoreTags, tag)
	}
	tags[key] = true
}

// pushes returns the pushes to Amazon ECR. Where the registry is not known, a job that logs
// in there is taken to push there, and another may.
func (i *images) pushes(logsIn bool) (pushes []facts.Push, may []facts.Text) {
	for _, image := range i.found {
		if image.certain || logsIn {
			pushes = append(pushes, image.push)
		} else if image.push.Use == facts.Pushes {
			may = append(may, facts.Text{Unknown: cmp.Or(image.push.Registry.Unknown, image.push.Name.Unknown), Place: image.push.Place, There: true})
		}
	}
	return pushes, may
}

// imageOf reads REGISTRY/NAME:TAG@DIGEST; ok is false if it is of no registry that
// may be one of Amazon ECR.
func imageOf(ref pieces, at source.Place, use facts.Use) (image, bool) {
	host, sign, rest := ref.cut("/")
	if sign == 0 {
		host, rest = textUnknown(ref.why()), ref
	}
	name, tagSign, tag := rest.cut(":@")
	if written, isKnown := name.known(); isKnown && sign == 0 {
		if !isWrong(written) {
			return image{}, false // of Docker Hub, or of this machine
		}
		host = textUnknown(fmt.Sprintf("%q is no image's name", facts.Short(written)))
	}
	registry, certain, ok := registryOf(host, at)
	if !ok || len(name) == 0 && !certain {
		return image{}, false
	}
	push := facts.Push{Place: at, Registry: registry, Name: name.fact(at), Tag: facts.Text{Place: at}, Use: use}
	if push.Name.Unknown != "" {
		push.Pattern = name.ofRepository()
	}
	push.Login, _ = loginOf(host)
	if isWrong(push.Name.Value) {
		push.Name = facts.Text{Unknown: fmt.Sprintf("%q is no image repository's name", push.Name.Value), Place: at, There: true}
	}
	if tagSign == ':' {
		tag, _, _ = tag.cut("@")
		push.Tag = tag.fact(at)
	}
	return image{push: push, tag: tag, certain: certain, repeats: tag.repeats()}, true
}

// isOfECR reports whether an image is certainly of a registry of Amazon ECR.
func isOfECR(ref pieces) bool {
	_, certain, _ := registryOf(hostOf(ref), source.Place{})
	return certain
}

// registryOf reads what stands before the first slash; ok is false if it is known
// to be no registry of Amazon ECR.
func registryOf(host pieces, at source.Place) (registry facts.Text, certain, ok bool) {
	whole, isKnown := host.standing()
	switch {
	case isKnown && isECR(whole):
		return host.hostFact(at), true, true
	case isKnown && isWrong(whole):
		return facts.Text{Unknown: fmt.Sprintf("%q is no registry", whole), Place: at, There: true}, false, true
	case isKnown:
		return facts.Text{}, false, false
	case len(host) == 1 && host[0].kind == kindRegistryOfLogin:
		return facts.Text{Place: at}, true, true
	}
	domain := ""
	for _, p := range host {
		if p.kind == kindKnown {
			domain = p.text
			certain = certain || strings.Contains(p.text, ".dkr.") || strings.Contains(p.text, ".dkr-ecr.")
		}
	}
	other := strings.Contains(domain, ".") && host[len(host)-1].kind == kindKnown && !strings.Contains(domain, "amazonaws.") && !certain
	return host.fact(at), certain, !other
}

// loginOf is the place of the login whose registry the host is, if it is one's.
func loginOf(host pieces) (place int, ok bool) {
	if len(host) != 1 || host[0].kind != kindRegistryOfLogin {
		return 0, false
	}
	place, err := strconv.Atoi(host[0].text)
	return place, err == nil
}

// isECR reports whether the host is meant for a private registry of Amazon ECR: its plain, FIPS
// or dual-stack form (https://docs.aws.amazon.com/general/latest/gr/ecr.html), or one that is
// misspelt, since AWS has no other registries there.
func isECR(host string) bool {
	return strings.Contains(host, ".dkr.ecr.") || strings.Contains(host, ".dkr.ecr-fips.") || strings.Contains(host, ".dkr-ecr.") ||
		strings.Contains(host, ".ecr.") && strings.Contains(host, ".amazonaws.")
}

// isWrong reports whether the text has a sign that stands in no image's name: it was
// meant for a shell or for another tool.
func isWrong(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if strings.IndexByte("._-/:+", c) < 0 && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return true
		}
	}
	return false
}
