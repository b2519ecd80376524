// A module of its own, so that what we compare with never enters the server's.
module github.com/codesight/codesight/bench/redact

go 1.26.8

require (
	github.com/DataDog/datadog-agent/pkg/util/scrubber v0.85.2
	github.com/codesight/codesight v0.0.0
	github.com/mingrammer/commonregex v1.0.1
)

require (
	github.com/DataDog/datadog-agent/pkg/version v0.85.2 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)

replace github.com/codesight/codesight => ../..
