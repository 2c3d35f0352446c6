/* The tab "Documenten": files are dropped or chosen, sent one after the other, and followed. */

const OURS = { "X-Beleidswijzer": "pagina" };
const GONE = "De Beleidswijzer is niet bereikbaar. Kijk of het programma nog draait.";
const SOON = 600;
const LATER = 5000;

const byId = (name) => document.getElementById(name);

function say(text) {
  const box = byId("documenten-stand");
  if (!box) return;
  box.querySelector(".bw-fout")?.remove();
  if (!text) return;
  const line = document.createElement("p");
  line.className = "bw-fout";
  line.setAttribute("role", "alert");
  line.textContent = text;
  box.prepend(line);
}

/* What there is to tell is fetched again and again while something is done. */
let timer = 0;
let times = "";
async function follow() {
  clearTimeout(timer);
  const box = byId("documenten-stand");
  if (!box) return;
  let busy = false;
  try {
    const reply = await fetch("/documenten/stand");
    if (!reply.ok) return;
    const text = await reply.text();
    const typing = box.contains(document.activeElement) && document.activeElement.matches("input");
    if (!typing && box.dataset.tekst !== text) {
      const focused = document.activeElement?.closest?.("#documenten-stand [data-sleutel]");
      const again = focused && `[data-opdracht="${focused.dataset.opdracht}"][data-sleutel="${focused.dataset.sleutel}"]`;
      box.innerHTML = text;
      box.dataset.tekst = text;
      if (again) box.querySelector(again)?.focus();
    }
    const state = box.querySelector("[data-bezig]");
    busy = state?.dataset.bezig === "ja" || sending > 0;
    if (state && state.dataset.keer !== times) {
      if (times !== "") await renew();
      times = state.dataset.keer;
    }
  } catch {
    say(GONE);
  }
  timer = setTimeout(follow, busy ? SOON : LATER);
}

async function renew() {
  const reply = await fetch("/documenten/lijst");
  const list = byId("documenten-lijst")?.querySelector(".bw-tabelrand, .bw-leeg");
  if (reply.ok && list) list.outerHTML = await reply.text();
  const shown = byId("document-inhoud")?.dataset.getoond;
  if (shown && !byId("document-inhoud").contains(document.activeElement?.closest("input"))) {
    await show(shown, false);
  }
}

/* Files go one by one, so that a large one does not hold up what is said of the others. */
const waiting = [];
let sending = 0;
async function send(files, instead = "") {
  say("");
  for (const file of files) waiting.push([file, instead]);
  if (sending) return;
  sending = 1;
  while (waiting.length) {
    const [file, replaced] = waiting.shift();
    const given = new URLSearchParams({ naam: file.name, vervangt: replaced });
    try {
      const reply = await fetch(`/documenten/bestand?${given}`, {
        method: "POST",
        headers: { ...OURS, "Content-Type": "application/octet-stream" },
        body: file,
      });
      if (!reply.ok) say(`${file.name}: ${(await reply.json()).fout}`);
    } catch {
      say(`${file.name}: ${GONE}`);
    }
    follow();
  }
  sending = 0;
  follow();
}

async function order(content) {
  say("");
  try {
    const reply = await fetch("/documenten/opdracht", {
      method: "POST",
      headers: { ...OURS, "Content-Type": "application/json" },
      body: JSON.stringify(content),
    });
    if (!reply.ok) say((await reply.json()).fout);
  } catch {
    say(GONE);
  }
  follow();
}

async function show(name, focus = true) {
  const pane = byId("document-inhoud");
  if (!pane) return;
  const reply = await fetch(`/documenten/een?${new URLSearchParams({ id: name })}`);
  pane.innerHTML = await reply.text();
  const nested = pane.querySelector("#document-inhoud");
  if (nested) pane.innerHTML = nested.innerHTML;
  pane.dataset.getoond = nested ? "" : name;
  if (!focus) return;
  byId("document-kop")?.focus({ preventScroll: true });
  if (window.matchMedia("(max-width: 900px)").matches) pane.scrollIntoView({ block: "start" });
}

document.addEventListener("click", (event) => {
  const trigger = event.target.closest?.("[data-document], button[data-opdracht], [data-vraag]");
  if (!trigger) return;
  event.preventDefault();
  const sure = byId("document-inhoud")?.querySelector("[data-zeker]");
  if (trigger.dataset.document) show(trigger.dataset.document);
  else if (trigger.dataset.vraag) {
    sure.hidden = trigger.dataset.vraag !== "verwijder";
    (sure.hidden ? byId("document-kop") : sure.querySelector("button")).focus();
  } else {
    order({ opdracht: trigger.dataset.opdracht, sleutel: trigger.dataset.sleutel });
    if (sure) sure.hidden = true;
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-opdracht]");
  if (!form) return;
  event.preventDefault();
  const given = Object.fromEntries(new FormData(form));
  order({ ...given, opdracht: form.dataset.opdracht, sleutel: form.dataset.sleutel });
  document.activeElement?.blur();
});

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.id === "documenten-kies") send([...input.files]);
  else if (input.dataset?.vervangt) send([...input.files], input.dataset.vervangt);
  else return;
  input.value = "";
});

/* Files that are dropped beside the box must not open in place of the page. */
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const box = byId("documenten-neer");
    const over = box?.offsetParent && event.target.closest?.("#documenten-blad");
    box?.classList.toggle("bw-erboven", kind === "dragover" && Boolean(over));
    if (kind === "drop" && over) send([...event.dataTransfer.files]);
  });
}
document.addEventListener("dragleave", () => byId("documenten-neer")?.classList.remove("bw-erboven"));

new MutationObserver(() => {
  const box = byId("documenten-stand");
  if (box && box.offsetParent && !("gevolgd" in box.dataset)) {
    box.dataset.gevolgd = "";
    follow();
  }
}).observe(document.body, { childList: true, subtree: true, attributeFilter: ["style", "class"] });
