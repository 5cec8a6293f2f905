/* The form for a comment opens where the reader is. Without this script, or when anything goes
   wrong, the link leads to the form's own page. What was typed outlives a closed form, another
   place to answer, and a line that breaks; it is forgotten once the comment has arrived. */
"use strict";

(() => {
  const DRAFT = `comment-draft:${location.pathname}`;
  const FIELDS = ["name", "text"];
  let opened = null; // the form, its place on the page, and the link that opened it

  const drafts = (work) => {
    try {
      return work(sessionStorage);
    } catch {
      return null; // not every browser keeps anything
    }
  };

  const save = (form) => {
    const typed = FIELDS.map((name) => [name, form.elements[name].value]);
    drafts((store) => store.setItem(DRAFT, JSON.stringify(Object.fromEntries(typed))));
  };

  const restore = (form) => {
    const typed = drafts((store) => JSON.parse(store.getItem(DRAFT))) || {};
    for (const name of FIELDS) form.elements[name].value ||= typed[name] || "";
  };

  const close = () => {
    if (!opened) return;
    opened.place.remove();
    opened.link.hidden = false;
    opened = null;
  };

  const open = (link, page) => {
    const form = document.adoptNode(page.querySelector(".comment-form"));
    const place = document.createElement("section");
    const title = document.createElement("h3");
    title.id = "comment-form-title";
    title.textContent = page.querySelector("h1").textContent;
    place.className = "comment-place";
    place.setAttribute("aria-labelledby", title.id);
    place.append(title, form);
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "button button--plain";
    cancel.textContent = form.dataset.cancel;
    cancel.addEventListener("click", () => {
      close();
      link.focus();
    });
    form.querySelector(".form-buttons").append(cancel);
    close();
    link.parentElement.after(place);
    link.hidden = true;
    opened = { place, link };
    restore(form);
    form.addEventListener("input", () => save(form));
    (form.elements.name.value ? form.elements.text : form.elements.name).focus();
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-comment-form]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    link.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
      open(link, new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      location.assign(link.href);
    } finally {
      link.removeAttribute("aria-busy");
    }
  });

  if (document.querySelector(".receipt")) {
    drafts((store) => Object.keys(store).filter((key) => key.startsWith("comment-draft:")).forEach((key) => store.removeItem(key)));
  }
})();
