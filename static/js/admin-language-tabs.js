/* The languages of an article as tabs, two of them side by side where there is room.
   Without this script they stand one under another. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const words = document.getElementById("language-tabs");
  const panels = [...document.querySelectorAll(".language-panel")];
  if (!words || !panels.length) return;

  const OPEN = "article-language";
  const BESIDE = "article-beside";
  const SIGNS = { complete: "✓", incomplete: "◐", outdated: "↻", missing: "○", errors: "!" };
  const codeOf = (panel) => panel.dataset.language;
  const frame = panels[0].parentElement;

  function remember(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch { /* storage may be forbidden; then nothing is remembered */ }
  }
  function remembered(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  /* --- the tabs --- */
  const bar = document.createElement("div");
  bar.className = "language-bar";
  const list = document.createElement("div");
  list.className = "language-tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", words.dataset.label);
  bar.append(list);
  frame.before(bar);
  frame.classList.add("has-tabs");

  const span = (className, text = "") => {
    const element = document.createElement("span");
    element.className = className;
    element.textContent = text;
    return element;
  };

  const tabs = panels.map((panel) => {
    const code = codeOf(panel);
    const heading = panel.querySelector(".language-heading");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `tab-${code}`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", (panel.id = `panel-${code}`));
    const sign = span("sign");
    sign.setAttribute("aria-hidden", "true");
    const name = span("name", heading.textContent);
    name.lang = code;
    tab.append(sign, " ", name, " ", span("state"));
    list.append(tab);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    return tab;
  });

  /* --- a second language beside the open one --- */
  const label = document.createElement("label");
  label.className = "language-beside";
  const beside = document.createElement("select");
  beside.append(new Option(words.dataset.alone, ""));
  tabs.forEach((tab, i) => {
    const option = new Option(tab.querySelector(".name").textContent, codeOf(panels[i]));
    option.lang = codeOf(panels[i]);
    beside.append(option);
  });
  beside.value = remembered(BESIDE) ?? "";
  if (beside.selectedIndex < 0) beside.value = "";
  label.append(`${words.dataset.beside}: `, beside);
  if (panels.length > 1) bar.append(label);
  const wide = window.matchMedia("(min-width: 75rem)");

  let opened = 0;
  function open(index, { focus = false } = {}) {
    opened = index;
    const second = wide.matches ? panels.findIndex((panel) => codeOf(panel) === beside.value) : -1;
    const isDouble = second >= 0 && second !== index;
    tabs.forEach((tab, i) => {
      const isSeen = i === index || (isDouble && i === second);
      tab.setAttribute("aria-selected", String(i === index));
      tab.tabIndex = i === index ? 0 : -1;
      tab.classList.toggle("is-beside", isDouble && i === second);
      /* Not display: none. An editor loses its height, in some browsers its text, in a frame without a box. */
      panels[i].classList.toggle("is-closed", !isSeen);
      panels[i].classList.toggle("is-beside", isDouble && i === second);
      panels[i].inert = !isSeen;
    });
    frame.classList.toggle("is-double", isDouble);
    document.body.classList.toggle("languages-side-by-side", isDouble);
    remember(OPEN, codeOf(panels[index]));
    if (focus) tabs[index].focus();
  }
  beside.addEventListener("change", () => {
    remember(BESIDE, beside.value);
    open(opened);
  });
  wide.addEventListener("change", () => open(opened));

  /* --- how each language stands, while it is typed --- */
  function stateOf(panel) {
    if (panel.querySelector(".errorlist")) return "errors";
    const code = codeOf(panel);
    const heading = document.getElementById(`id_title_${code}`) ? "title" : "headline";
    const filled = [heading, "body", "lead", "byline"].map((field) => {
      const id = `id_${field}_${code}`;
      const editor = window.CKEDITOR?.instances[id];
      const value = editor?.status === "ready" ? editor.getData() : document.getElementById(id)?.value;
      if (value !== undefined) return value.replace(/<(?!img)[^>]*>|&nbsp;/g, "").trim() !== "";
      const shown = panel.querySelector(`.field-${field}_${code} .readonly`);
      return Boolean(shown) && !["", "-", "—"].includes(shown.textContent.trim());
    });
    if (filled[0] && filled[1]) return panel.dataset.state === "outdated" ? "outdated" : "complete";
    return filled.some(Boolean) ? "incomplete" : "missing";
  }

  function mark(index) {
    const state = stateOf(panels[index]);
    tabs[index].dataset.state = state;
    tabs[index].querySelector(".sign").textContent = SIGNS[state];
    tabs[index].querySelector(".state").textContent = words.dataset[state];
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

  /* A link to a field or a language, e.g. from the page that says what is missing. */
  function openAtHash() {
    const goal = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const index = goal ? panels.findIndex((panel) => panel.contains(goal)) : -1;
    if (index < 0) return false;
    open(index);
    (goal.closest(".form-row") ?? tabs[index]).scrollIntoView({ block: "center" });
    if (goal === panels[index]) tabs[index].focus();
    else if (goal.dataset.type !== "ckeditortype") goal.focus();
    else {
      const focus = () => window.CKEDITOR?.instances[goal.id]?.focus();
      if (window.CKEDITOR?.instances[goal.id]?.status === "ready") focus();
      else window.CKEDITOR?.on("instanceReady", ({ editor }) => editor.name === goal.id && focus());
    }
    return true;
  }

  panels.forEach((_panel, index) => mark(index));
  const withErrors = tabs.findIndex((tab) => tab.dataset.state === "errors");
  const last = panels.findIndex((panel) => codeOf(panel) === remembered(OPEN));
  open(withErrors >= 0 ? withErrors : Math.max(last, 0));
  openAtHash();
  window.addEventListener("hashchange", openAtHash);
});
