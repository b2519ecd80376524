import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    environment: "node",
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/event/types.ts"], // generated
      reporter: ["json"], // e2e/coverage/report.ts adds what ran in a browser
    },
  },
});
