// Serves the pages and what the peers load, and takes what they send, as their own servers would. Everything stays here.

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Receiver {
  readonly origin: string;
  /** Bytes of bodies that came since it was asked last. */
  takeBytes(): number;
  stop(): void;
}

/** What OpenReplay's server answers to a start, and PostHog's to a question for its settings. */
const ANSWERS: Readonly<Record<string, () => unknown>> = {
  '/peer/openreplay/v1/web/start': () => ({ token: 't', userUUID: 'u', sessionID: '1', projectID: '1', delay: 0, startTimestamp: Date.now(), beaconSizeLimit: 1e6, compressionThreshold: 24e3 }),
  '/peer/posthog/flags/': () => ({ featureFlags: {}, sessionRecording: { endpoint: '/s/', recorderVersion: 'v2' }, supportedCompression: ['gzip'] }),
  '/peer/posthog/array/phc_bench/config': () => ({ sessionRecording: { endpoint: '/s/', recorderVersion: 'v2' }, supportedCompression: ['gzip'], hasFeatureFlags: false }),
};

/** Serves pages and scripts by their paths. */
export async function receive(served: ReadonlyMap<string, string>): Promise<Receiver> {
  let bytes = 0;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    request.on('data', (chunk: Buffer) => { bytes += chunk.length; });
    request.on('end', () => { answer(path, served, response); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeBytes: () => { const taken = bytes; bytes = 0; return taken; },
    stop: () => { server.closeAllConnections(); server.close(); },
  };
}

function answer(path: string, served: ReadonlyMap<string, string>, response: ServerResponse): void {
  const text = served.get(path);
  if (text !== undefined) {
    response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(text);
    return;
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(ANSWERS[path]?.() ?? { status: 1 }));
}
