import { expect, test } from "vitest";
import { age, clocks, countdown, number, percent, power, scaleFor } from "./format";

test("numbers have grouped thousands, a real minus and no minus zero", () => {
  expect(number(1234567.4)).toBe("1\u2009234\u2009567");
  expect(number(-0.04, 1)).toBe("0.0");
  expect(number(-1250, 1)).toBe("\u22121\u2009250.0");
  expect([number(null), number(undefined), number(Number.NaN)]).toEqual(["–", "–", "–"]);
});

test("a whole park has one unit", () => {
  expect(power(1234, scaleFor(9_999))).toBe("1\u2009234 kW");
  expect(power(1234, scaleFor(15_200))).toBe("1.23 MW");
  expect(power(85_320, scaleFor(232_600))).toBe("85.3 MW");
  expect(power(null, scaleFor(50))).toBe("– kW");
});

test("lengths of time are read at a glance", () => {
  expect([countdown(245), countdown(3725), countdown(-3), countdown(0.2)]).toEqual(["4:05", "1:02:05", "0:00", "0:01"]);
  expect([age(0.42, "en"), age(61, "zh"), age(7300, "en"), age(200_000, "zh"), age(null, "zh")]).toEqual(["0.4 s", "1 分", "2 h", "2 天", "–"]);
});

test("clocks are those of the park, not of the browser", () => {
  // 2026-11-28 16:30 UTC is half past midnight of the 29th in Shanghai.
  const at = Date.UTC(2026, 10, 28, 16, 30);
  expect(clocks("Asia/Shanghai", "en").minute(at)).toBe("00:30");
  expect(clocks("Asia/Shanghai", "zh").shortDay(at)).toContain("29");
  expect(clocks("Europe/Berlin", "en").second(at)).toBe("17:30:00");
});

test("percent", () => {
  expect([percent(0.2704, 1), percent(-0.358), percent(null)]).toEqual(["27.0%", "\u221236%", "–"]);
});
