// Asks the server for news, and shows them. A picture is only fetched anew when what it shows looks different.
"use strict";

const at = (selector) => document.querySelector(selector);

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function showStatus(state) {
  const errors = state.problems.filter((problem) => problem.severity === "error").length;
  const words = state.building ? "Building …" : !state.built ? `Not built: ${errors || state.problems.length} to mend`
    : state.problems.length ? `Built, ${state.problems.length} to look at` : "Built, nothing to mend";
  const status = at("#status");
  status.textContent = words;
  status.className = state.building ? "busy" : state.built ? "good" : "bad";
}

function showProblems(problems) {
  at("#problems").hidden = !problems.length;
  at("#problems ol").replaceChildren(...problems.map((problem) => {
    const item = element("li", "", problem.severity);
    item.append(element("b", problem.line ? `${problem.file}:${problem.line}` : problem.file), ` ${problem.message}`);
    if (problem.hint) item.append(element("small", problem.hint));
    return item;
  }));
}

function showTold(said) {
  at("#told").hidden = !said.length;
  at("#told ul").replaceChildren(...said.map((words) => element("li", words)));
}

function figure(id, className, caption) {
  const made = element("figure", "", className);
  made.id = id;
  const picture = element("img");
  picture.alt = caption;
  picture.loading = "lazy";
  picture.onerror = () => { picture.hidden = true; };
  made.append(picture, element("figcaption", caption));
  return made;
}

function show(id, address, caption, changed) {
  const made = document.getElementById(id);
  const picture = made.querySelector("img");
  if (picture.getAttribute("src") !== address) {
    picture.hidden = false;
    picture.src = address;
  }
  made.querySelector("figcaption").textContent = picture.alt = caption;
  made.classList.toggle("new", changed);
}

// Page 1 lies on the right, then two and two, as the booklet lies open.
function spreads(count) {
  const made = [];
  for (let page = 1; page <= count; page += page === 1 ? 1 : 2) {
    const spread = element("div", "", "spread");
    for (const number of page === 1 ? [1] : [page, page + 1].filter((one) => one <= count)) {
      spread.append(figure(`page-${number}`, number % 2 ? "right" : "left", `Page ${number}`));
    }
    made.push(spread);
  }
  return made;
}

function showBooklet(looks, changed) {
  const box = at("#booklet .spreads");
  if (box.querySelectorAll("figure").length !== looks.length) box.replaceChildren(...spreads(looks.length));
  looks.forEach((look, place) => {
    const number = place + 1;
    show(`page-${number}`, `/page/${number}.png?${look}`, `Page ${number}`, changed.includes(number));
  });
  headed("#booklet", looks, changed);
}

function showSlides(slides, changed) {
  const box = at("#slides .deck");
  if (box.children.length !== slides.length) {
    box.replaceChildren(...slides.map((_, place) => figure(`slide-${place + 1}`, "slide", "")));
  }
  slides.forEach((slide, place) => {
    const number = place + 1;
    const address = `/slide/${number}.png?${slide.file}`;
    show(`slide-${number}`, address, `${slide.number} ${slide.title}`, changed.includes(number));
  });
  headed("#slides", slides, changed);
}

function headed(section, all, changed) {
  at(`${section} .none`).hidden = all.length > 0;
  at(`${section} .changed`).textContent = changed.length && changed.length < all.length
    ? `changed: ${changed.join(", ")}` : "";
}

async function follow() {
  let version = 0;
  for (;;) {
    try {
      const state = await (await fetch(`/state?after=${version}`)).json();
      if (state.version !== version && state.problems) {
        showStatus(state);
        showProblems(state.problems);
        showTold(state.said);
        showBooklet(state.pages, state.pages_changed || []);
        showSlides(state.slides, state.slides_changed || []);
      }
      version = state.version;
    } catch {
      at("#status").textContent = "The command has ended; start it again to go on.";
      at("#status").className = "bad";
      version = 0;
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
    }
  }
}

at("#size").addEventListener("input", (event) => {
  document.documentElement.style.setProperty("--size", `${event.target.value}vw`);
});
follow();
