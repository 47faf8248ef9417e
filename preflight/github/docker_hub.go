package github

import "slices"

// loginToHub reads a login to Docker Hub: what the user of that name pushes stays there.
func (j *job) loginToHub(user value) {
	if len(user) == 1 && user[0].node == nil {
		j.hubUsers = append(j.hubUsers, user[0].text)
	}
}

// onHub reports whether what stands before the first slash of an image's name is a user that
// the job logged in to Docker Hub as: the same text, or the same variable or secret.
func (j *job) onHub(ref text) bool {
	user, sign, _ := ref.cut("/")
	if sign == 0 || len(user) != 1 || !user[0].kind.isFixed() {
		return false
	}
	return slices.ContainsFunc(j.hubUsers, func(known text) bool { return len(known) == 1 && known[0] == user[0] })
}
