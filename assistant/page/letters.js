/* The tab "Brief beantwoorden": a letter is sent, followed until it is read, and worked on. */

const OURS = { "X-Beleidswijzer": "pagina" };
const GONE = "De Beleidswijzer is niet bereikbaar. Kijk of het programma nog draait.";
const SOON = 300;
const SHOWS = ["toon", "naar", "kiessplits"];

const byId = (name) => document.getElementById(name);

function say(text) {
  const pane = byId("brief-blad");
  pane?.querySelector(".bw-briefmelding")?.remove();
  if (!text || !pane) return;
  const line = document.createElement("p");
  line.className = "bw-briefmelding bw-fout";
  line.setAttribute("role", "alert");
  line.textContent = text;
  pane.prepend(line);
}

/* What the server gives was made and escaped there; where the user was stays as it was, also when
   there is only a bar of progress for a while. */
let left = "";
function show(html) {
  const pane = byId("brief-blad");
  const focused = pane.contains(document.activeElement) ? document.activeElement : null;
  const again = (focused?.dataset.brief
    && `[data-brief="${focused.dataset.brief}"][data-punt="${focused.dataset.punt}"]`)
    || (focused?.id && `#${focused.id}`)
    || (document.activeElement === document.body && left);
  const scrolled = pane.querySelector(".bw-brief-punten")?.scrollTop ?? 0;
  pane.innerHTML = html;
  const list = pane.querySelector(".bw-brief-punten");
  if (list) list.scrollTop = scrolled;
  left = pane.querySelector("[data-bezig]") ? again : "";
  if (again) pane.querySelector(again)?.focus();
}

let waiting;
function followSoon(key) {
  clearTimeout(waiting);
  waiting = setTimeout(() => follow(key), SOON);
}

async function follow(key) {
  try {
    const reply = await fetch(`/brieven/blad?${new URLSearchParams({ sleutel: key })}`);
    show(await reply.text());
    if (byId("brief-blad").querySelector("[data-bezig]")) followSoon(key);
  } catch {
    say(GONE);
  }
}

async function send(file) {
  say("");
  const given = new URLSearchParams({ naam: file.name, gemeente: byId("brief-gemeente").value });
  try {
    const reply = await fetch(`/brieven/bestand?${given}`, {
      method: "POST",
      headers: { ...OURS, "Content-Type": "application/octet-stream" },
      body: file,
    });
    const told = await reply.json();
    if (reply.ok) follow(told.sleutel);
    else say(told.fout);
  } catch {
    say(GONE);
  }
}

/* Orders go one after the other, so that the last one is what stands. */
let last = Promise.resolve();
function order(content) {
  const key = byId("brief-blad")?.querySelector("[data-werk]")?.dataset.werk;
  if (!key) return;
  last = last.then(async () => {
    try {
      const reply = await fetch("/brieven/opdracht", {
        method: "POST",
        headers: { ...OURS, "Content-Type": "application/json" },
        body: JSON.stringify({ sleutel: key, ...content }),
      });
      if (!reply.ok) {
        say((await reply.json()).fout);
        return;
      }
      show(await reply.text());
      if (byId("brief-blad").querySelector("[data-bezig]")) followSoon(key);
      else if (SHOWS.includes(content.opdracht)) bringIntoView();
    } catch {
      say(GONE);
    }
  });
}

/* Where the three parts stand one under the other, a point that is chosen is shown at once. */
function bringIntoView() {
  const pane = byId("brief-blad").querySelector(".bw-brief");
  if (!pane || getComputedStyle(pane).gridTemplateColumns.includes(" ")) return;
  const heading = byId("brief-bewijs-kop");
  heading?.scrollIntoView({ block: "start" });
  heading?.focus({ preventScroll: true });
}

/* A text that was typed and not kept is kept before anything else is done. */
function keep() {
  const form = byId("brief-blad")?.querySelector("form[data-brieftekst]");
  if (!form || form.dataset.getypt !== "ja") return;
  form.dataset.getypt = "";
  order({ opdracht: "tekst", punt: form.dataset.punt, ...Object.fromEntries(new FormData(form)) });
}

document.addEventListener("click", (event) => {
  const trigger = event.target.closest?.("#brief-blad [data-brief]");
  if (trigger) {
    event.preventDefault();
    if (trigger.dataset.brief !== "opnieuw") keep();
    const { brief, punt, plaats } = trigger.dataset;
    order({ opdracht: brief, punt, ...(plaats && { plaats }) });
    return;
  }
  const link = event.target.closest?.("#brief-blad a[download]");
  if (!link || byId("brief-blad").querySelector("form[data-brieftekst]")?.dataset.getypt !== "ja") return;
  event.preventDefault();
  keep();
  last.then(() => {
    const again = document.createElement("a");
    again.href = link.href;
    again.download = "";
    again.click();
  });
});
document.addEventListener("submit", (event) => {
  const sought = event.target.closest?.("form[data-briefzoek]");
  if (sought) {
    event.preventDefault();
    order({ opdracht: "zoek", punt: sought.dataset.punt, ...Object.fromEntries(new FormData(sought)) });
    return;
  }
  const form = event.target.closest?.("form[data-brieftekst]");
  if (!form) return;
  event.preventDefault();
  form.dataset.getypt = "ja";
  keep();
});
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-brieftekst]");
  if (form) form.dataset.getypt = "ja";
});
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.id === "brief-kies" && field.files.length) {
    send(field.files[0]);
    field.value = "";
  } else if (["standpunt", "soort", "gemeente"].includes(field.dataset?.briefkeuze)) {
    keep();
    order({ opdracht: field.dataset.briefkeuze, punt: field.dataset.punt, waarde: field.value });
  } else if (field.dataset?.briefkeuze === "vink") {
    keep();
    const punt = field.closest("[data-punt]").dataset.punt;
    order({ opdracht: "vink", punt, nummer: field.dataset.nummer });
  }
});
document.addEventListener("drop", (event) => {
  if (!event.target.closest?.("#brieven-vak") || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  send(event.dataTransfer.files[0]);
});
