/* The queue by keyboard and without page loads; without this script its forms do the same. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const queue = document.getElementById("changelist");
  const form = document.getElementById("changelist-form");
  const told = document.querySelector(".queue-told__text");
  const takeBack = document.querySelector(".queue-told__undo");
  const table = document.getElementById("result_list");
  tickAll();
  if (!table || !queue.querySelector(".queue__decide")) return;

  const help = document.getElementById("queue-help");
  const rejecting = document.getElementById("queue-reject");
  const empty = document.querySelector(".queue__empty");
  const decided = []; // numbers, for U
  const hasKeys = queue.dataset.shortcuts === "on";
  let sending = Promise.resolve(); // one after the other, in the order of the keys
  let current = null;
  let loading = false;

  const rows = () => [...table.querySelectorAll(".queue__row:not(.is-sent)")];
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const say = (text, isTrouble = false) => {
    told.textContent = text;
    told.parentElement.classList.toggle("is-trouble", isTrouble);
    takeBack.hidden = isTrouble || !decided.length;
  };
  const STAYING = ["appeal", "no_appeal"]; // said of a comment, and no decision about it

  function goTo(row) {
    if (current) current.classList.remove("is-current");
    current = row || null;
    if (!current) return;
    current.classList.add("is-current");
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "nearest" });
    tellLook();
    if (rows().length - rows().indexOf(current) < 10) loadMore();
  }

  function step(by) {
    const all = rows();
    const place = all.indexOf(current);
    goTo(all[Math.min(all.length - 1, Math.max(0, place + by))] || all[0]);
  }

  async function ask(fields) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token(), ...fields });
    const answer = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  function decide(row, verb, extra = {}) {
    const number = row.dataset.number;
    const seen = row.querySelector(`[name=seen-${number}]`).value;
    const all = rows();
    const place = all.indexOf(row);
    const wasCurrent = row === current;
    row.classList.add("is-sent");
    if (wasCurrent && !STAYING.includes(verb)) goTo(all[place + 1] || all[place - 1]);
    sending = sending.then(() =>
      ask({ decide: `${verb}:${number}`, [`seen-${number}`]: seen, ...extra }).then(
        (answer) => {
          showCounts(answer.counts || {});
          if (answer.done && !STAYING.includes(verb)) {
            decided.push([number, answer.row, row.nextElementSibling]);
            row.remove();
          } else {
            put(row, answer.row);
          }
          say(answer.message, !answer.done);
          if (!rows().length) loadMore();
        },
        () => {
          row.classList.remove("is-sent");
          say(queue.dataset.trouble, true);
        },
      ),
    );
  }

  function undo() {
    sending = sending.then(() => {
      const last = decided.pop();
      if (!last) return null;
      const [number, html, neighbour] = last;
      const seen = parse(html).querySelector(`[name=seen-${number}]`).value;
      return ask({ decide: `undo:${number}`, [`seen-${number}`]: seen }).then(
        (answer) => {
          showCounts(answer.counts || {});
          say(answer.message, !answer.done);
          const row = parse(answer.row);
          if (neighbour && neighbour.isConnected) neighbour.before(row);
          else table.tBodies[0].append(row);
          if (empty) empty.hidden = true;
          goTo(row);
        },
        () => {
          decided.push(last);
          say(queue.dataset.trouble, true);
        },
      );
    });
  }

  function put(row, html) {
    const fresh = html ? parse(html) : row;
    fresh.classList.remove("is-sent");
    row.replaceWith(fresh);
    if (current === row) goTo(fresh);
  }

  function parse(html) {
    const holder = document.createElement("tbody");
    holder.innerHTML = html;
    return holder.querySelector(".queue__row");
  }

  function showCounts(counts) {
    for (const [tab, count] of Object.entries(counts)) {
      const place = document.querySelector(`.queue-tabs__count[data-tab="${tab}"]`);
      if (place) place.textContent = count;
    }
  }

  async function loadMore() {
    const last = table.tBodies[table.tBodies.length - 1];
    if (!loading && !last.dataset.next && empty) empty.hidden = rows().length > 0;
    if (loading || !last.dataset.next) return;
    loading = true;
    try {
      const answer = await fetch(`${last.dataset.next}&rows=1`);
      if (!answer.ok) return;
      const holder = document.createElement("table");
      holder.innerHTML = await answer.text();
      last.dataset.next = "";
      table.append(...holder.tBodies);
      if (!current || !current.isConnected) goTo(rows()[0]);
    } finally {
      loading = false;
    }
  }

  /* Others see which comment is on this screen; we see theirs. */
  let lookTimer = 0;
  function tellLook() {
    clearTimeout(lookTimer);
    lookTimer = setTimeout(async () => {
      if (document.hidden) return;
      const shown = rows().map((row) => row.dataset.number).join(",");
      const look = current ? current.dataset.number : "";
      const { looks, counts } = await ask({ look, shown }).catch(() => ({ looks: null }));
      if (!looks) return;
      showCounts(counts);
      table.querySelectorAll(".queue__looked").forEach((place) => {
        place.textContent = looks[place.dataset.looks] || "";
      });
    }, 400);
  }
  setInterval(tellLook, 30000);

  function reject(row) {
    rejecting.returnValue = "";
    rejecting.showModal();
    rejecting.onclose = () => {
      const note = document.getElementById("queue-reject-note");
      const number = row.dataset.number;
      if (rejecting.returnValue) {
        decide(row, "reject", { [`reason-${number}`]: rejecting.returnValue, [`note-${number}`]: note.value });
      } else {
        goTo(row);
      }
      note.value = "";
    };
  }

  rejecting.addEventListener("keydown", (event) => {
    if (event.target.tagName === "TEXTAREA" || !/^Digit[1-9]$/.test(event.code)) return;
    const button = rejecting.querySelectorAll("ol button")[Number(event.code.slice(5)) - 1];
    if (button) {
      event.preventDefault();
      rejecting.close(button.value);
    }
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[name=decide]");
    const row = button && button.closest(".queue__row");
    if (!row) return;
    const [verb] = button.value.split(":");
    const number = row.dataset.number;
    const select = row.querySelector(`[name=reason-${number}]`);
    event.preventDefault();
    if (verb === "reject" && !select.value) reject(row);
    else decide(row, verb, verb === "reject" ? { [`reason-${number}`]: select.value } : {});
  });
  takeBack.addEventListener("click", undo);
  table.addEventListener("focusin", (event) => {
    const row = event.target.closest(".queue__row");
    if (row && row !== current) {
      if (current) current.classList.remove("is-current");
      current = row;
      row.classList.add("is-current");
      tellLook();
    }
  });

  if (hasKeys) {
    const opener = document.querySelector("[data-open=queue-help]");
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
    document.addEventListener("keydown", onKey);
    goTo(rows()[0]);
  }

  function onKey(event) {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    // By the key's place, so that Kazakh and Russian layouts need no switching.
    const verbs = { KeyA: "approve", KeyS: "spam" };
    const key = event.code;
    if (event.key === "?" || (key === "Slash" && event.shiftKey)) help.showModal();
    else if (event.shiftKey) return;
    else if (key === "KeyJ") step(1);
    else if (key === "KeyK") step(-1);
    else if (key === "KeyU") undo();
    else if (!current || !current.isConnected) return;
    else if (key === "KeyR") reject(current);
    else if (key === "KeyO") location.assign(current.querySelector(".queue__meta a").href);
    else if (key === "KeyQ") {
      const assign = current.querySelector(".queue__assign");
      if (assign) location.assign(assign.href);
    }
    else if (verbs[key]) {
      const wanted = verbs[key] === "approve" ? ["keep", "approve"] : [verbs[key]];
      const button = wanted.map((verb) => current.querySelector(`[value^="${verb}:"]`)).find(Boolean);
      if (button) decide(current, button.value.split(":")[0]);
    } else return;
    event.preventDefault();
  }

  function tickAll() {
    const all = document.getElementById("action-toggle");
    if (!all) return;
    all.addEventListener("change", () => {
      document.querySelectorAll(".action-select").forEach((tick) => {
        tick.checked = all.checked;
      });
    });
  }
});
