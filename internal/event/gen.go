package event

//go:generate go run ./schemagen event.schema.json
