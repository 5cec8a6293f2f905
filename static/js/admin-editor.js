/* The table dialog offers only what the allow-list of news/richtext.py keeps. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  if (!window.CKEDITOR) return;
  window.CKEDITOR.on("dialogDefinition", ({ data: { name, definition } }) => {
    if (name !== "table" && name !== "tableProperties") return;
    const page = definition.getContents("info");
    ["txtBorder", "cmbAlign", "txtWidth", "txtHeight", "txtCellSpace", "txtCellPad", "txtSummary"]
      .forEach((field) => page.remove(field));
  });
});
