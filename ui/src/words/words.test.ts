import { expect, test } from "vitest";
import en from "./en.json";
import zh from "./zh.json";

const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

test("both languages have the same keys and fill the same blanks", () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  for (const [key, text] of Object.entries(zh)) expect([key, blanks(text)]).toEqual([key, blanks(en[key as keyof typeof en])]);
});

test("every text of a key that the pages name exists, and none is left over", async () => {
  const files = import.meta.glob(["../**/*.svelte", "../**/*.ts"], { query: "?raw", import: "default", eager: true }) as Record<string, string>;
  const source = Object.entries(files).filter(([name]) => !name.endsWith(".test.ts")).map(([, text]) => text).join("\n");
  const named = [...source.matchAll(/\bt\("([\w.]+)"/g)].map(([, key]) => key!);
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((key) => !(key in zh))).toEqual([]);
  const families = ["mode.", "process.", "flow.", "soc.", "grid.", "demand.", "log.", "severity.", "data.quality.", "control.", "doubt."];
  const left = Object.keys(zh).filter((key) => !source.includes(`"${key}"`) && !families.some((family) => key.startsWith(family)));
  expect(left).toEqual([]);
});
