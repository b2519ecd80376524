// Reads what a browser sent over one TCP connection: HTTP/1.1 requests, and WebSocket frames (RFC 6455) with or without
// permessage-deflate (RFC 7692). It knows no more than it needs; what it cannot read is an error, because a leak test
// that skips what it cannot read proves nothing.

import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

const HEAD_END = Buffer.from('\r\n\r\n');
const DEFLATE_TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]); // what RFC 7692 section 7.2.1 takes off
const WINDOW = 32 * 1024; // bytes that deflate looks back
const CONTROL_FRAMES = 0x8; // opcodes from here on are close, ping and pong

interface Head {
  text: string;
  header(name: string): string | undefined;
}

/** The parts of one connection's bytes: each request's head, each body, each message. A part that is cut off at the end is kept as it is. */
export function decodeStream(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const end = rest.indexOf(HEAD_END);
    if (end < 0) return [...parts, rest];
    const head = parseHead(rest.subarray(0, end).toString('latin1'));
    parts.push(Buffer.from(head.text, 'latin1'));
    rest = rest.subarray(end + HEAD_END.length);
    if (head.header('upgrade')?.toLowerCase() === 'websocket') return [...parts, ...decodeFrames(rest)];
    const [body, after] = takeBody(head, rest);
    if (body.length > 0) parts.push(body);
    rest = after;
  }
  return parts;
}

function parseHead(text: string): Head {
  const fields = new Map<string, string>();
  for (const line of text.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { text, header: (name) => fields.get(name) };
}

function takeBody(head: Head, rest: Buffer): [Buffer, Buffer] {
  const coding = head.header('content-encoding') ?? 'identity';
  if (head.header('transfer-encoding')?.toLowerCase().includes('chunked')) {
    const [body, after] = takeChunks(rest);
    return [decompress(coding, body), after];
  }
  const length = Number(head.header('content-length') ?? 0);
  const body = rest.subarray(0, length);
  return [body.length < length ? body : decompress(coding, body), rest.subarray(length)];
}

function takeChunks(bytes: Buffer): [Buffer, Buffer] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return [Buffer.concat(chunks), Buffer.alloc(0)];
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (!(size > 0)) return [Buffer.concat(chunks), bytes.subarray(line + 4)];
    chunks.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

function decompress(coding: string, body: Buffer): Buffer {
  if (body.length === 0) return body;
  switch (coding) {
    case 'identity': return body;
    case 'gzip': return gunzipSync(body);
    case 'deflate': return inflateSync(body);
    case 'br': return brotliDecompressSync(body);
    default: throw new Error(`the extension sent a body in ${coding}, which this test cannot read yet`);
  }
}

/** WebSocket messages of the client's side. Frames of a connection that was cut are left out where they are not whole. */
function decodeFrames(bytes: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  let fragments: Buffer[] = [];
  let deflated = false;
  let window = Buffer.alloc(0);
  for (let rest = bytes; ;) {
    const frame = takeFrame(rest);
    if (!frame) return rest.length > 0 ? [...messages, rest] : messages;
    rest = frame.rest;
    if (frame.opcode >= CONTROL_FRAMES) {
      messages.push(frame.payload);
      continue;
    }
    if (frame.opcode !== 0) deflated = frame.deflated;
    fragments.push(frame.payload);
    if (!frame.final) continue;
    const whole = Buffer.concat(fragments);
    fragments = [];
    const message = deflated ? inflateMessage(whole, window) : whole;
    if (deflated) window = Buffer.concat([window, message]).subarray(-WINDOW);
    messages.push(message);
  }
}

function inflateMessage(payload: Buffer, window: Buffer): Buffer {
  const input = Buffer.concat([payload, DEFLATE_TAIL]);
  return inflateRawSync(input, { finishFlush: constants.Z_SYNC_FLUSH, ...(window.length > 0 && { dictionary: window }) });
}

interface Frame { final: boolean; deflated: boolean; opcode: number; payload: Buffer; rest: Buffer }

function takeFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const first = bytes.readUInt8(0);
  const second = bytes.readUInt8(1);
  let length = second & 0x7f;
  let at = 2;
  if (length === 126) {
    if (bytes.length < 4) return undefined;
    length = bytes.readUInt16BE(2);
    at = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return undefined;
    length = Number(bytes.readBigUInt64BE(2));
    at = 10;
  }
  const masked = (second & 0x80) !== 0;
  const begin = at + (masked ? 4 : 0);
  if (bytes.length < begin + length) return undefined;
  const payload = Buffer.from(bytes.subarray(begin, begin + length));
  if (masked) {
    const mask = bytes.subarray(at, at + 4);
    for (let i = 0; i < length; i++) payload.writeUInt8(payload.readUInt8(i) ^ mask.readUInt8(i % 4), i);
  }
  return {
    final: (first & 0x80) !== 0, deflated: (first & 0x40) !== 0, opcode: first & 0x0f,
    payload, rest: bytes.subarray(begin + length),
  };
}
