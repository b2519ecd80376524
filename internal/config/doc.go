// Package config is everything that can be set from outside: one typed struct, read once at the start and checked whole.
//
// A setting has one name in three spellings: --max-storage on the command line, CODESIGHT_MAX_STORAGE in the
// environment, max_storage in codesight.yaml. The first of them that is given wins, else the default. A flag of a
// command carries the command's name: `export --min-quality` is CODESIGHT_EXPORT_MIN_QUALITY and min_quality under
// export. All mistakes are reported at once, a line each, and none repeats a secret.
//
// Only cmd/codesight may import this package: whatever else needs a setting is handed its value.
package config
