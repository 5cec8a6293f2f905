/* The main point of a picture is set by clicking on it; without this script, by two numbers. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".focus-picker").forEach((picker) => {
    const [x, y] = [picker.dataset.x, picker.dataset.y].map((id) => document.getElementById(id));
    const image = picker.querySelector("img");
    if (!x || !y) return;
    const mark = document.createElement("span");
    mark.className = "focus-mark";
    mark.setAttribute("aria-hidden", "true");
    picker.append(mark);
    picker.classList.add("is-active");
    const show = () => {
      mark.style.left = `${x.value}%`;
      mark.style.top = `${y.value}%`;
    };
    image.addEventListener("click", (event) => {
      const box = image.getBoundingClientRect();
      const percent = (part, whole) => Math.min(100, Math.max(0, Math.round((part / whole) * 100)));
      x.value = percent(event.clientX - box.left, box.width);
      y.value = percent(event.clientY - box.top, box.height);
      show();
    });
    [x, y].forEach((field) => field.addEventListener("input", show));
    show();
  });
});
