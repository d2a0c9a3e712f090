
(() => {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ids = (element, name) => (element.dataset[name] || "").split(" ").filter(Boolean);
  const index = (name) => {
    const found = new Map();
    for (const element of all(`[data-${name}]`)) {
      for (const id of ids(element, name)) found.set(id, [...(found.get(id) || []), element]);
    }
    return found;
  };

  // Where each claim's parts and each speaker's mentions are.
  const parts = { con: index("con"), cue: index("cue"), src: index("src") };
  const mentions = index("men");
  const notes = new Map(all(".note").map((note) => [note.dataset.claim, note]));
  const cards = new Map(all(".card").map((card) => [card.dataset.speaker, card]));
  const claimsOf = (speaker) =>
    [...notes.values()].filter((note) => ids(note, "speakers").includes(speaker)).map((note) => note.dataset.claim);

  // Lighting up: what is pointed at goes before what has the focus, and that before what was pinned by a click.
  const panel = document.getElementById("lit");
  const chosen = { pointed: null, focused: null, pinned: null };
  let lit = [];

  const target = (element) => {
    const here = element.closest?.(".note, .card, [data-at], [data-men]");
    if (!here) return null;
    if (here.matches(".note")) return { claims: [here.dataset.claim], from: here };
    if (here.matches(".card")) return { speaker: here.dataset.speaker, from: here };
    const at = ids(here, "at");
    if (at.length) return { claims: at, from: here };
    return { speaker: ids(here, "men")[0], from: here };
  };
  const same = (a, b) => a && b && a.speaker === b.speaker && String(a.claims) === String(b.claims);
  const add = (elements, name) => {
    for (const element of elements || []) {
      element.classList.add(name);
      lit.push([element, name]);
    }
  };
  const say = (heading, words) => {
    const bold = document.createElement("b");
    bold.textContent = heading;
    panel.append(bold, words);
  };

  const light = () => {
    for (const [element, name] of lit) element.classList.remove(name);
    lit = [];
    panel.replaceChildren();
    const now = chosen.pointed || chosen.focused || chosen.pinned;
    panel.hidden = !now;
    if (!now) return;
    const claims = now.claims || claimsOf(now.speaker);
    for (const claim of claims) {
      add(parts.con.get(claim), "lit-con");
      const note = notes.get(claim);
      if (!note) continue;
      add([note], "lit");
      if (now.speaker) continue;
      add(parts.cue.get(claim), "lit-cue");
      add(parts.src.get(claim), "lit-src");
      for (const speaker of ids(note, "speakers")) add([cards.get(speaker)], "lit");
      const names = [...note.querySelectorAll("bdi")].map((name) => name.textContent).join(", citing ");
      say(`${note.querySelector(".number").textContent} ${names}`, note.querySelector(".details").textContent);
    }
    const card = now.speaker ? cards.get(now.speaker) : lit.map(([element]) => element).find((e) => e.matches(".card"));
    if (now.speaker && card) {
      add([card], "lit");
      add(mentions.get(now.speaker), "lit-src");
      say(card.querySelector("bdi").textContent, card.querySelector(".strip").getAttribute("aria-label"));
    }
    if (card && !card.contains(now.from)) reveal(card);
  };
  // Bring a card into view inside the list of speakers, never moving the article.
  const reveal = (card) => {
    const list = card.closest("aside");
    if (list.scrollHeight <= list.clientHeight) return;
    const box = card.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    const top = frame.top + panel.offsetHeight;
    if (box.top < top) list.scrollTop -= top - box.top + 8;
    else if (box.bottom > frame.bottom) list.scrollTop += box.bottom - frame.bottom + 8;
  };
  const choose = (how, what) => {
    if (chosen[how] === what || same(chosen[how], what)) return;
    chosen[how] = what;
    light();
  };
  const pin = (what) => {
    chosen.pinned = same(chosen.pinned, what) ? null : what;
    const pinned = chosen.pinned?.claims || [];
    for (const [claim, note] of notes) note.setAttribute("aria-pressed", String(pinned.includes(claim)));
    light();
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") choose("pointed", target(event.target));
  });
  document.documentElement.addEventListener("pointerleave", () => choose("pointed", null));
  document.addEventListener("focusin", (event) =>
    choose("focused", event.target.matches(":focus-visible") ? target(event.target) : null));
  document.addEventListener("focusout", () => choose("focused", null));
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, form, #lit") || !getSelection().isCollapsed) return;
    const what = target(event.target);
    if (what?.from.matches(".card")) {
      if (event.target.closest("button")) only(what.speaker);
    } else if (what || chosen.pinned) pin(what);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      chosen.focused = null;
      pin(null);
    }
    const order = [...notes.values()].filter((note) => note.offsetParent);
    const at = order.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (at < 0 || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    order[at + step]?.focus();
  });

  // Filters.
  const form = document.getElementById("filters");
  const sentences = all(".s");
  const filter = () => {
    const labels = new FormData(form).getAll("label");
    const speaker = form.elements.speaker.value;
    const hide = form.elements.hide.checked;
    const matches = (element) => !speaker || ids(element, "speakers").includes(speaker);
    const mark = (element, fits) => {
      element.classList.toggle("dim", !fits);
      element.classList.toggle("gone", !fits && hide);
    };
    for (const sentence of sentences) mark(sentence, labels.includes(sentence.dataset.label) && matches(sentence));
    for (const [claim, note] of notes) {
      const around = (parts.con.get(claim) || []).map((element) => element.closest(".s")).filter(Boolean);
      mark(note, matches(note) && (!around.length || around.some((sentence) => !sentence.matches(".dim"))));
    }
    for (const paragraph of all(".paragraph")) {
      const own = [...paragraph.querySelectorAll(".s")];
      paragraph.classList.toggle("gone", hide && own.every((sentence) => sentence.matches(".gone")));
    }
    for (const [id, card] of cards) card.querySelector("button").setAttribute("aria-pressed", String(id === speaker));
    const left = sentences.filter((sentence) => !sentence.matches(".dim")).length;
    document.getElementById("matching").textContent = `${left} of ${sentences.length} sentence${sentences.length === 1 ? "" : "s"}`;
  };
  const only = (speaker) => {
    form.elements.speaker.value = form.elements.speaker.value === speaker ? "" : speaker;
    filter();
  };
  form.hidden = false;
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  addEventListener("pageshow", filter);
})();
