/* The admin's fields that search while one types are called what their labels say: their script
   gives them no names. */
"use strict";

(() => {
  function wordsFor(field) {
    const label = document.querySelector(`label[for="${field.id}"]`);
    const cell = field.closest("td[class^=field-]");
    const column = cell?.className.match(/field-(\w+)/)?.[1];
    const heading = column && cell.closest("table").querySelector(`th.column-${column}`);
    return (label || heading)?.textContent.trim().replace(/:$/, "");
  }

  function name(within) {
    within.querySelectorAll("select.admin-autocomplete").forEach((field) => {
      const words = wordsFor(field);
      const box = field.nextElementSibling;
      if (!words || !box?.classList.contains("select2")) return;
      box.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]").forEach((part) => {
        part.removeAttribute("aria-labelledby");
        part.setAttribute("aria-label", words);
      });
    });
  }

  /* Once every script that waits for the page has made its fields. */
  window.django.jQuery(() => setTimeout(() => name(document)));
  document.addEventListener("formset:added", (event) => setTimeout(() => name(event.target)));
})();
