package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/codesight/codesight/internal/event"
	"github.com/codesight/codesight/internal/ingest"
	"github.com/codesight/codesight/internal/store"
)

const tagScreenshots = "Screenshots"

// metadataHeader carries a screenshot's metadata where the query is not to be used: proxies write queries to their logs.
const metadataHeader = "CodeSight-Metadata"

var imageTypes = []string{"image/webp", "image/png", "image/jpeg"}

func (a *API) bindScreenshots() {
	images := map[string]*huma.MediaType{}
	for _, t := range imageTypes {
		images[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	bind(a, operation{
		id: "put-screenshot", method: http.MethodPut, path: "/v1/sessions/{id}/screenshots/{screenshot_id}", rule: participants,
		tag: tagScreenshots, summary: "Store a screenshot", status: http.StatusCreated,
		body:    &huma.RequestBody{Required: true, Content: images},
		answers: map[string]*huma.Response{"200": {Description: "The same image was stored before."}},
	}, a.putScreenshot)
	bind(a, operation{
		id: "list-screenshots", method: http.MethodGet, path: "/v1/sessions/{id}/screenshots", rule: readers,
		tag: tagScreenshots, summary: "A session's screenshots",
	}, a.listScreenshots)
	bind(a, operation{
		id: "get-screenshot", method: http.MethodGet, path: "/v1/sessions/{id}/screenshots/{screenshot_id}", rule: readers,
		tag: tagScreenshots, summary: "A screenshot's image",
		answers: map[string]*huma.Response{"200": {Description: "The image", Content: images}},
	}, a.getScreenshot)
}

type putScreenshotInput struct {
	ID            string `path:"id" maxLength:"64"`
	Screenshot    string `path:"screenshot_id" maxLength:"64"`
	QueryMetadata string `query:"metadata" maxLength:"4096" doc:"ScreenshotMeta as JSON."`
	Metadata      string `header:"CodeSight-Metadata" maxLength:"4096" doc:"The same, where the query is not to be used."`
	Content       imageBody
}

// imageBody is an image with its type.
type imageBody struct {
	mediaType string
	bytes     []byte
}

// Resolve reads the body.
func (b *imageBody) Resolve(ctx huma.Context) []error {
	r, w := humago.Unwrap(ctx)
	var err error
	if b.mediaType, err = mediaType(r, imageTypes...); err != nil {
		return []error{err}
	}
	b.bytes, err = readBody(w, r, ingest.MaxScreenshot)
	return resolved(err)
}

type screenshotView struct {
	ID        string `json:"id"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size" doc:"In bytes."`
}

type putScreenshotOutput struct {
	Status int
	Body   screenshotView
}

func (a *API) putScreenshot(ctx context.Context, in *putScreenshotInput) (*putScreenshotOutput, error) {
	meta := in.QueryMetadata
	if in.Metadata != "" {
		meta = in.Metadata
	}
	if meta == "" {
		return nil, invalidRequest(event.FieldError{Location: "query.metadata", Message: "is required, here or in the header " + metadataHeader})
	}
	created, err := a.o.Ingest.PutScreenshot(ctx, asker(ctx), in.ID, in.Screenshot, in.Content.mediaType, []byte(meta), in.Content.bytes)
	if err != nil {
		return nil, err
	}
	out := &putScreenshotOutput{Status: http.StatusOK}
	out.Body = screenshotView{ID: in.Screenshot, MediaType: in.Content.mediaType, Size: int64(len(in.Content.bytes))}
	if created {
		out.Status = http.StatusCreated
	}
	return out, nil
}

type screenshotList struct {
	Screenshots []screenshotView `json:"screenshots"`
}

func (a *API) listScreenshots(ctx context.Context, in *sessionPath) (*struct{ Body screenshotList }, error) {
	if _, err := a.readable(ctx, in.ID); err != nil {
		return nil, err
	}
	images, err := a.o.Records.Screenshots(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &struct{ Body screenshotList }{screenshotList{Screenshots: make([]screenshotView, len(images))}}
	for i, image := range images {
		out.Body.Screenshots[i] = screenshotView{ID: image.ID, MediaType: image.MediaType, Size: image.Size}
	}
	return out, nil
}

type screenshotPath struct {
	ID         string `path:"id" maxLength:"64"`
	Screenshot string `path:"screenshot_id" maxLength:"64"`
}

type imageOutput struct {
	ContentType string `header:"Content-Type"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

func (a *API) getScreenshot(ctx context.Context, in *screenshotPath) (*imageOutput, error) {
	if _, err := a.readable(ctx, in.ID); err != nil {
		return nil, err
	}
	image, err := a.o.Records.Screenshot(ctx, in.ID, in.Screenshot)
	if errors.Is(err, store.ErrNotFound) {
		return nil, problem(CodeScreenshotNotFound, "")
	}
	if err != nil {
		return nil, err
	}
	// The image is a stranger's: whoever opens it as a page gets one that can do nothing.
	return &imageOutput{ContentType: image.MediaType, Policy: "default-src 'none'; sandbox", Body: image.Body}, nil
}
