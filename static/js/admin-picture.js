/* Shows the picture that has just been chosen or uploaded beside its field. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("img[data-picture-of]").forEach((image) => {
    const field = document.getElementById(image.dataset.pictureOf);
    if (!field || !window.django) return;
    /* The admin's own widgets announce changes through its jQuery only. */
    window.django.jQuery(field).on("change", () => {
      image.hidden = !field.value;
      if (field.value) image.src = image.dataset.address.replace("/0/", `/${field.value}/`);
    });
  });
});
