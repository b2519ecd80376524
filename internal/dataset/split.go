package dataset

import (
	"crypto/sha256"
	"encoding/binary"
)

// The splits of a release.
const (
	train      = "train"
	validation = "validation"
)

// splitter assigns participants. A participant's split depends on its id and the share alone, so it stays the same from
// one release to the next, however many others come or go. Where everybody would fall into validation, all of them go to
// train: with a single participant there is nobody to hold out.
type splitter struct {
	share    float64
	allTrain bool
}

func newSplitter(share float64, participants map[string]bool) splitter {
	s := splitter{share: share}
	for p := range participants {
		if s.of(p) == train {
			return s
		}
	}
	s.allTrain = true
	return s
}

func (s splitter) of(participant string) string {
	if s.allTrain || position(participant) < s.share {
		return train
	}
	return validation
}

// position maps a participant evenly onto 0 to 1.
func position(participant string) float64 {
	sum := sha256.Sum256([]byte("codesight split 1\n" + participant))
	return float64(binary.BigEndian.Uint64(sum[:8])>>11) / (1 << 53)
}
