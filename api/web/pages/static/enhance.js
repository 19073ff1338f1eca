// What makes the pages quicker; without it they work all the same.
"use strict";

const SUGGESTIONS = 8;
const PATIENCE_MS = 120;

function suggest(input) {
  const base = input.dataset.suggest;
  const list = document.createElement("ul");
  let typed = 0;
  let chosen = -1;
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
    if (!isShown) choose(-1);
  }

  function choose(place) {
    chosen = place;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === place)));
    if (place >= 0) input.setAttribute("aria-activedescendant", list.children[place].id);
    else input.removeAttribute("aria-activedescendant");
  }

  function pathOf(hit) {
    if (hit.kind === "movie") return `${base}/films/${hit.movie_id}`;
    if (hit.kind === "person") return `${base}/people/${hit.person_id}`;
    return `${base}/films?collection=${hit.collection_id}`;
  }

  async function ask() {
    const asked = ++typed;
    const text = input.value.trim();
    if (!text) return show(false);
    const answer = await fetch(`/v1/search?limit=${SUGGESTIONS}&q=${encodeURIComponent(text)}`);
    if (!answer.ok || asked !== typed) return;
    const { data } = await answer.json();
    list.replaceChildren(...data.map((hit, place) => {
      const item = document.createElement("li");
      const beside = document.createElement("span");
      item.id = `suggestion-${place}`;
      item.setAttribute("role", "option");
      item.dataset.path = pathOf(hit);
      beside.className = "meta";
      beside.textContent = hit.release_year ?? hit.known_for_titles[0] ?? "";
      item.append(hit.name, beside);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(item.dataset.path); });
      return item;
    }));
    show(data.length > 0);
  }

  let waiting;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, PATIENCE_MS); });
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "Escape") show(false);
    if (list.hidden || !count) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose((chosen + 1) % count); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose((chosen - 1 + count) % count); }
    if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.assign(list.children[chosen].dataset.path); }
  });
}

// On a phone the films come before what they could be narrowed down by.
function closeWhenNarrow(details) {
  if (matchMedia("(max-width: 46rem)").matches) details.open = false;
}

// A form whose answer replaces the page's content as soon as something is chosen in it.
function live(form) {
  form.addEventListener("change", async () => {
    const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    const path = `${form.action.split("?")[0]}?${given}`;
    const focused = document.activeElement;
    const [name, value] = [focused?.name, focused?.value];
    const answer = await fetch(path);
    if (!answer.ok) return location.assign(path);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const isOpen = form.closest("details")?.open;
    document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
    document.querySelector("footer").replaceChildren(...page.querySelector("footer").childNodes);
    document.title = page.title;
    history.replaceState(null, "", path);
    document.querySelectorAll("form[data-live]").forEach((again) => {
      if (again.closest("details")) again.closest("details").open = isOpen;
      live(again);
    });
    [...document.querySelectorAll("form[data-live] [name]")]
      .find((field) => field.name === name && (field.type !== "checkbox" || field.value === value))?.focus();
  });
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
document.querySelectorAll("form[data-live]").forEach(live);
document.querySelectorAll("[data-closed-when-narrow]").forEach(closeWhenNarrow);
