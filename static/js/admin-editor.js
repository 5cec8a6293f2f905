/* What the editor makes and takes is what the allow-list of news/richtext.py keeps. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  if (!window.CKEDITOR) return;
  window.CKEDITOR.lang.languages.kk = 1; /* static/ckeditor/ckeditor/lang/kk.js */
  window.CKEDITOR.on("dialogDefinition", ({ data: { name, definition } }) => {
    if (name !== "table" && name !== "tableProperties") return;
    const page = definition.getContents("info");
    ["txtBorder", "cmbAlign", "txtWidth", "txtHeight", "txtCellSpace", "txtCellPad", "txtSummary"]
      .forEach((field) => page.remove(field));
  });

  /* Headings of Word and of other pages become ours. */
  window.CKEDITOR.on("instanceReady", ({ editor }) => {
    editor.filter.allow("h1 h4 h5 h6");
    const elements = {};
    for (const [theirs, ours] of Object.entries({ h1: "h2", h4: "h3", h5: "h3", h6: "h3" })) {
      elements[theirs] = (element) => { element.name = ours; };
    }
    editor.dataProcessor.dataFilter.addRules({ elements });
  });
});
