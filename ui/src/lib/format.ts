import type { Lang } from "./types";

const MINUS = "\u2212";
const THIN = "\u2009";

/** What is not known. */
export const UNKNOWN = "–";

/** A number with fixed decimals, grouped in thousands, with a real minus sign. */
export function number(value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return UNKNOWN;
  const shown = Math.abs(value).toFixed(decimals);
  const [whole = "", part] = shown.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  const negative = value < 0 && Number(shown) !== 0;
  return (negative ? MINUS : "") + grouped + (part ? `.${part}` : "");
}

/** The unit in which a whole park is shown: one for all its figures, so that they can be compared at a glance. */
export interface Scale {
  unit: string;
  energyUnit: string;
  divisor: number;
  decimals: number;
}

export function scaleFor(largestKw: number): Scale {
  if (largestKw >= 10_000) return { unit: "MW", energyUnit: "MWh", divisor: 1000, decimals: largestKw >= 100_000 ? 1 : 2 };
  return { unit: "kW", energyUnit: "kWh", divisor: 1, decimals: largestKw < 100 ? 1 : 0 };
}

export function scaled(kw: number | null | undefined, scale: Scale): string {
  return number(kw === null || kw === undefined ? null : kw / scale.divisor, scale.decimals);
}

export function power(kw: number | null | undefined, scale: Scale): string {
  return `${scaled(kw, scale)} ${scale.unit}`;
}

export function percent(share: number | null | undefined, decimals = 0): string {
  return share === null || share === undefined ? UNKNOWN : `${number(100 * share, decimals)}%`;
}

/** A length of time that needs no second look: `4:05`, `1:30:00`. */
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  const [hours, minutes] = [Math.floor(left / 3600), Math.floor((left % 3600) / 60)];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${minutes}:${two(left % 60)}`;
}

/** An age in the largest unit that fits. */
export function age(seconds: number | null | undefined, lang: Lang): string {
  if (seconds === null || seconds === undefined) return UNKNOWN;
  const units: [number, string, string][] = [
    [86_400, "天", "d"],
    [3600, "小时", "h"],
    [60, "分", "min"],
    [1, "秒", "s"],
  ];
  for (const [length, zh, en] of units) {
    if (seconds >= length || length === 1) {
      return `${length === 1 && seconds < 10 ? number(seconds, 1) : Math.floor(seconds / length)} ${lang === "zh" ? zh : en}`;
    }
  }
  return UNKNOWN;
}

/** Wall clocks of the park, wherever the browser stands. */
export function clocks(zone: string, lang: Lang) {
  const locale = lang === "zh" ? "zh-CN" : "en-GB";
  const in_ = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: "h23", ...options });
  const minute = in_({ hour: "2-digit", minute: "2-digit" });
  const second = in_({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const day = in_({ month: "short", day: "numeric", weekday: "short" });
  const shortDay = in_({ month: "numeric", day: "numeric" });
  return {
    minute: (ms: number) => minute.format(ms),
    second: (ms: number) => second.format(ms),
    day: (ms: number) => day.format(ms),
    shortDay: (ms: number) => shortDay.format(ms),
  };
}
