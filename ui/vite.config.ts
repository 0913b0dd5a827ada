import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// The pages are served by lingtan itself, with a policy that allows nothing inline and no other host: so no inlined
// assets, and no polyfill that injects script.
export default defineConfig({
  base: "./",
  plugins: [svelte()],
  build: {
    outDir: "../src/lingtan/web/static",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } }, // a busy machine is no news
  },
  server: { proxy: { "/api": "http://127.0.0.1:8600" } },
  test: { include: ["src/**/*.test.ts"] },
});
