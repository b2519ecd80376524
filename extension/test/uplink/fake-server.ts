// A server that follows the delivery rule of the contract over HTTP, and misbehaves where it is told to.

import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Event } from "../../src/event/types";

export interface Misbehaviour {
  status: number;
  body?: string;
  headers?: Record<string, string>;
  /** Store what came before answering so. */
  afterStoring?: boolean;
  /** Cut the connection instead of answering. */
  cut?: boolean;
}

export class FakeServer {
  readonly events: Event[] = [];
  readonly images: string[] = [];
  completed: number | undefined;
  requests: string[] = [];
  /** Asked for each request; undefined lets it be. */
  misbehave: (path: string, body: string) => Misbehaviour | undefined = () => undefined;
  /** Events with these numbers are refused one by one. */
  refuse = new Set<number>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<FakeServer> {
    const fake = new FakeServer();
    await new Promise<void>((resolve) => fake.#server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const part of request) body += String(part);
    const path = (request.url ?? "").split("?")[0] ?? "";
    this.requests.push(`${request.method ?? ""} ${path}`);
    const wrong = this.misbehave(path, body);
    if (wrong && wrong.afterStoring !== true) {
      send(response, wrong);
      return;
    }
    const answer = this.#answer(path, body);
    if (wrong) send(response, wrong);
    else send(response, { status: typeof answer.status === "number" ? answer.status : 200, body: JSON.stringify(answer) });
  }

  #answer(path: string, body: string): { status?: number | string } & Record<string, unknown> {
    const acked = this.events.length;
    if (path.endsWith("/events")) return this.#append((JSON.parse(body) as { events: Event[] }).events);
    if (path.includes("/screenshots/")) {
      const id = path.split("/").at(-1) ?? "";
      this.images.push(id);
      return { id };
    }
    if (path.endsWith("/complete")) {
      const { last_seq: last } = JSON.parse(body) as { last_seq: number };
      if (last > acked) return { status: 409, code: "sequence_gap", expected_seq: acked + 1 };
      this.completed = last;
      return { status: "queued" };
    }
    return { acked };
  }

  #append(events: Event[]): { status?: number } & Record<string, unknown> {
    const next = this.events.length + 1;
    const [first] = events;
    if (!first || first.seq > next) return { status: 409, code: "sequence_gap", expected_seq: next };
    for (const event of events) if (event.seq === this.events.length + 1) this.events.push(event);
    const rejected = events
      .filter((e) => this.refuse.has(e.seq))
      .map(({ seq }) => ({ seq, errors: [{ location: "event.click", message: "is required" }] }));
    return { acked: this.events.length, accepted: events.length, duplicates: 0, rejected, redactions: {} };
  }
}

function send(response: ServerResponse, { status, body = "", headers = {}, cut = false }: Misbehaviour): void {
  if (cut) response.destroy();
  else response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(body);
}

export function problem(status: number, code: string, more: Record<string, unknown> = {}): Misbehaviour {
  return { status, body: JSON.stringify({ status, code, title: code, ...more }) };
}
