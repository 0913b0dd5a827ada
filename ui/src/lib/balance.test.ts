import { expect, test } from "vitest";
import { balanceOf, grouped } from "./balance";
import type { Asset, Now, Park, Reading } from "./types";

const asset = (family: Asset["family"], name: string): Asset => ({ title: { zh: name, en: name }, family, sets: null, low_kw: null, high_kw: null });
const park = {
  assets: { mill: asset("load", "mill"), office: asset("load", "office"), pv: asset("pv", "pv"), battery: asset("battery", "battery") },
  connections: { grid: { title: { zh: "grid", en: "grid" }, import_limit_kw: 1000, export_limit_kw: 0 } },
} as unknown as Park;

function now(values: Record<string, number | null>): Now {
  const reading = (value: number | null): Reading => ({ value, unit: "kW", quality: 0, age_s: 0 });
  return { points: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, reading(value)])) } as Now;
}

const KNOWN = { "mill.power_kw": -500, "office.power_kw": -100, "pv.power_kw": 300, "battery.power_kw": -50, "grid.power_kw": 360 };

test("in is out, losses and what nobody explains", () => {
  // 300 + 360 = 660 in; 500 + 100 + 50 = 650 out: 10 kW are unexplained. Rules out hiding them in the loads.
  const found = balanceOf(park, now(KNOWN));
  expect([found.totalIn, found.totalOut, found.losses, found.unexplained]).toEqual([660, 650, null, 10]);
  expect(found.in.map((part) => part.name)).toEqual(["pv", "grid"]);
  expect(found.out.map((part) => part.name)).toEqual(["battery", "mill", "office"]);
});

test("metered losses are no longer unexplained", () => {
  const found = balanceOf(park, now({ ...KNOWN, "main.losses_kw": 7 }));
  expect([found.losses, found.unexplained]).toEqual([7, 3]);
});

test("what goes out unexplained has the other sign", () => {
  expect(balanceOf(park, now({ ...KNOWN, "grid.power_kw": 340 })).unexplained).toBe(-10);
});

test("a reading that is not there is missing, not zero", () => {
  // Rules out a balance that looks closed because a dead meter counts as 0 kW.
  const found = balanceOf(park, now({ ...KNOWN, "pv.power_kw": null }));
  expect(found.missing).toEqual(["pv"]);
  expect(found.unexplained).toBe(-290);
  expect(balanceOf(park, now({})).missing).toEqual(["pv", "battery", "grid", "mill", "office"]);
});

test("many loads are shown as one, few one by one", () => {
  const part = (name: string, kw: number) => ({ name, title: { zh: "", en: "" }, family: "load", shade: 0, kw, reading: { value: -kw, unit: "kW", quality: name === "c" ? (2 as const) : (0 as const), age_s: kw } });
  const title = { zh: "负荷", en: "Loads" };
  expect(grouped([part("a", 1), part("b", 2)], "load", title)).toHaveLength(2);
  const [one] = grouped([part("a", 1), part("b", 2), part("c", 3), part("d", 4)], "load", title);
  expect([one?.kw, one?.reading?.age_s, one?.title.en]).toEqual([10, 3, "Loads"]);
});
