// Package legacy imports the session exports of the earlier CodeSight backend: a JSON array of sessions, or one session,
// each with its rows of interactions.
//
// Imported events go the way of live traffic: through package ingest, with the same validation and redaction. What the
// export cannot give is never made up: a row that lacks what the event schema requires is left out and counted in the
// [Report] by its reason, and the few required values that every such export lacks have one fixed meaning each, counted
// as assumed:
//
//   - tab 0 and frame "0": the earlier recorder told neither tabs nor frames apart;
//   - zoom 1: it recorded the pixel ratio only;
//   - a selector's matches 0: it never counted them, so no selector is verified;
//   - consent granted at the session's start: the export does not hold when. What was agreed to is the caller's to
//     state, see [Options].
//
// Addresses of the network, the earlier system's scores, and its screenshots (the export has their ids alone) are not
// imported. Importing the same file again adds nothing: a session's id is derived from its old id and start.
package legacy
