/* Says that this page is open, and shows who else has the article open or has saved it since. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const here = document.getElementById("others");
  const form = here?.closest("form");
  if (!form) return;
  const EVERY = 20_000;
  const { address, signIn, ended, signInWords, away } = here.dataset;

  function say(sentences) {
    const said = sentences.map((sentence) => {
      const paragraph = document.createElement("p");
      paragraph.append(sentence);
      return paragraph;
    });
    /* A live region that is filled anew is read out anew. */
    if (said.map((p) => p.textContent).join() === [...here.children].map((p) => p.textContent).join()) return;
    here.replaceChildren(...said);
    here.hidden = !said.length;
  }

  function sayEnded() {
    const link = Object.assign(document.createElement("a"), { href: signIn, target: "_blank", textContent: signInWords });
    say([ended]);
    here.firstChild.append(" ", link);
  }

  const body = (more) => new URLSearchParams({ revision: form.elements.revision?.value ?? "", ...more });

  async function ask() {
    let response;
    try {
      response = await fetch(address, { method: "POST", body: body(), redirect: "manual", credentials: "same-origin" });
    } catch {
      say([away]);
      return;
    }
    if (response.type === "opaqueredirect" || response.status === 403) sayEnded();
    else if (!response.ok) say([away]);
    else {
      const { others, token } = await response.json();
      form.elements.csrfmiddlewaretoken.value = token;
      say(others);
    }
  }

  ask();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
  let isSaving = false;
  form.addEventListener("submit", () => { isSaving = true; });
  window.addEventListener("pagehide", () => isSaving || navigator.sendBeacon(address, body({ leave: "1" })));
});
