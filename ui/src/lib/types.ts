// What the interface sends (docs/guide/web.md). What is not known is null.

export type Lang = "zh" | "en";
export type Both = Record<Lang, string>;
export type Mode = "off" | "shadow" | "auto";

export interface Asset {
  title: Both;
  family: "load" | "pv" | "wind" | "firm_line" | "battery";
  sets: "power" | "limit" | null;
  low_kw: number | null;
  high_kw: number | null;
  power_kw?: number;
  energy_kwh?: number;
}

export interface Connection {
  title: Both;
  import_limit_kw: number;
  export_limit_kw: number;
}

export interface Park {
  name: string;
  title: Both;
  disclosure: Both;
  zone: string;
  studied_year: number;
  twin: boolean;
  created_ms: number;
  connections: Record<string, Connection>;
  quantities: Record<string, Both>;
  assets: Record<string, Asset>;
}

export interface Reading {
  value: number | null;
  unit: string;
  /** Good, in doubt, too old, unusable. */
  quality: 0 | 1 | 2 | 3;
  age_s: number;
}

export interface Decision {
  at_ms: number;
  set_point_kw: number | null;
  low_kw: number | null;
  high_kw: number | null;
  author: string;
  reason: string;
  words: Both;
  author_words: Both;
  revert_kw: number | null;
  lease_s: number | null;
  written: boolean;
}

export interface Standing {
  kind: "stop" | "proposal";
  at_ms: number;
  until_ms: number | null;
  low_kw?: number | null;
  high_kw?: number | null;
  wish_kw?: number | null;
}

export interface Demand {
  connection: string;
  window_kw: number | null;
  limit_kw: number | null;
  limit_of: "demand" | "connection";
  forecast_kw: number | null;
  start_ms: number;
  ends_ms: number;
}

export interface Life {
  alive: boolean;
  age_s: number | null;
}

export interface Now {
  at_ms: number;
  mode: Mode | null;
  phase: string | null;
  tick_ms: number | null;
  /** The last hour of control. */
  ticks: { p99_ms: number | null; late: number; missed: number } | null;
  points: Record<string, Reading>;
  decisions: Record<string, Decision>;
  orders: Record<string, Standing>;
  demand: Demand | null;
  price_cny_per_kwh: number | null;
  next_price_cny_per_kwh: number | null;
  next_price_ms: number | null;
  plan: { issued_ms: number; accepted: boolean } | null;
  last_plan: { issued_ms: number; accepted: boolean; reason: string } | null;
  /** The weather of the plan in force; null where no weather is taken in, or there is no plan yet. */
  weather: { standing: "fresh" | "old" | "none"; source?: string; issued_ms?: number; age_s?: number; moved?: string[] } | null;
  processes: Record<string, Life>;
  /** Which devices gave nothing of late, of how many; null before control's first word. */
  devices: { silent: string[]; all: number } | null;
}

export interface Line {
  at_ms: number[];
  value: number[];
}

export interface PlanLine {
  at_ms: number[];
  power_kw: number[];
  soc: (number | null)[];
}

export interface History {
  now_ms: number;
  from_ms: number;
  until_ms: number;
  step_ms: number;
  actual: Record<string, Line>;
  plan: {
    issued_ms: number | null;
    step_s: number | null;
    assets: Record<string, PlanLine>;
    price: { at_ms: number[]; cny_per_kwh: number[] };
  };
}

export interface Entry {
  id: string;
  at_ms: number;
  source: "event" | "order";
  /** Of an order: whether control has heard it. */
  heard?: boolean;
  code: string;
  who: string;
  severity: string;
  detail: Record<string, unknown>;
  words: Both;
}

export interface Finding {
  code: string;
  who: string;
  zh: string;
  en: string;
}

export interface Shown {
  name: string;
  title: Both;
  kind: "load" | "price" | "wind" | "pv";
  /** Made for today, for the studied day that a twin lives through today, or for another day. */
  when: "today" | "studied" | "other";
  made_for: string | null;
  /** Of the quantiles: kW, or of a price what it is in. */
  unit: string;
  start_ms: number;
  step_ms: number;
  model: Both | null;
  weather: Both | null;
  levels: number[];
  quantiles: (number | null)[][] | null;
  measured: (number | null)[];
  plan: (number | null)[];
  /** What the plan expected that was in force as the day began. */
  vintage: (number | null)[];
}

export interface Score {
  key: string;
  title: Both;
  form: "figure" | "share" | "p";
  unit: string | null;
  /** One a model, ours first. */
  values: (number | null)[];
}

export interface TestedDay {
  day: string;
  start_ms: number;
  step_ms: number;
  quantiles: (number | null)[][];
  measured: (number | null)[];
  mae: number | null;
}

export interface Tested {
  name: string;
  title: Both;
  kind: string;
  /** `1` is a share of power. */
  unit: string;
  weather: Both;
  first: string;
  last: string;
  models: Both[];
  scores: Score[];
  reliability: { level: number; share_below: number }[];
  levels: number[];
  /** The newest, then the worst. */
  days: TestedDay[];
}

export interface Forecasts {
  now_ms: number;
  day: string;
  gate: string | null;
  plan_ms: number | null;
  vintage_ms: number | null;
  /** Of which forecasts the plan in force took what it expects; null where of none. */
  followed: { known_ms: number; targets: Both[] } | null;
  targets: Shown[];
  tested: {
    gate: string;
    notes: Both[];
    targets: Tested[];
    /** What forecasts of all targets together cost a day; null where that was not reckoned. */
    regret: { days: number; models: { title: Both; cny: number }[] } | null;
  } | null;
  commands: { ahead: string; tested: string };
  findings: Finding[];
}
