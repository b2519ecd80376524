// The bundled shop, served from its own folder.

import { SHOP } from './paths.ts';
import { freePort, type Program, start } from './process.ts';
import { until } from './until.ts';

export interface ShopServer extends Pick<Program, 'stop'> {
  readonly url: string;
}

export async function startShop(log: string): Promise<ShopServer> {
  const port = await freePort();
  const program = start(process.execPath, [SHOP, '--port', String(port)], log);
  const url = `http://localhost:${port}/`;
  await until('the shop to answer', async () => (await fetch(url)).ok);
  return { url, stop: () => program.stop() };
}
