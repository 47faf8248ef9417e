package keyless

// Compiled are the files of which each counts, by path: AreSources and SourcesDigest
// compare them all.
func Compiled() map[string][]byte {
	all, err := read(sources, apart)
	if err != nil {
		panic(err) // the files are in the program
	}
	return all.files
}
