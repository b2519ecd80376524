// A TCP proxy between the extension and the server that keeps every byte of the extension's side: what is found in
// `sent()` has left the browser.

import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

import { decodeStream } from './wire.ts';

export class Tap {
  readonly #server: Server;
  readonly #streams: Buffer[][] = [];
  readonly #open = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Listens on a port of its own and passes everything on to the target port. */
  static async open(target: number): Promise<Tap> {
    const server = createServer();
    const tap = new Tap(server);
    server.on('connection', (client) => { tap.#join(client, target); });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return tap;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the tap is closed');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Every connection's bytes, as they left the browser. */
  raw(): Buffer[] {
    return this.#streams.map((chunks) => Buffer.concat(chunks));
  }

  /** What the browser said in them: heads, bodies and WebSocket messages, unmasked and decompressed. */
  sent(): Buffer[] {
    return this.raw().flatMap((stream) => decodeStream(stream));
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await closed;
  }

  #join(client: Socket, port: number): void {
    const chunks: Buffer[] = [];
    this.#streams.push(chunks);
    const server = connect(port, '127.0.0.1');
    client.on('data', (chunk) => chunks.push(chunk));
    client.pipe(server).pipe(client);
    for (const [socket, other] of [[client, server], [server, client]] as const) {
      this.#open.add(socket);
      socket.on('error', () => other.destroy()); // a server that is down refuses, and the browser must see that
      socket.on('close', () => {
        this.#open.delete(socket);
        other.destroy();
      });
    }
  }
}
