/* Pictures within the text: chosen from the library, stored as their number and nothing else. */
"use strict";

(() => {
  const about = document.getElementById("editor-pictures").dataset;
  const numberOf = (element) => /^[1-9]\d{0,8}$/.exec(element.attributes["data-picture"] ?? "")?.[0];

  /* What Django's own pop-up of the library writes its answer into. */
  const field = document.createElement("input");
  field.type = "hidden";
  field.id = "editor_picture";
  const link = document.createElement("a");
  link.id = `lookup_${field.id}`;
  link.href = about.library;
  link.hidden = true;
  document.body.append(field, link);
  let waiting = null;
  window.django.jQuery(field).on("change", () => {
    waiting?.focus();
    waiting?.insertHtml(`<p><img data-picture="${field.value}"></p>`);
    waiting = null;
  });

  window.CKEDITOR.plugins.add("librarypicture", {
    init(editor) {
      editor.addCommand("librarypicture", {
        allowedContent: "img[!data-picture,src,alt]",
        requiredContent: "img[data-picture]",
        exec() {
          waiting = editor;
          field.value = "";
          window.showRelatedObjectLookupPopup(link);
        },
      });
      /* Before the editor's own filter, which lets no img pass that has no src. */
      editor.on("toHtml", ({ data }) => {
        data.dataValue = data.dataValue.replace(
          /<img\b[^>]*?\bdata-picture="([1-9]\d{0,8})"[^>]*>/g,
          (_tag, number) => `<img data-picture="${number}"`
            + ` src="${about.thumbnail.replace("/0/", `/${number}/`)}" alt="${about.label} ${number}">`,
        );
      }, null, null, 1);
      editor.ui.addButton("LibraryPicture", {
        label: about.label, command: "librarypicture", icon: "image", toolbar: "insert",
      });
    },
    afterInit({ dataProcessor }) {
      dataProcessor.htmlFilter.addRules({
        elements: {
          img(element) {
            const number = numberOf(element);
            if (!number) return false;
            element.attributes = { "data-picture": number };
            return element;
          },
        },
      }, 20);
    },
  });
})();
