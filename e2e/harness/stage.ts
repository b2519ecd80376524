// Everything that one recording needs, on free ports and in one folder: the server with its data, a tap on the line to
// it, the shop, and a browser with the extension.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { Api } from './api.ts';
import { Browser } from './browser.ts';
import { requireBuilt } from './paths.ts';
import { Server } from './server.ts';
import { type ShopServer, startShop } from './shop-server.ts';
import { Tap } from './tap.ts';

export interface Folders {
  data: string;
  export: string;
  profile: string;
  serverLog: string;
}

export class Stage {
  readonly folders: Folders;
  readonly server: Server;
  readonly tap: Tap;
  readonly shop: ShopServer;
  browser: Browser;
  /** Everything of the API, with an admin's key. */
  readonly api: Api;
  readonly ingestKey: string;
  readonly adminKey: string;

  private constructor(parts: Pick<Stage, 'folders' | 'server' | 'tap' | 'shop' | 'browser' | 'ingestKey' | 'adminKey'>) {
    this.folders = parts.folders;
    this.server = parts.server;
    this.tap = parts.tap;
    this.shop = parts.shop;
    this.browser = parts.browser;
    this.api = new Api(parts.server.url, parts.adminKey);
    this.ingestKey = parts.ingestKey;
    this.adminKey = parts.adminKey;
  }

  /** Starts everything; what is already running when a part fails is stopped again. */
  static async set(folder: string, wantedPort = 0): Promise<Stage> {
    requireBuilt();
    await mkdir(folder, { recursive: true });
    const folders = {
      data: join(folder, 'data'), export: join(folder, 'export'), profile: join(folder, 'profile'), serverLog: join(folder, 'server.log'),
    };
    const undo: (() => Promise<void>)[] = [];
    try {
      const server = await Server.startAt(folders.data, folders.serverLog, wantedPort);
      undo.push(() => server.stop());
      const tap = await Tap.open(server.place.port);
      undo.push(() => tap.close());
      const shop = await startShop(join(folder, 'shop.log'));
      undo.push(() => shop.stop());
      const [ingestKey, adminKey] = await Promise.all([server.createKey('ingest', 'e2e participant'), server.createKey('admin', 'e2e')]);
      const browser = await Browser.launch(folders.profile, { extension: true });
      return new Stage({ folders, server, tap, shop, browser, ingestKey, adminKey });
    } catch (error) {
      for (const stop of undo.reverse()) await stop();
      throw error;
    }
  }

  /** Kills the browser and starts it again with the same profile, maybe with another version of the extension. */
  async restartBrowser(extension: true | string = true): Promise<void> {
    await this.browser.kill();
    this.browser = await Browser.launch(this.folders.profile, { extension });
  }

  /** Stops everything but the server. */
  async closeBrowser(): Promise<void> {
    await this.browser.close();
    await this.tap.close();
    await this.shop.stop();
  }

  async strike(): Promise<void> {
    await this.closeBrowser();
    await this.server.stop();
  }
}
