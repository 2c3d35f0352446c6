/* Opens evidence beside the answer, copies answers, and says aloud what changed.
   All text comes from this machine and is escaped there. */

const NARROW = window.matchMedia("(max-width: 900px)");
const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");

function announce(text) {
  let region = document.getElementById("bw-omroep");
  if (!region) {
    region = document.createElement("div");
    region.id = "bw-omroep";
    region.className = "bw-sr";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = text;
}

function bringIntoView(element, block) {
  element?.scrollIntoView({ block, behavior: CALM.matches ? "auto" : "smooth" });
}

function showMark() {
  const mark = document.querySelector("#bewijs-inhoud mark");
  const excerpt = document.querySelector("#bewijs-inhoud .bw-uittreksel");
  if (!mark || !excerpt) return;
  const room = mark.getBoundingClientRect().top - excerpt.getBoundingClientRect().top;
  excerpt.scrollTop += room - excerpt.clientHeight / 4;
}

function showCurrent(address) {
  for (const link of document.querySelectorAll(".bw-nr")) {
    if (link.dataset.bewijs === address) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

async function fetchText(address) {
  try {
    const reply = await fetch(address);
    return { ok: reply.ok, text: await reply.text() };
  } catch {
    return { ok: false, text: "" };
  }
}

async function openEvidence(trigger) {
  const address = trigger.dataset.bewijs;
  const step = trigger.dataset.stap;
  const pane = document.getElementById("bewijs-inhoud");
  if (!pane) return;
  const reply = await fetchText(address);
  if (!reply.text) {
    warn(UNREACHABLE);
    return;
  }
  pane.innerHTML = reply.text;
  showCurrent(address);
  showMark();
  if (step) {
    const again = pane.querySelector(`[data-stap="${step}"]:not([disabled])`);
    (again ?? pane.querySelector("#bewijs-kop")).focus({ preventScroll: true });
  } else {
    pane.querySelector("#bewijs-kop")?.focus({ preventScroll: true });
    if (NARROW.matches) bringIntoView(pane, "start");
  }
  announce(pane.querySelector("#bewijs-kop")?.textContent ?? "");
}

/* The answer stays as it was before the language model began. */
async function stopWriting(button) {
  button.disabled = true;
  await fetch(button.dataset.stop, { method: "POST" }).catch(() => warn(UNREACHABLE));
}

async function copyAnswer(button) {
  const reply = await fetchText(button.dataset.kopie);
  const label = button.dataset.tekst ?? button.textContent;
  button.dataset.tekst = label;
  let done = reply.ok;
  if (done) {
    try {
      await navigator.clipboard.writeText(reply.text);
    } catch {
      done = copyByHand(reply.text);
    }
  }
  button.textContent = done ? "Gekopieerd" : "Kopiëren lukte niet";
  announce(button.textContent);
  setTimeout(() => { button.textContent = label; }, 2500);
}

/* Without https, and not on this machine's own address, browsers offer no clipboard. */
function copyByHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "bw-sr";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

/* Goals and agreements: the list follows the filter; a row opens in the pane beside it. */
async function fillRegister() {
  const box = document.querySelector("#doelen[data-leeg]");
  if (!box || !box.offsetParent) return;
  box.removeAttribute("data-leeg");
  const reply = await fetchText("/doelen");
  if (reply.ok) box.innerHTML = reply.text;
  else { box.dataset.leeg = ""; warn(UNREACHABLE); }
}

/* The sorting stays when the choice changes. */
let sorting = "";
function filterAddress(form) {
  const given = [...new FormData(form), ["sorteer", sorting]].filter(([, value]) => value !== "");
  return `${form.dataset.doelen}?${new URLSearchParams(given)}`;
}

let asked = 0;
async function showRegister(address) {
  const mine = ++asked;
  const result = document.getElementById("doelen-uitkomst");
  const picture = result?.querySelector("details")?.open;
  const reply = await fetchText(address);
  if (mine !== asked || !result) return;
  if (!reply.ok) { warn(UNREACHABLE); return; }
  result.innerHTML = reply.text;
  const details = result.querySelector("details");
  if (details && picture) details.open = true;
}

/* A cell of the picture sets the filter to what it stands for. */
async function followRegister(button) {
  const form = document.getElementById("doelen-filter");
  for (const [name, value] of new URLSearchParams(button.dataset.kies ?? "")) {
    if (form?.elements[name]) form.elements[name].value = value;
  }
  const sorted = button.closest("th")?.cellIndex;
  if (sorted !== undefined) {
    sorting = new URLSearchParams(button.dataset.doelen.split("?")[1]).get("sorteer") ?? "";
  }
  await showRegister(button.dataset.doelen);
  if (sorted !== undefined) {
    document.querySelector(`.bw-doelen thead th:nth-child(${sorted + 1}) button`)?.focus();
  } else {
    announce(document.querySelector(".bw-doelen-telling")?.textContent ?? "");
  }
}

let opened = 0;
async function openStatement(button) {
  const mine = ++opened;
  const pane = document.getElementById("uitspraak-inhoud");
  const reply = await fetchText(button.dataset.uitspraak);
  if (mine !== opened) return;
  if (!pane || !reply.text) { warn(UNREACHABLE); return; }
  for (const other of document.querySelectorAll(".bw-doelen [aria-current]")) {
    other.removeAttribute("aria-current");
  }
  button.setAttribute("aria-current", "true");
  pane.innerHTML = reply.text;
  const mark = pane.querySelector("mark");
  const excerpt = pane.querySelector(".bw-uittreksel");
  if (mark && excerpt) {
    const room = mark.getBoundingClientRect().top - excerpt.getBoundingClientRect().top;
    excerpt.scrollTop += room - excerpt.clientHeight / 4;
  }
  pane.querySelector("#uitspraak-kop")?.focus({ preventScroll: true });
  if (NARROW.matches) bringIntoView(pane, "start");
}

for (const kind of ["change", "reset"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest?.("#doelen-filter");
    // A form is emptied only after its reset has been told.
    if (form) setTimeout(() => showRegister(filterAddress(form)));
  });
}
document.addEventListener("submit", (event) => {
  if (event.target.id !== "doelen-filter") return;
  event.preventDefault();
  showRegister(filterAddress(event.target));
});

document.addEventListener("click", (event) => {
  const trigger = event.target.closest?.(
    "[data-bewijs], [data-kopie], [data-terug], .bw-sprong, button[data-doelen], [data-uitspraak], [data-stop]",
  );
  if (!trigger || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (trigger.dataset.bewijs) openEvidence(trigger);
  else if (trigger.dataset.uitspraak) openStatement(trigger);
  else if (trigger.dataset.doelen) followRegister(trigger);
  else if (trigger.dataset.kopie) copyAnswer(trigger);
  else if (trigger.dataset.stop) stopWriting(trigger);
  else if ("terug" in trigger.dataset) goBack();
  else if (trigger.matches(".bw-sprong")) document.querySelector("#vraag textarea")?.focus();
});

/* Back to the number whose evidence is shown. */
function goBack() {
  const link = document.querySelector(".bw-nr[aria-current]");
  link?.focus({ preventScroll: true });
  bringIntoView(link, "center");
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (document.getElementById("bewijs")?.contains(document.activeElement)) goBack();
});

let shown = "";
function followConversation() {
  const last = document.querySelector("#gesprek .bw-uitwisseling:last-child");
  const card = last?.querySelector(".bw-kaart");
  const state = last ? `${last.id}:${card?.className}:${card?.dataset.antwoord ?? ""}` : "";
  if (state === shown) return;
  shown = state;
  if (!last) return;
  bringIntoView(last, "start");
  if (card?.dataset.antwoord) {
    showMark();
    showCurrent(`/antwoord/${card.dataset.antwoord}/bewijs/1`);
  }
}

/* Gradio's own messages are in English and pass by; ours stay until the program is back. */
const UNREACHABLE =
  "De Beleidswijzer is niet bereikbaar. Kijk of het programma nog draait. Uw vraag staat nog in het vak.";
const FAILED = "Er ging iets mis. Uw vraag staat nog in het vak; probeer het opnieuw.";

function warn(text) {
  if (document.getElementById("bw-waarschuwing")) return;
  const line = document.createElement("p");
  line.id = "bw-waarschuwing";
  line.className = "bw-fout";
  line.setAttribute("role", "alert");
  line.textContent = text;
  (document.getElementById("vraagvak") ?? document.body).prepend(line);
  const watch = setInterval(async () => {
    if (!(await fetchText("/middelen/page.css")).ok) return;
    clearInterval(watch);
    line.remove();
  }, 4000);
}

function readToasts() {
  for (const toast of document.querySelectorAll(".toast-body:not([data-gelezen])")) {
    toast.dataset.gelezen = "";
    warn(/connection/i.test(toast.textContent) ? UNREACHABLE : FAILED);
  }
}

/* Gradio's own parts: a Dutch name for what has an English one, and folds that say their state. */
function mendParts() {
  document.querySelector('[aria-label="More tabs"]')?.setAttribute("aria-label", "Meer tabbladen");
  for (const group of document.querySelectorAll("fieldset:not([aria-label])")) {
    const name = group.querySelector('[data-testid="block-info"]')?.textContent.trim();
    if (name) group.setAttribute("aria-label", name);
    group.querySelectorAll("input[title]").forEach((input) => input.removeAttribute("title"));
  }
  for (const fold of document.querySelectorAll(".gr-accordion > .label-wrap")) {
    const open = String(fold.classList.contains("open"));
    if (fold.getAttribute("aria-expanded") !== open) fold.setAttribute("aria-expanded", open);
  }
}

document.documentElement.lang = "nl";
new MutationObserver(() => {
  followConversation();
  mendParts();
  readToasts();
  fillRegister();
}).observe(
  document.body,
  { childList: true, subtree: true, attributeFilter: ["class", "style", "aria-selected"] },
);
