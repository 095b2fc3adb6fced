// The query box offers names and words while one types: a combobox with a list (WAI-ARIA Authoring Practices, "Combobox
// Pattern"). Without this file the box is a box.
(() => {
  "use strict";

  const input = document.querySelector("[data-complete]");
  if (!input) return;
  const words = document.getElementById("words").dataset;

  const list = document.createElement("ul");
  list.id = "continuations";
  list.className = "continuations";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.names);
  input.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let offered = [];
  let chosen = -1;
  let waiting = 0;
  let asked = "";

  const close = () => {
    window.clearTimeout(waiting);
    [offered, chosen, asked] = [[], -1, ""];
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const point = (to) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = (to + offered.length) % offered.length;
    const option = list.children[chosen];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  // Writes what was chosen in place of what was typed up to the cursor.
  const take = (each) => {
    const behind = input.value.slice(asked.length).replace(/^\s+/, "");
    const before = `${input.value.slice(0, each.start)}${each.insert} `;
    input.value = before + behind;
    input.setSelectionRange(before.length, before.length);
    close();
    input.focus();
  };

  const part = (name, text) => {
    const made = document.createElement("span");
    made.className = name;
    made.textContent = text;
    return made;
  };

  const option = (each, number) => {
    const made = document.createElement("li");
    made.id = `continuation-${number}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    const count = each.count.toLocaleString(document.documentElement.lang);
    made.append(part("label", each.label), " ", part("kind", words[each.facet] ?? each.facet), " ", part("count", count));
    // Before the box loses the focus, and with it the list.
    made.addEventListener("pointerdown", (event) => { event.preventDefault(); take(each); });
    return made;
  };

  const show = (found) => {
    [offered, chosen] = [found, -1];
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
    input.removeAttribute("aria-activedescendant");
  };

  const ask = async () => {
    const text = input.value.slice(0, input.selectionStart);
    asked = text;
    const address = new URL(input.dataset.complete, location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address);
      const found = (await answer.json()).completions;
      if (asked === text && document.activeElement === input) show(found);
    } catch {
      close(); // a box without offers is still a box
    }
  };

  input.addEventListener("input", () => {
    window.clearTimeout(waiting);
    if (/\S\s?\S$/.test(input.value.slice(0, input.selectionStart))) waiting = window.setTimeout(ask, 120);
    else close();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) event.preventDefault();
    else if (event.key === "ArrowDown" && offered.length) { event.preventDefault(); point(chosen + 1); return; }
    else if (event.key === "ArrowUp" && offered.length) { event.preventDefault(); point(chosen < 0 ? -1 : chosen - 1); return; }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(offered[chosen]); return; }
    if (["Escape", "Tab", "Enter", "ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) close();
  });
})();
