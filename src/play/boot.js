// Starts the app, and outlives it: where the app breaks, this says so and offers to open the page anew.

const TRIED = "talkoot.boot";
const root = document.documentElement;

// The app makes its still parts from text that was compiled into it. Nothing else may
// become markup: no script, no handler, no address of one.
if (window.trustedTypes?.createPolicy) {
  trustedTypes.createPolicy("default", {
    createHTML: (text) => (/<script|<iframe|<object|\son\w+\s*=|javascript:/i.test(text) ? null : text),
    createScriptURL: (url) => (url === "/sw.js" ? url : null),
  });
}

addEventListener("talkoot:broken", () => offer(
  "Something tripped",
  "This page has stopped by a fault of its own. What you typed is kept on this device and goes on when the page is open again.",
));

const firstPicture = new Image();

// What takes longest goes first.
const program = fetched();
program.catch(() => {});
// The app takes this up, arrived or on its way; where it comes to nothing the app asks itself.
const tasksAhead = tasks().catch(() => {});
window.talkootTasks = tasksAhead;
tasksAhead.then((list) => {
  if (window.talkootTasks) window.talkootTasks = list;
});
// The look that was chosen, before the first paint of the app.
try {
  const prefs = JSON.parse(localStorage.getItem("talkoot.prefs") ?? "{}");
  root.dataset.look = prefs.look ?? "";
  root.dataset.dim = prefs.dim ? "yes" : "no";
} catch {
  // A browser that keeps nothing has no choice to tell of.
}
start();

// A drive that has nothing to begin with, neither practice nor tasks from last time, begins with tasks
// of the server: they come beside the program, not after it.
async function tasks() {
  const slug = location.pathname.match(/^\/p\/([^/]+)\/?$/)?.[1];
  const { project, warm_ups: practice = [] } = JSON.parse(document.getElementById("opening").textContent);
  const here = practice.length > Number(localStorage.getItem(`talkoot.practised.${slug}`));
  if (!slug || project?.state !== "live" || here || localStorage.getItem(`talkoot.left.${slug}`)) return;
  const reply = await fetch(`/api/v1/projects/${slug}/leases`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Talkoot": "1" },
    body: '{"count":11,"newcomer":true}',
    signal: AbortSignal.timeout(20_000),
  });
  if (!reply.ok) return;
  const text = await reply.text();
  const list = JSON.parse(text);
  // And with them the picture of the first: the file that the app will take.
  const sources = list.tasks[0]?.subject.picture?.sources ?? [];
  const wide = Math.floor(innerWidth * devicePixelRatio);
  const file = sources.find(({ width }) => width >= wide) ?? sources.at(-1);
  if (file) firstPicture.src = file.url;
  return { text, list };
}

async function fetched() {
  const js = document.getElementById("app-js").href;
  const wasm = document.getElementById("app-wasm").href;
  return Promise.all([import(js), WebAssembly.compileStreaming(fetch(wasm))]);
}

async function start() {
  try {
    const [app, code] = await program;
    // With its tasks at hand the app's first frame is the first task. They were asked for long ago; where
    // they are late they are not waited for.
    await Promise.race([tasksAhead, new Promise((go) => setTimeout(go, 100))]);
    await app.default({ module_or_path: code });
    sessionStorage.removeItem(TRIED);
  } catch (error) {
    console.error(error);
    failed(error);
  }
}

// Script and program may be of two builds, when one was just replaced: once, try with fresh ones.
function failed(error) {
  const online = navigator.onLine;
  try {
    if (online && !sessionStorage.getItem(TRIED) && !(error instanceof WebAssembly.RuntimeError)) {
      sessionStorage.setItem(TRIED, "1");
      location.reload();
      return;
    }
  } catch {
    // Without storage there is no telling whether this is the first try.
  }
  offer(
    online ? "This page did not open" : "No network just now",
    online
      ? "Part of it did not arrive. Nothing you gave is lost; try it once more."
      : "The page needs the network to open. What you gave is kept on this device.",
  );
}

function offer(title, body) {
  if (document.getElementById("broken")) return;
  const box = document.createElement("div");
  box.id = "broken";
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-label", title);
  const heading = document.createElement("h2");
  heading.textContent = title;
  const text = document.createElement("p");
  text.textContent = body;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "key strong";
  again.textContent = "Open it anew";
  again.addEventListener("click", () => location.reload());
  box.append(heading, text, again);
  document.body.append(box);
  again.focus();
}
