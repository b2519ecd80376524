// What stands between the extension and the server on a bad day: a proxy that passes everything on until it is told to
// do worse, such as a captive portal does, an overloaded gateway, or a line that is cut in mid-frame.

import { once } from 'node:events';
import { type IncomingMessage, createServer, type Server, type ServerResponse, request } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** What answers in the server's place. */
export interface Foul {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** The head promises more than the body holds, then the connection ends. */
  half?: boolean;
  /** The server gets the request, and its answer is lost on the way back. */
  answerLost?: boolean;
}

const HTML = { 'Content-Type': 'text/html' };
const PROBLEM = { 'Content-Type': 'application/problem+json' };

/** Each of these has happened to somebody. */
export const FOULS: Record<string, Foul> = {
  'a captive portal': { status: 200, headers: HTML, body: '<html><title>Welcome to the hotel</title></html>' },
  'a portal that says nothing': { status: 200 },
  'a portal that redirects': { status: 302, headers: { Location: '/login' } },
  'a gateway without its server': { status: 502, headers: HTML, body: '<h1>502 Bad Gateway</h1>' },
  'an internal error': { status: 500, headers: PROBLEM, body: '{"status":500,"code":"internal_error"}' },
  'a busy server': { status: 429, headers: { ...PROBLEM, 'Retry-After': '1' }, body: '{"status":429,"code":"busy"}' },
  'a proxy that forbids': { status: 403, headers: HTML, body: '<h1>Forbidden</h1>' },
  'garbage': { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"acked":1e999,"x":\u0000' },
  'an acknowledgement of what was never sent': { status: 200, body: '{"acked":4294967296,"rejected":[]}' },
  'half an answer': { status: 200, body: '{"acked":', half: true },
  'an answer that is lost': { status: 200, answerLost: true },
};

export class Weather {
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  /** Asked for each request over HTTP; undefined lets it pass. */
  foul: Foul | undefined;
  /** Changes the bodies of requests over HTTP on their way. */
  tamper: ((body: string) => string) | undefined;
  /** What WebSockets suffer: they do not open, or are cut in the middle of what they carry. */
  sockets: 'open' | 'blocked' | 'cut' = 'open';
  /** How often something was done worse than asked for. */
  spoiled = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async between(target: number): Promise<Weather> {
    const server = createServer();
    const weather = new Weather(server);
    server.on('request', (from: IncomingMessage, to: ServerResponse) => { weather.#pass(from, to, target); });
    server.on('upgrade', (from: IncomingMessage, socket: Duplex, head: Buffer) => { weather.#join(from, socket, head, target); });
    server.on('connection', (socket) => { weather.#keep(socket); });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return weather;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy is closed');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Cuts everything that is open. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }

  #pass(from: IncomingMessage, to: ServerResponse, port: number): void {
    const { foul } = this;
    if (foul && foul.answerLost !== true) {
      this.spoiled++;
      from.resume();
      // The extension asks the browser for leave to send a key; a page of somebody else would not even get that far.
      to.writeHead(foul.status, { 'Access-Control-Allow-Origin': '*', ...foul.headers, ...(foul.half && { 'Content-Length': '4096' }) });
      if (foul.half !== true) to.end(foul.body);
      else to.write(foul.body ?? '', () => from.socket.destroy());
      return;
    }
    const { tamper } = this;
    const headers = { ...from.headers };
    if (tamper) delete headers['content-length'];
    const onward = request({ host: '127.0.0.1', port, method: from.method, path: from.url, headers }, (answer) => {
      if (foul) {
        this.spoiled++;
        answer.resume();
        answer.on('end', () => from.socket.destroy());
        return;
      }
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    onward.on('error', () => from.socket.destroy());
    if (tamper && from.headers['content-type'] === 'application/json') {
      void from.setEncoding('utf8').toArray().then((parts: string[]) => onward.end(tamper(parts.join(''))));
    } else {
      from.pipe(onward);
    }
  }

  #join(from: IncomingMessage, client: Duplex, head: Buffer, port: number): void {
    if (this.sockets === 'blocked') {
      this.spoiled++;
      client.destroy();
      return;
    }
    const server = connect(port, '127.0.0.1', () => {
      const lines = from.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 ? [`${name}: ${all[i + 1] ?? ''}`] : []));
      server.write(`${from.method ?? 'GET'} ${from.url ?? '/'} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      server.write(head);
      server.pipe(client);
    });
    this.#keep(server);
    client.on('data', (chunk: Buffer) => {
      if (this.sockets === 'cut') {
        this.spoiled++;
        server.write(chunk.subarray(0, chunk.length / 2), () => { client.destroy(); });
      } else {
        server.write(chunk);
      }
    });
    server.on('close', () => client.destroy());
    client.on('close', () => server.destroy());
  }
}
