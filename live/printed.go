package live

import (
	"reflect"
	"strings"
	"time"
)

// How the names of a service's members are printed: some begin with a small letter.
func asIs(name string) string       { return name }
func lowerFirst(name string) string { return strings.ToLower(name[:1]) + name[1:] }

// printed returns what the SDK decoded as the AWS command line prints it: the members that are
// there, and lists that are empty as such.
func printed(name func(string) string, value any) any {
	return printedValue(name, reflect.ValueOf(value))
}

func printedValue(name func(string) string, v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return printedValue(name, v.Elem())
	case reflect.Slice:
		items := make([]any, v.Len())
		for i := range items {
			items[i] = printedValue(name, v.Index(i))
		}
		return items
	case reflect.Map:
		members := map[string]any{}
		for _, key := range v.MapKeys() {
			members[key.String()] = printedValue(name, v.MapIndex(key))
		}
		return members
	case reflect.Struct:
		if at, ok := v.Interface().(time.Time); ok {
			return at.Format(time.RFC3339)
		}
		return printedMembers(name, v)
	}
	return v.Interface()
}

func printedMembers(name func(string) string, v reflect.Value) any {
	members := map[string]any{}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() || field.Anonymous {
			continue
		}
		value := v.Field(i)
		if (value.Kind() == reflect.Pointer || value.Kind() == reflect.Map || value.Kind() == reflect.Interface) && value.IsNil() || value.Kind() == reflect.String && value.Len() == 0 {
			continue
		}
		members[name(field.Name)] = printedValue(name, value)
	}
	return members
}
