"use strict";
// The language of the page: the address (#zh, #en) decides, then the reader's last choice, then the browser.
(() => {
  const root = document.documentElement;
  const store = "lingtan.report.language";
  const kept = () => { try { return localStorage.getItem(store); } catch { return null; } };
  const keep = (language) => { try { localStorage.setItem(store, language); } catch { /* a page may be without memory */ } };
  const asked = () => ({ "#zh": "zh", "#en": "en" })[location.hash];
  const spoken = () => ((navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en");
  const show = (language) => {
    root.lang = language === "zh" ? "zh-Hans" : "en";
    document.title = language === "zh" ? root.dataset.titleZh : root.dataset.titleEn;
  };
  show(asked() || kept() || spoken());
  addEventListener("hashchange", () => { if (asked()) { show(asked()); } });
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("language").addEventListener("click", () => {
      const language = root.lang === "en" ? "zh" : "en";
      keep(language);
      show(language);
    });
  });
})();
