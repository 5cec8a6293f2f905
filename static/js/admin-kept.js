/* What is typed stays in this browser until it is saved: a closed tab, an expired session or a
   server that is down cost nobody a word. Each open page keeps a copy of its own; copies that no
   save has taken over are offered back, with their age. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const offer = document.getElementById("kept");
  const form = offer?.closest("form");
  if (!form || !form.querySelector(".submit-row [type=submit]")) return;

  const PREFIX = `typed:${offer.dataset.key}:`;
  const KEPT_DAYS = 30;
  const own = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
  const editors = () => window.CKEDITOR?.instances ?? {};
  const isTyped = (element) => element.name && !["hidden", "file", "submit", "button"].includes(element.type)
    && !/_FORMS$|__prefix__|^fits$|^is_minor$|^choice-/.test(element.name);

  /* The save tells by this which copy it has taken over. */
  const mark = document.createElement("input");
  Object.assign(mark, { type: "hidden", name: "typed_copy", value: own });
  form.append(mark);

  /* --- the form as plain data --- */
  function read() {
    const fields = {};
    for (const element of form.elements) {
      if (!isTyped(element)) continue;
      if (element.type === "checkbox" || element.type === "radio") {
        if (element.checked) (fields[element.name] ??= []).push(element.value);
      } else if (element.tagName === "SELECT") {
        fields[element.name] = [...element.selectedOptions].map(({ value, text }) => [value, text]);
      } else {
        fields[element.name] = editors()[element.id]?.getData() ?? element.value;
      }
    }
    return fields;
  }

  const essence = (value) => (Array.isArray(value)
    ? value.map((item) => (Array.isArray(item) ? item[0] : item)).filter(Boolean).sort().join("|")
    : (value ?? "").replace(/>\s+|\s+</g, (found) => found.trim()).replace(/\s+/g, " ").trim());

  const differing = (one, other) => [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => essence(one[name]) !== essence(other[name]) && !/-position$/.test(name));

  /* --- the copies --- */
  function copies() {
    const found = [];
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      try {
        found.push({ key, ...JSON.parse(localStorage.getItem(key)) });
      } catch {
        localStorage.removeItem(key);
      }
    }
    return found.sort((a, b) => b.at - a.at);
  }

  function forgetSaved() {
    const cookie = document.cookie.split("; ").find((part) => part.startsWith("typed_saved="));
    for (const id of (cookie?.split("=")[1] ?? "").split(".").filter(Boolean)) localStorage.removeItem(PREFIX + id);
    /* A new article has got its number since. */
    for (const id of (cookie?.split("=")[1] ?? "").split(".").filter(Boolean)) {
      localStorage.removeItem(`${PREFIX.replace(/:\w+:$/, ":new:")}${id}`);
    }
  }

  let baseline = null;
  let isRefused = false;
  let timer;
  let isLeaving = false;

  const isDirty = () => baseline !== null && (isRefused || differing(baseline, read()).length > 0);

  function keep() {
    clearTimeout(timer);
    if (baseline === null) return;
    try {
      const isDone = !isDirty();
      if (isDone) localStorage.removeItem(PREFIX + own);
      else localStorage.setItem(PREFIX + own, JSON.stringify({ at: Date.now(), fields: read() }));
      form.dataset.kept = isDone ? "on" : "typed";
    } catch {
      offer.before(Object.assign(document.createElement("p"), { className: "errornote", textContent: offer.dataset.full }));
      keep.isOff = true;
    }
  }
  function keepSoon() {
    if (keep.isOff) return;
    clearTimeout(timer);
    timer = setTimeout(keep, 700);
  }

  /* --- the offer --- */
  /* Not by the browser's own words: some know no Kazakh. */
  function age(moment) {
    const minutes = Math.floor((Date.now() - moment) / 60000);
    const [unit, number] = minutes < 1 ? ["now", 0]
      : minutes < 60 ? ["minutes", minutes]
        : minutes < 1440 ? ["hours", Math.floor(minutes / 60)] : ["days", Math.floor(minutes / 1440)];
    return offer.dataset[unit].replace("{n}", number);
  }

  function clock(moment) {
    const two = (number) => String(number).padStart(2, "0");
    return `${two(moment.getDate())}.${two(moment.getMonth() + 1)}.${moment.getFullYear()} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
  }

  function labelOf(name) {
    const element = form.elements[name];
    const id = (element?.id ?? element?.[0]?.id ?? "").replace(/_\d$/, "");
    const label = form.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent.replace(/:\s*$/, "");
    const language = element?.closest?.(".language-panel")?.querySelector(".language-heading").textContent;
    return [label ?? name, language].filter(Boolean).join(", ");
  }

  function show() {
    const now = read();
    for (const copy of copies()) {
      const names = copy.key === PREFIX + own ? [] : differing(copy.fields, now);
      if (copy.at < Date.now() - KEPT_DAYS * 86400000) localStorage.removeItem(copy.key);
      else if (names.length) return present(copy, names);
      else if (copy.key !== PREFIX + own && !isRefused) localStorage.removeItem(copy.key);
    }
    offer.hidden = true;
  }

  function present(copy, names) {
    const time = offer.querySelector("time");
    const moment = new Date(copy.at);
    time.dateTime = moment.toISOString();
    time.textContent = `${age(copy.at)} (${clock(moment)})`;
    offer.querySelector(".kept-fields").textContent = [...new Set(names.map(labelOf))].join("; ");
    offer.hidden = false;
    offer.querySelector("[data-kept=restore]").onclick = () => {
      restore(copy.fields, names);
      localStorage.removeItem(copy.key);
      keep();
      show();
    };
    offer.querySelector("[data-kept=discard]").onclick = () => {
      localStorage.removeItem(copy.key);
      show();
    };
  }

  /* Rows of the gallery that the form does not have yet. */
  function makeRoom(name) {
    const [, prefix, number] = /^(\w+)-(\d+)-/.exec(name) ?? [];
    for (let tries = 0; prefix && !form.elements[name] && tries <= Number(number); tries += 1) {
      document.querySelector(`#${prefix}-group .add-row a`)?.click();
    }
  }

  function restore(fields, names) {
    names.forEach(makeRoom);
    for (const name of names) {
      const value = fields[name];
      const elements = [...form.elements].filter((element) => element.name === name);
      for (const element of elements) {
        if (element.type === "checkbox" || element.type === "radio") element.checked = (value ?? []).includes(element.value);
        else if (element.tagName === "SELECT") choose(element, value ?? []);
        else if (editors()[element.id]) editors()[element.id].setData(value ?? "", { callback: keep });
        else element.value = value ?? "";
        element.dispatchEvent(new Event("input", { bubbles: true }));
        element.dispatchEvent(new Event("change", { bubbles: true }));
        if (element.tagName === "SELECT") window.django?.jQuery(element).trigger("change");
      }
    }
  }

  function choose(select, chosen) {
    for (const [value, text] of chosen) {
      if (![...select.options].some((option) => option.value === value)) select.append(new Option(text, value));
    }
    for (const option of select.options) option.selected = chosen.some(([value]) => value === option.value);
  }

  /* --- begin, once the editors hold their texts --- */
  function begin() {
    isRefused = Boolean(document.querySelector(".errornote"));
    /* What was refused stands in the form again. */
    if (offer.dataset.posted) localStorage.removeItem(PREFIX + offer.dataset.posted);
    forgetSaved();
    baseline = read();
    show();
    if (isRefused) keep();
    form.addEventListener("input", keepSoon);
    form.addEventListener("change", keepSoon);
    window.django?.jQuery(form).on("change", "select", keepSoon);
    for (const editor of Object.values(editors())) editor.on("change", keepSoon);
    form.addEventListener("submit", () => {
      isLeaving = true;
      keep();
    });
    window.addEventListener("pagehide", keep);
    window.addEventListener("beforeunload", (event) => {
      if (isLeaving || !isDirty()) return;
      keep();
      event.preventDefault();
    });
    form.dataset.kept = "on";
  }

  const waiting = new Set([...form.querySelectorAll("textarea[data-type=ckeditortype]")].map(({ id }) => id));
  if (!window.CKEDITOR || !waiting.size) begin();
  else {
    const ready = ({ name }) => waiting.delete(name) && !waiting.size && begin();
    window.CKEDITOR.on("instanceReady", ({ editor }) => ready(editor));
    Object.values(editors()).filter(({ status }) => status === "ready").forEach(ready);
  }
});
