"use strict";
// The review of a plan: either side leads to the other, and everything goes by keyboard.
(() => {
  const typing = (element) => element.closest("input, textarea, select, dialog[open]") !== null;
  const articles = () => [...document.querySelectorAll(".item")].filter((one) => !one.classList.contains("hidden"));
  const words = (text) => (text || "").split(" ").filter(Boolean);
  let current = "";

  const article = () => (current ? document.getElementById(current) : null);

  function within(pane, element, how) {
    // Scrolls the pane alone where it is one, so that the page stays where it is.
    if (pane && getComputedStyle(pane).overflowY === "auto") {
      const box = pane.getBoundingClientRect(), own = element.getBoundingClientRect();
      const above = own.top < box.top + 8, below = own.bottom > box.bottom - 8;
      if (how === "center") pane.scrollTop += own.top - box.top - (box.height - Math.min(own.height, box.height)) / 2;
      else if (above || own.height > box.height) pane.scrollTop += own.top - box.top - 8;
      else if (below) pane.scrollTop += own.bottom - box.bottom + 8;
    } else {
      element.scrollIntoView({ block: how === "center" ? "center" : "nearest" });
    }
  }

  function light(spans, move) {
    document.querySelectorAll("mark.lit").forEach((mark) => mark.classList.remove("lit"));
    const wanted = new Set(spans);
    const found = [...document.querySelectorAll("mark")].filter((mark) => words(mark.dataset.items).some((item) => wanted.has(item)));
    found.forEach((mark) => mark.classList.add("lit"));
    if (move && found.length) within(document.getElementById("paper"), found[0], "center");
  }

  function select(one, movePaper = true) {
    if (!one) return;
    document.querySelectorAll(".item.current").forEach((old) => old.classList.remove("current"));
    current = one.id;
    one.classList.add("current");
    one.focus({ preventScroll: true });
    within(document.getElementById("list"), one, "nearest");
    light(words(one.dataset.spans), movePaper);
  }

  function step(by, undecided = false) {
    const all = articles();
    let at = all.findIndex((one) => one.id === current);
    if (at < 0) at = by > 0 ? -1 : all.length;
    for (at += by; at >= 0 && at < all.length; at += by) {
      if (!undecided || !all[at].classList.contains("decided")) return select(all[at]);
    }
  }

  function press(selector) {
    const button = article()?.querySelector(selector);
    if (!button) return false;
    button.click();
    return true;
  }

  function search(text) {
    const wanted = text.trim().toLowerCase();
    document.querySelectorAll(".item").forEach((one) => {
      one.classList.toggle("hidden", wanted !== "" && !one.textContent.toLowerCase().includes(wanted));
    });
    document.querySelectorAll(".part").forEach((part) => {
      part.classList.toggle("hidden", part.querySelector(".item:not(.hidden)") === null);
    });
  }

  document.addEventListener("click", (event) => {
    const element = event.target;
    const opener = element.closest("[data-dialog]");
    if (opener) return document.getElementById(opener.dataset.dialog)?.showModal();
    if (element.closest("[data-close]")) return element.closest("dialog")?.close();
    const cancel = element.closest("[data-cancel]");
    if (cancel) return cancel.closest(".slot").replaceChildren();
    const mark = element.closest("mark");
    if (mark) {
      const items = new Set(words(mark.dataset.items));
      const all = [...document.querySelectorAll(".item")].filter((one) => words(one.dataset.spans).some((item) => items.has(item)));
      const at = all.findIndex((one) => one.id === current);
      const next = all[(at + 1) % Math.max(all.length, 1)];
      if (next?.classList.contains("hidden")) { document.getElementById("search").value = ""; search(""); }
      return select(next, false);
    }
    const source = element.closest("[data-spans]");
    if (source && element.closest(".find")) return light(words(source.dataset.spans), true);
    const one = element.closest(".item");
    if (one && one.id !== current && !typing(element)) select(one);
    else if (one && one.id !== current) { current = one.id; light(words(one.dataset.spans), true); }
  });

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: () => step(1, true),
    a: () => { if (press("button[value=accept]")) step(1, true); },
    x: () => { if (press("button[value=exclude]")) step(1, true); },
    e: () => press("[data-edit]"),
    d: () => press("button[value=drop]"),
    u: () => document.getElementById("undo")?.click(),
    r: () => document.getElementById("redo")?.click(),
    "/": () => document.getElementById("search")?.focus(),
    "?": () => document.getElementById("help")?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape") {
      if (event.target.id === "search") { event.target.value = ""; search(""); }
      const slot = event.target.closest?.(".slot");
      if (slot) { slot.replaceChildren(); article()?.focus(); }
      return;
    }
    if (event.target.id === "search" && event.key === "Enter") { event.preventDefault(); event.target.blur(); current = ""; step(1); return; }
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (/^[1-9]$/.test(event.key)) {
      const choice = article()?.querySelectorAll("button[data-choice]")[Number(event.key) - 1];
      if (choice) { event.preventDefault(); choice.click(); step(1, true); }
      return;
    }
    const deed = keys[event.key];
    if (deed) { event.preventDefault(); deed(); }
  });

  document.addEventListener("input", (event) => { if (event.target.id === "search") search(event.target.value); });

  // What was refused in words (another was quicker, a value does not fit) is shown like any other answer.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([400, 409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const said = document.getElementById("told");
    if (said) said.textContent = event.detail.xhr.status === 403 ? "没有权限，没有保存。" : "没有保存：服务器没有接受。请刷新页面后再试。";
  });
  document.addEventListener("htmx:sendError", () => {
    const said = document.getElementById("told");
    if (said) said.textContent = "没有保存：连不上服务器。请检查网络后再试。";
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("[data-edit-form]");
    if (form && event.detail.successful && event.detail.requestConfig.verb === "post") form.closest(".slot")?.replaceChildren();
  });
  document.addEventListener("htmx:afterSettle", () => {
    const field = document.querySelector(".slot form:not([data-ready])");
    if (field) {
      field.dataset.ready = "1";
      field.querySelector("input:not([type=hidden]), select, textarea")?.focus({ preventScroll: true });
      within(document.getElementById("list"), field.closest(".item") ?? field, "nearest");
    }
    const box = document.querySelector("#conflict dialog:not([open])");
    if (box) box.showModal();
    const text = document.getElementById("search")?.value;
    if (text) search(text);
    const one = article();
    if (one && !one.classList.contains("current")) { one.classList.add("current"); light(words(one.dataset.spans), false); }
    if (one && document.activeElement === document.body) one.focus({ preventScroll: true });
  });
  document.addEventListener("DOMContentLoaded", () => { if (document.getElementById("list")) step(1, true); });
})();
