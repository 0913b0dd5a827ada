import { listen, readForecasts, readHistory, readLog, readNow, readPark, Refused, session } from "./api";
import { balanceOf, type Balance } from "./balance";
import { scaleFor, type Scale } from "./format";
import type { Entry, Forecasts, History, Now, Park } from "./types";

const HISTORY_EVERY_MS = 60_000;
const FORECASTS_EVERY_MS = 60_000;
const LOG_EVERY_MS = 3_000;

export type Page = "cockpit" | "forecast";

/** The page that an address names; a place within a page is none. */
export function pageOf(hash: string): Page | null {
  if (hash === "#forecast") return "forecast";
  return hash === "" || hash === "#cockpit" ? "cockpit" : null;
}

/** All that the pages show: read once, then kept alive by the stream. */
export class Cockpit {
  park = $state.raw<Park | null>(null);
  now = $state.raw<Now | null>(null);
  history = $state.raw<History | null>(null);
  log = $state.raw<Entry[]>([]);
  forecasts = $state.raw<Forecasts | null>(null);
  page = $state<Page>(pageOf(location.hash) ?? "cockpit");
  hours = $state(6);
  lost = $state(false);
  /** The browser's clock, corrected by the server's, so that countdowns run smoothly. */
  clockMs = $state(0);

  balance: Balance | null = $derived(this.park && this.now ? balanceOf(this.park, this.now) : null);
  scale: Scale = $derived(scaleFor(this.park ? largest(this.park) : 0));

  #offsetMs = 0;
  #ends: (() => void)[] = [];

  constructor(private readonly ended: () => void) {}

  async start(): Promise<void> {
    this.park = await readPark();
    this.#hear(await readNow());
    this.#ends.push(listen((now) => this.#hear(now), () => void this.#lose()));
    this.#every(250, () => (this.clockMs = Date.now() + this.#offsetMs));
    this.#every(HISTORY_EVERY_MS, () => this.readHistory());
    this.#every(LOG_EVERY_MS, () => this.readLog());
    const turn = () => this.#turn(pageOf(location.hash));
    addEventListener("hashchange", turn);
    this.#ends.push(() => removeEventListener("hashchange", turn));
    this.#every(FORECASTS_EVERY_MS, () => this.page === "forecast" && this.readForecasts());
    await Promise.all([this.readHistory(), this.readLog()]);
    this.#turn(this.page);
  }

  stop(): void {
    for (const end of this.#ends) end();
    this.#ends = [];
  }

  async readHistory(): Promise<void> {
    await this.#guarded(async () => (this.history = await readHistory(this.hours)));
  }

  async readLog(): Promise<void> {
    await this.#guarded(async () => (this.log = (await readLog()).entries));
  }

  async readForecasts(): Promise<void> {
    await this.#guarded(async () => (this.forecasts = await readForecasts()));
  }

  show(hours: number): void {
    this.hours = hours;
    void this.readHistory();
  }

  #turn(page: Page | null): void {
    if (page === null) return;
    this.page = page;
    if (page === "forecast") void this.readForecasts();
  }

  #hear(now: Now): void {
    this.#offsetMs = now.at_ms - Date.now();
    this.clockMs = now.at_ms;
    this.lost = false;
    const planned = this.now?.plan?.issued_ms;
    this.now = now;
    if (planned !== undefined && now.plan?.issued_ms !== planned) void this.readHistory();
  }

  async #lose(): Promise<void> {
    this.lost = true;
    await this.#guarded(async () => {
      if (!(await session()).open) throw new Refused(401, [], null);
    });
  }

  /** A call that may fail: the picture stays, but without a session there is nothing more to see. */
  async #guarded(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        this.stop();
        this.ended();
      }
    }
  }

  #every(ms: number, work: () => unknown): void {
    const timer = setInterval(work, ms);
    this.#ends.push(() => clearInterval(timer));
  }
}

/** The largest power of the park: decides in which unit it is shown. */
function largest(park: Park): number {
  const sizes = Object.values(park.assets).map((asset) => asset.power_kw ?? 0);
  return Math.max(...sizes, ...Object.values(park.connections).map((each) => each.import_limit_kw));
}
