/* The languages of an article as tabs. Without this script they stand one under another. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const words = document.getElementById("language-tabs");
  const panels = [...document.querySelectorAll(".language-panel")];
  if (!words || !panels.length) return;

  const REMEMBERED = "article-language";
  const SIGNS = { complete: "●", incomplete: "◐", empty: "○", errors: "!" };
  const codeOf = (panel) => /language-(\w+)/.exec(panel.querySelector("fieldset").className)[1];

  const list = document.createElement("div");
  list.className = "language-tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", words.dataset.label);
  panels[0].before(list);

  const tabs = panels.map((panel) => {
    const code = codeOf(panel);
    const heading = panel.querySelector(".fieldset-heading");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `tab-${code}`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", (panel.id = `panel-${code}`));
    const sign = document.createElement("span");
    sign.className = "sign";
    sign.setAttribute("aria-hidden", "true");
    const name = document.createElement("span");
    name.lang = code;
    name.textContent = heading.textContent;
    const said = document.createElement("span");
    said.className = "visually-hidden";
    tab.append(sign, " ", name, " ", said);
    list.append(tab);
    heading.hidden = true;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    return tab;
  });

  function open(index, { focus = false } = {}) {
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === index));
      tab.tabIndex = i === index ? 0 : -1;
      /* Not display: none. An editor loses its height, in some browsers its text, in a frame without a box. */
      panels[i].classList.toggle("is-closed", i !== index);
      panels[i].inert = i !== index;
    });
    try {
      sessionStorage.setItem(REMEMBERED, codeOf(panels[index]));
    } catch { /* storage may be forbidden; the tab is then not remembered */ }
    if (focus) tabs[index].focus();
  }

  function stateOf(panel) {
    if (panel.querySelector(".errorlist")) return "errors";
    const code = codeOf(panel);
    const heading = document.getElementById(`id_title_${code}`) ? "title" : "headline";
    const filled = [heading, "body", "lead", "byline"].map((field) => {
      const id = `id_${field}_${code}`;
      const editor = window.CKEDITOR?.instances[id];
      const value = editor?.status === "ready" ? editor.getData() : document.getElementById(id)?.value;
      if (value !== undefined) return value.replace(/<[^>]*>|&nbsp;/g, "").trim() !== "";
      const shown = panel.querySelector(`.field-${field}_${code} .readonly`);
      return Boolean(shown) && !["", "-"].includes(shown.textContent.trim());
    });
    if (filled[0] && filled[1]) return "complete";
    return filled.some(Boolean) ? "incomplete" : "empty";
  }

  function mark(index) {
    const state = stateOf(panels[index]);
    tabs[index].dataset.state = state;
    tabs[index].querySelector(".sign").textContent = SIGNS[state];
    tabs[index].querySelector(".visually-hidden").textContent = `(${words.dataset[state]})`;
  }

  function markSoon(index) {
    clearTimeout(tabs[index].timer);
    tabs[index].timer = setTimeout(() => mark(index), 300);
  }

  list.addEventListener("click", (event) => {
    const index = tabs.indexOf(event.target.closest("[role=tab]"));
    if (index >= 0) open(index);
  });
  list.addEventListener("keydown", (event) => {
    const now = tabs.indexOf(document.activeElement);
    const goal = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    open((goal + tabs.length) % tabs.length, { focus: true });
  });
  panels.forEach((panel, index) => panel.addEventListener("input", () => markSoon(index)));
  window.CKEDITOR?.on("instanceReady", ({ editor }) => {
    const index = panels.findIndex((panel) => panel.contains(editor.element.$));
    if (index < 0) return;
    mark(index);
    editor.on("change", () => markSoon(index));
  });

  /* A link to a field, e.g. from the page that says what is missing. */
  function openAtHash() {
    const field = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const index = field ? panels.findIndex((panel) => panel.contains(field)) : -1;
    if (index < 0) return false;
    open(index);
    field.closest(".form-row")?.scrollIntoView({ block: "center" });
    if (field.dataset.type !== "ckeditortype") field.focus();
    else {
      const focus = () => window.CKEDITOR?.instances[field.id]?.focus();
      if (window.CKEDITOR?.instances[field.id]?.status === "ready") focus();
      else window.CKEDITOR?.on("instanceReady", ({ editor }) => editor.name === field.id && focus());
    }
    return true;
  }

  panels.forEach((_panel, index) => mark(index));
  let remembered = null;
  try {
    remembered = sessionStorage.getItem(REMEMBERED);
  } catch { /* as above */ }
  const withErrors = tabs.findIndex((tab) => tab.dataset.state === "errors");
  const last = panels.findIndex((panel) => codeOf(panel) === remembered);
  open(withErrors >= 0 ? withErrors : Math.max(last, 0));
  openAtHash();
  window.addEventListener("hashchange", openAtHash);
});
