// Builds the extension for Chromium and Firefox and lints what was built: node scripts/lint-builds.mjs
// Whatever the linters find fails: errors, warnings and notices. What is right all the same stands in ALLOWED.

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import evaluator from "csp_evaluator";
import { CspParser } from "csp_evaluator/dist/parser.js";

const run = promisify(execFile);
const EXTENSION = fileURLToPath(new URL("..", import.meta.url));
const MAX_OUTPUT = 64 * 1024 * 1024;
const FIREFOX = ".output/firefox-mv3";
const CHROMIUM = ".output/chrome-mv3";

/** Findings that are right all the same, each with the reason. */
const ALLOWED = {
  "policy: script-src 'self'": "an extension hosts nothing but its own files: no JSONP, and no uploads",
};

/** Parts of a manifest through which a page could reach the extension, or that run outside of a recording. */
const NOT_OURS = ["externally_connectable", "web_accessible_resources", "content_scripts", "host_permissions", "sandbox"];

/** Permissions that are in the README's table. One more must be argued for there and here. */
const PERMISSIONS = ["activeTab", "alarms", "offscreen", "scripting", "sidePanel", "storage", "unlimitedStorage"];

const problems = [];

await tool("wxt", "build");
await tool("wxt", "build", "-b", "firefox");
await Promise.all([
  lint("addons-linter", FIREFOX, "--output", "json"),
  lint("web-ext", "lint", "--source-dir", FIREFOX, "--output", "json"),
  checkManifest(CHROMIUM),
  checkManifest(FIREFOX),
]);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Runs a program of node_modules. */
function tool(name, ...args) {
  return run(`node_modules/.bin/${name}`, args, { cwd: EXTENSION, maxBuffer: MAX_OUTPUT });
}

function note(finding, text) {
  if (!(finding in ALLOWED)) problems.push(`${finding}: ${text}`);
}

/** Runs a linter that prints its findings as JSON. */
async function lint(name, ...args) {
  // A linter that finds errors ends with a code, and still prints them.
  const { stdout } = await tool(name, ...args).catch((error) => error);
  const found = JSON.parse(stdout);
  for (const { code, message, file = "", line = "" } of [...found.errors, ...found.warnings, ...found.notices]) {
    note(code, `${name}: ${file}:${line} ${message}`);
  }
}

/** The manifest gives pages no way in, asks for no more than we say, and its policy stands up to its evaluator. */
async function checkManifest(folder) {
  const manifest = JSON.parse(await readFile(new URL(`../${folder}/manifest.json`, import.meta.url), "utf8"));
  for (const name of NOT_OURS) if (name in manifest) problems.push(`${folder}: the manifest has ${name}`);
  for (const name of manifest.permissions) if (!PERMISSIONS.includes(name)) problems.push(`${folder}: permission ${name}`);
  const policy = manifest.content_security_policy.extension_pages;
  const { csp } = new CspParser(policy);
  for (const { directive, value = "", description } of new evaluator.CspEvaluator(csp).evaluate()) {
    note(`policy: ${directive} ${value}`, `${folder}: ${description}`);
  }
}
