// Comfort only: every page works without this file. It adds copy buttons, filter boxes in long lists, and keys:
// "/" for the query box, "n" and "p" for the next hit and the one before, "?" for the list of them.
(() => {
  "use strict";

  const said = document.getElementById("said");
  // What the script says, in the language of the page.
  const words = document.getElementById("words").dataset;
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const written = (number) => number.toLocaleString(document.documentElement.lang);

  // Says something to screen readers; the blank first makes a repeated message heard again.
  const say = (message) => {
    said.textContent = "";
    window.setTimeout(() => { said.textContent = message; }, 50);
  };

  const copyText = async (text) => {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return;
    }
    // Plain http on a faculty network has no clipboard object; the old way still works there.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copying was refused");
  };

  // A button that copies what `text()` gives, and says so.
  const copyButton = (label, name, text) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = label;
    button.setAttribute("aria-label", filled(words.copy_the, { name }));
    button.addEventListener("click", async () => {
      try {
        await copyText(await text());
        button.textContent = words.copied;
        say(filled(words.copied_the, { name }));
      } catch {
        button.textContent = words.not_copied;
        say(filled(words.not_copied_the, { name }));
      }
      window.setTimeout(() => { button.textContent = label; }, 2000);
    });
    return button;
  };

  const addCopyButton = (source) => {
    const style = source.dataset.copyStyle;
    const name = style ? filled(words.styled_citation, { style }) : words[source.dataset.copy];
    source.after(" ", copyButton(words.copy_it, name, () => source.textContent.trim()));
  };

  // A passage's record, asked for once.
  const records = new Map();
  const recordOf = (id) => {
    if (!records.has(id)) {
      const address = `${document.body.dataset.passages}${id.split("/").map(encodeURIComponent).join("/")}`;
      records.set(id, fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.json();
      }));
    }
    return records.get(id);
  };

  // The words in quotation marks with their citation and link, as one puts them into a paper.
  const quotation = async (id) => {
    const { text, citation, url } = await recordOf(id);
    return `“${text}”\n${citation}\n${url}`;
  };

  // What a click on a pinpoint of the reading view opens: link, citation and quotation to copy, the set, the passage's page.
  const openTools = (pinpoint) => {
    const before = document.querySelector(".tools-of-passage");
    before?.remove();
    if (before?.previousElementSibling === pinpoint) return;
    const id = decodeURIComponent(new URL(pinpoint.href).pathname.split("/passages/")[1]);
    const tools = document.createElement("div");
    tools.className = "tools-of-passage";
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", filled(words.take, { name: pinpoint.textContent.trim() }));
    const page = document.createElement("a");
    page.href = pinpoint.href;
    page.textContent = words.its_page;
    tools.append(
      copyButton(words.copy_citation, words.citation, async () => (await recordOf(id)).citation),
      copyButton(words.copy_quotation, words.quotation, () => quotation(id)),
      copyButton(words.copy_link, words.link, async () => (await recordOf(id)).url),
    );
    if (document.getElementById("collect")) {
      const add = document.createElement("button");
      add.setAttribute("form", "collect");
      [add.name, add.value, add.textContent] = ["passage", id, words.add_to_set];
      tools.append(add);
    }
    tools.append(page);
    tools.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      tools.remove();
      pinpoint.focus();
    });
    pinpoint.after(tools);
    tools.firstElementChild.focus();
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    const pinpoint = event.target.closest(".edition:not(.single) .passage > .pinpoint");
    if (!pinpoint) return;
    event.preventDefault();
    openTools(pinpoint);
  });

  // A row of a facet like `row`, for another value.
  const rowFor = (row, each) => {
    const made = row.cloneNode(true);
    const box = made.querySelector("input");
    const not = made.querySelector(".not");
    made.hidden = false;
    [box.value, box.checked] = [each.value, each.selected];
    made.querySelector(".label").textContent = each.label;
    const [passages, documents] = [written(each.count), written(each.documents)];
    const counts = made.querySelector(".in") ? filled(words.counts, { passages, documents }) : passages;
    made.querySelector(".count").textContent = counts;
    made.querySelector(".share")?.remove();
    not.value = each.value;
    not.setAttribute("aria-label", filled(words.not, { name: each.label }));
    return made;
  };

  // Shows these rows, behind those ticked meanwhile: a row that left the page would take its tick with it.
  const showRows = (list, rows) => {
    const valueOf = (row) => row.querySelector("input").value;
    const ticked = [...list.children].filter((row) => row.querySelector("input").checked);
    const values = new Set(ticked.map(valueOf));
    for (const row of ticked) row.hidden = false;
    list.replaceChildren(...ticked, ...rows.filter((row) => !values.has(valueOf(row))));
  };

  // Values that the page does not hold are asked for when something is typed; without an answer those at hand stay.
  const ask = async (list, rows, box) => {
    const text = box.value;
    const address = new URL(list.dataset.source, location.href);
    address.searchParams.set("find", text);
    try {
      const answer = await fetch(address);
      const found = (await answer.json()).values.filter((each) => !each.excluded);
      if (box.value === text) showRows(list, found.map((each) => rowFor(rows[0], each)));
    } catch {
      say(words.not_searched);
    }
  };

  const addFilterBox = (list) => {
    const rows = [...list.querySelectorAll("li")];
    if (rows.length < 8) return;
    const box = document.createElement("input");
    let waiting = 0;
    box.type = "search";
    box.className = "sieve";
    box.placeholder = words.find;
    box.setAttribute("aria-label", filled(words.find_in, { name: list.dataset.filterable }));
    // Enter would send the search form; here it has nothing to send.
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    box.addEventListener("input", () => {
      const asked = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of rows) {
        const label = row.textContent.toLowerCase();
        row.hidden = !asked.every((word) => label.includes(word));
      }
      for (const section of list.querySelectorAll("section")) {
        section.hidden = !section.querySelector("li:not([hidden])");
      }
      if (!list.dataset.source) return;
      window.clearTimeout(waiting);
      if (asked.length) waiting = window.setTimeout(() => ask(list, rows, box), 150);
      else showRows(list, rows);
    });
    list.before(box);
  };

  // Blank inputs would only lengthen the address (the server tidies it when there is no script).
  const sendTidily = (form) => {
    form.addEventListener("submit", () => {
      const blank = [...form.elements].filter((input) => input.name && !input.value);
      for (const input of blank) input.disabled = true;
      window.setTimeout(() => { for (const input of blank) input.disabled = false; });
    });
  };

  document.querySelectorAll("[data-copy]").forEach(addCopyButton);
  for (const each of document.querySelectorAll("[data-quote]")) {
    each.append(" ", copyButton(words.copy_quotation, words.quotation, () => quotation(each.dataset.quote)));
  }
  document.querySelectorAll("[data-filterable]").forEach(addFilterBox);

  const form = document.getElementById("search");
  if (form) sendTidily(form);

  // From hit to hit in a document: from the one in the address, else from what is in view.
  const turn = (step) => {
    const hits = [...document.querySelectorAll(".hit-turn")].map((each) => each.parentElement);
    const at = hits.findIndex((each) => each.id === decodeURIComponent(location.hash.slice(1)));
    const behind = hits.findIndex((each) => each.getBoundingClientRect().top > window.innerHeight / 3);
    const from = behind < 0 ? hits.length : behind;
    const next = hits[at >= 0 ? at + step : step > 0 ? from : from - 1];
    const edge = hits.at(step > 0 ? -1 : 0)?.querySelector(`.hit-turn [rel=${step > 0 ? "next" : "prev"}]`);
    if (next) location.hash = next.id;
    else edge?.click(); // into the next part of a long document
  };

  // An address of a place without its part, as it is kept from elsewhere: the server finds the part.
  const parts = document.querySelector(".parts[data-at]");
  const findPlace = () => {
    const place = decodeURIComponent(location.hash.slice(1));
    if (!parts || !place || document.getElementById(place)) return;
    const address = new URL(parts.dataset.at, location.href);
    if (new URLSearchParams(location.search).get("at") === place) return;
    address.searchParams.set("at", place);
    address.hash = location.hash;
    location.replace(address);
  };
  findPlace();
  window.addEventListener("hashchange", findPlace);

  // The tools of the passage in the address, else of the first in view.
  const toolsInView = () => {
    const pinpoints = [...document.querySelectorAll(".edition:not(.single) .passage > .pinpoint")];
    const asked = decodeURIComponent(location.hash.slice(1));
    const found = pinpoints.find((each) => each.parentElement.id === asked)
      ?? pinpoints.find((each) => each.getBoundingClientRect().top >= 0);
    if (found) openTools(found);
  };

  // The list of keys stands on the page of help; here it is laid over the page that is being read.
  const showHelp = async () => {
    const shown = document.querySelector("dialog.help");
    if (shown) return shown.open ? shown.close() : shown.showModal();
    const address = document.querySelector("a[data-help]").href;
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const dialog = document.createElement("dialog");
    const close = document.createElement("button");
    dialog.className = "help";
    dialog.setAttribute("aria-labelledby", "keys-head");
    close.textContent = words.close;
    close.addEventListener("click", () => dialog.close());
    dialog.append(page.getElementById("keys"), close);
    document.body.append(dialog);
    return dialog.showModal();
  };

  const keys = {
    "/": () => document.getElementById("q")?.focus(),
    n: () => turn(1),
    p: () => turn(-1),
    c: toolsInView,
    "?": showHelp,
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (!(event.key in keys) || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
