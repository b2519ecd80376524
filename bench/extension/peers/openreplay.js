// OpenReplay's tracker as its guide sets it up.

import Tracker from '@openreplay/tracker';

const tracker = new Tracker({ projectKey: 'bench', ingestPoint: `${location.origin}/peer/openreplay`, __DISABLE_SECURE_MODE: true });
void tracker.start();
