import { defineConfig } from "wxt";

// The public half of the key that gives the extension its stable id (src/extension-id.txt). The private half is not
// needed to build, load or sign.
const PUBLIC_KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3vs1chRlkHvfuvAlbeuzKT3/KevHqKb3ugJQuSbp9EcmgciyJ4kP7q9i64Arg3bTi3H0kBmLQkBCGWImdMQXAtYuQKpxk93aZMBoo20nB/c2aaksbjsHw3f+AfL3d6e1+cAc4YFQUhYxMf2yGS+Xl3rYa5Zwv52pFvfCVwxmguMN3h9rmtGND6hZsXu4YyzRy79Uj4dE/nbIj3v4z3H2tfjTtaOfEc2mUUEYDwuat6Sq0Vf8tmxAWR3NRJPBPAq0AgpjyGCK7lvA3wqM4X/FCww0qXriePOZvcJzF1HBErqwpE9WyLir/hIM2X8/JkfspKL1G3z0F8VlWbfL3owTOwIDAQAB";

const ALL_SITES = "<all_urls>";

const CHROMIUM_ONLY = ["offscreen", "sidePanel"] as const;
const CHROMIUM = {
  key: PUBLIC_KEY,
  minimum_chrome_version: "130",
  // The popup’s page, as wide as the participant makes it.
  side_panel: { default_path: "popup.html" },
};

const FIREFOX = {
  browser_specific_settings: {
    gecko: {
      id: "codesight@codesight.example",
      // The first, on Android too, that asks for consent to data collection.
      strict_min_version: "142.0",
      // What a recording is: what the participant does, and the pages it is done on. The browser asks for it at installation.
      data_collection_permissions: { required: ["browsingActivity", "websiteActivity", "websiteContent"] },
    },
  },
};

export default defineConfig({
  srcDir: "src",
  imports: false,
  // For `make coverage`, which tells of each line of the source whether it ran.
  ...(process.env["CODESIGHT_COVERAGE"] && { vite: () => ({ build: { sourcemap: true, minify: false } }) }),
  manifestVersion: 3,
  manifest: ({ browser, mode }) => ({
    name: "CodeSight",
    description: "Records what you do for a task, without what is private. You start it, you stop it.",
    // activeTab tells the popup which site it was opened over, and lets pictures be taken where only one site is granted.
    permissions: ["activeTab", "alarms", "scripting", "storage", "unlimitedStorage", ...(browser === "firefox" ? [] : CHROMIUM_ONLY)],
    ...(browser === "firefox" ? FIREFOX : CHROMIUM),
    // Asked for when a recording starts. The test build has them from the start, since no one can answer the browser's
    // question in a headless run.
    ...(mode === "test" ? { host_permissions: [ALL_SITES] } : { optional_host_permissions: [ALL_SITES] }),
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src http: https: ws: wss:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    },
    action: { default_title: "CodeSight" },
  }),
});
