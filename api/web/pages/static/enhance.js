// Optional enhancements; the pages work without them.
"use strict";

const SUGGESTIONS = 8;
const DEBOUNCE_MS = 120;

function suggest(input) {
  const base = input.dataset.suggest;
  const list = document.createElement("ul");
  let requestCount = 0;
  let selected = -1;
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  list.hidden = true;
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  show(false);

  function show(isShown) {
    list.hidden = !isShown;
    input.setAttribute("aria-expanded", String(isShown));
    if (!isShown) select(-1);
  }

  function select(index) {
    selected = index;
    [...list.children].forEach((item, position) => item.setAttribute("aria-selected", String(position === index)));
    if (index >= 0) input.setAttribute("aria-activedescendant", list.children[index].id);
    else input.removeAttribute("aria-activedescendant");
  }

  function pathOf(hit) {
    if (hit.kind === "movie") return `${base}/films/${hit.movie_id}`;
    if (hit.kind === "person") return `${base}/people/${hit.person_id}`;
    return `${base}/films?${hit.kind}=${hit[`${hit.kind}_id`]}`;
  }

  async function update() {
    const request = ++requestCount;
    const text = input.value.trim();
    if (!text) return show(false);
    const response = await fetch(`/v1/search?limit=${SUGGESTIONS}&q=${encodeURIComponent(text)}`);
    if (!response.ok || request !== requestCount) return;
    const { data } = await response.json();
    list.replaceChildren(...data.map((hit, index) => {
      const item = document.createElement("li");
      const detail = document.createElement("span");
      item.id = `suggestion-${index}`;
      item.setAttribute("role", "option");
      item.dataset.path = pathOf(hit);
      detail.className = "meta";
      detail.textContent = hit.release_year ?? hit.known_for_titles[0] ?? "";
      item.append(hit.name, detail);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(item.dataset.path); });
      return item;
    }));
    show(data.length > 0);
  }

  let timer;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(update, DEBOUNCE_MS); });
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "Escape") show(false);
    if (list.hidden || !count) return;
    if (event.key === "ArrowDown") { event.preventDefault(); select((selected + 1) % count); }
    if (event.key === "ArrowUp") { event.preventDefault(); select((selected - 1 + count) % count); }
    if (event.key === "Enter" && selected >= 0) { event.preventDefault(); location.assign(list.children[selected].dataset.path); }
  });
}

// On a phone, filters start collapsed so that the films come first.
function closeWhenNarrow(details) {
  if (matchMedia("(max-width: 46rem)").matches) details.open = false;
}

// Submit a form on every change and replace the page's content with the response.
function live(form) {
  form.addEventListener("change", async () => {
    const parameters = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    const path = `${form.action.split("?")[0]}?${parameters}`;
    const focused = document.activeElement;
    const [name, value] = [focused?.name, focused?.value];
    const response = await fetch(path);
    if (!response.ok) return location.assign(path);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const isOpen = form.closest("details")?.open;
    document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
    document.querySelector("footer").replaceChildren(...page.querySelector("footer").childNodes);
    document.title = page.title;
    history.replaceState(null, "", path);
    document.querySelectorAll("form[data-live]").forEach((updated) => {
      if (updated.closest("details")) updated.closest("details").open = isOpen;
      live(updated);
    });
    [...document.querySelectorAll("form[data-live] [name]")]
      .find((field) => field.name === name && (field.type !== "checkbox" || field.value === value))?.focus();
  });
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
document.querySelectorAll("form[data-live]").forEach(live);
document.querySelectorAll("[data-closed-when-narrow]").forEach(closeWhenNarrow);
