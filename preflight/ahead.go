package preflight

import "reflect"

// Ahead is what files say that Read will find, each by its name. The zero value holds none.
type Ahead map[string]ahead

type ahead struct {
	file   inputFile
	result fileResult
}

// ReadAhead reads texts as Read will read the files of these names, found in a folder and
// without Settings. A program does this while it waits for others of its files.
func ReadAhead(texts []Text) Ahead {
	files := make([]inputFile, len(texts))
	for i, text := range texts {
		files[i] = text.file()
	}
	read := make(Ahead, len(files))
	for i, result := range readFiles(files, nil) {
		read[files[i].name] = ahead{files[i], result}
	}
	return read
}

// of returns what a file says, if it was read ahead as it is.
func (a Ahead) of(file inputFile) (result fileResult, there bool) {
	read, there := a[file.name]
	return read.result, there && reflect.DeepEqual(read.file, file)
}
