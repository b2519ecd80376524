#!/usr/bin/env node
// Serves this folder: node demo/shop/serve.mjs --port 4173
// Listens on 127.0.0.1 only (so http://localhost:PORT is a second origin of the same shop). Logs nothing.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const DEFAULT_PORT = '4173';
const ROOT = fileURLToPath(new URL('.', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The file that a request path names, or undefined where it is not one of the shop's own. */
async function fileFor(url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://shop.invalid').pathname);
  } catch {
    return undefined;
  }
  const file = normalize(join(ROOT, path.endsWith('/') ? `${path}index.html` : path));
  const inside = file.startsWith(ROOT) && !file.slice(ROOT.length - 1).includes(`${sep}.`);
  if (!inside || !(extname(file) in TYPES)) return undefined;
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? file : undefined;
}

async function answer(request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const file = await fileFor(request.url);
  if (!file) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
    return;
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)],
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file).on('error', () => response.destroy()).pipe(response);
}

const { values } = parseArgs({ options: { port: { type: 'string', default: DEFAULT_PORT } } });
createServer(answer).listen(Number(values.port), '127.0.0.1');
