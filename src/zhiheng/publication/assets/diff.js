"use strict";
(() => {
  const boxes = [...document.querySelectorAll(".kind input")];
  const changes = [...document.querySelectorAll(".change")];
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const update = () => {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = search.value.trim().toLowerCase();
    let count = 0;
    for (const change of changes) {
      const kinds = change.dataset.natures.split(" ");
      const visible = kinds.some((kind) => wanted.has(kind)) && change.textContent.toLowerCase().includes(words);
      change.hidden = !visible;
      count += visible ? 1 : 0;
    }
    for (const subject of document.querySelectorAll(".subject")) {
      subject.hidden = !subject.querySelector(".change:not([hidden])");
    }
    shown.textContent = `显示 ${count} 项，共 ${changes.length} 项`;
  };
  for (const box of boxes) box.addEventListener("change", update);
  search.addEventListener("input", update);
  update();
})();
