import en from "../words/en.json";
import zh from "../words/zh.json";
import type { Both, Lang } from "./types";

export type Key = keyof typeof zh;
const WORDS: Record<Lang, Record<Key, string>> = { zh, en };
const REMEMBERED = "lingtan.lang";

function remembered(): Lang {
  try {
    return localStorage.getItem(REMEMBERED) === "en" ? "en" : "zh";
  } catch {
    return "zh";
  }
}

class Language {
  lang = $state<Lang>(remembered());

  /** The other language, from now on and for the next visit. */
  switch() {
    this.lang = this.lang === "zh" ? "en" : "zh";
    try {
      localStorage.setItem(REMEMBERED, this.lang);
    } catch {
      // a browser that remembers nothing still switches
    }
  }
}

export const language = new Language();

/** A text by its key, with its placeholders filled. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text = WORDS[language.lang][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Whether there is a text of this key. */
export function isKey(key: string): key is Key {
  return key in zh;
}

/** A text that came in both languages. */
export function both(words: Both): string {
  return words[language.lang];
}
