/* The page's own script: chips, the reader, tables. Each function is called once with its component's root element;
   events are delegated, because the content below changes. Nothing here builds HTML from text. */
window.qaPage = (() => {
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  let opener = null;
  let shownTip = null;

  function hideTip() {
    if (shownTip && shownTip.isConnected && shownTip.matches(":popover-open")) shownTip.hidePopover();
    shownTip = null;
  }

  function showTip(chip) {
    hideTip();
    const tip = document.getElementById(chip.getAttribute("aria-describedby"));
    if (!tip || !tip.showPopover) return;
    tip.showPopover();
    shownTip = tip;
    const at = chip.getBoundingClientRect(), size = tip.getBoundingClientRect(), gap = 8;
    const left = Math.min(Math.max(gap, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - gap);
    const below = at.bottom + gap;
    tip.style.left = `${left}px`;
    tip.style.top = `${below + size.height < innerHeight - gap ? below : at.top - size.height - gap}px`;
  }

  function scrollToMark(reader) {
    const mark = reader.querySelector("mark"), box = reader.querySelector(".qa-text");
    if (!mark || !box) return;
    const from = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTo({ top: box.scrollTop + from - box.clientHeight / 3, behavior: still() ? "auto" : "smooth" });
  }

  function place(button) {
    const { document: id, start = "0", end = "0" } = button.dataset;
    return { document: id, start, end };
  }

  function open(button, trigger) {
    hideTip();
    opener = button;
    document.querySelectorAll(".qa-current").forEach((chip) => chip.classList.remove("qa-current"));
    button.classList.add("qa-current");
    const where = place(button), reader = document.querySelector(".qa-reader");
    if (reader && reader.dataset.key === `${where.document}:${where.start}-${where.end}`) {
      scrollToMark(reader);
      reader.querySelector("h2").focus({ preventScroll: true });
      return;
    }
    trigger("select", where);
  }

  /* A secret of this browser tab, under which the server remembers the conversation; a reload keeps it, a new tab has its own. */
  function ticket() {
    let kept = null;
    try { kept = sessionStorage.getItem("qa-ticket"); } catch { /* storage is forbidden: the conversation lasts until the reload */ }
    if (!/^[0-9a-f]{32}$/.test(kept || window.qaTicket || "")) {
      kept = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    window.qaTicket = kept || window.qaTicket;
    try { sessionStorage.setItem("qa-ticket", window.qaTicket); } catch { /* as above */ }
    return window.qaTicket;
  }

  /* The ticket, once the conversation that belongs to it is drawn: until then whatever asks for it waits, so that nothing sent in the
     page's first moment is lost, or drawn over by what was there before. */
  let drawn = null;
  const isDrawn = new Promise((done) => { drawn = done; });
  const held = () => isDrawn.then(ticket);

  function told(button, words) {
    const before = button.textContent;
    button.textContent = words;
    setTimeout(() => { if (button.isConnected) button.textContent = before; }, 2000);
  }

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch { // not a secure address, or not allowed
      const area = document.createElement("textarea");
      area.value = button.dataset.copy;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    told(button, "Copied");
  }

  function download(name, text, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function save(button, server) {
    const saved = await server.save({ ticket: ticket(), format: button.dataset.format });
    if (saved.error) told(button, saved.error);
    else download(saved.name, saved.text, "text/plain;charset=utf-8");
  }

  function act(button, trigger, server) {
    const what = button.dataset.act;
    if (what === "copy") copy(button);
    else if (what === "save") save(button, server);
    else if (what === "timeline") {
      trigger("timeline", { topic: button.dataset.topic });
      Array.from(document.querySelectorAll('[role="tab"]')).find((tab) => tab.textContent.trim() === "Timeline")?.click();
    } else {
      trigger(what, {});
      if (what === "edit") document.querySelector("#qa-question textarea").focus();
    }
  }

  /* What was unfolded stays so when the conversation is drawn anew. */
  function keepFolds(element) {
    const open = new Set();
    element.addEventListener("toggle", (event) => {
      const key = event.target.dataset && event.target.dataset.fold;
      if (key && event.target.isConnected) open[event.target.open ? "add" : "delete"](key);
    }, true);
    return () => element.querySelectorAll("details[data-fold]").forEach((fold) => { if (open.has(fold.dataset.fold)) fold.open = true; });
  }

  function conversation(element, trigger, watch, server, _events) {
    element.setAttribute("role", "log");
    element.setAttribute("aria-label", "Conversation");
    let count = 0;
    const unfold = keepFolds(element);
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (button) act(button, trigger, server);
    });
    places(element, trigger);
    watch("value", () => {
      const exchanges = element.querySelectorAll(".qa-exchange");
      unfold();
      if (exchanges.length > count) {
        exchanges[exchanges.length - 1].scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
      }
      count = exchanges.length;
    });
  }

  /* Whatever names a place in a document opens it; chips show their description meanwhile. */
  function places(element, trigger) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest(".qa-chip, .qa-related, .qa-mark");
      if (button) open(button, trigger);
    });
    for (const [name, handle] of [["mouseover", showTip], ["focusin", showTip], ["mouseout", hideTip], ["focusout", hideTip]]) {
      element.addEventListener(name, (event) => {
        const chip = event.target.closest(".qa-chip");
        if (chip) handle(chip);
      });
    }
  }

  function reader(element, props, watch) {
    const close = () => {
      if (!props.value) return;
      props.value = "";
      document.querySelectorAll(".qa-current").forEach((chip) => chip.classList.remove("qa-current"));
      if (opener && opener.isConnected) opener.focus();
    };
    element.addEventListener("click", (event) => event.target.closest(".qa-close") && close());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (shownTip) hideTip();
      else close();
    });
    watch("value", () => {
      const article = element.querySelector(".qa-reader");
      if (!article) return;
      article.querySelector(".qa-text")?.scrollTo({ top: 0 });
      scrollToMark(article);
      article.querySelector("h2").focus({ preventScroll: true });
    });
  }

  function welcome(element, trigger) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest(".qa-suggestion");
      if (button) trigger("select", { question: button.textContent });
    });
  }

  function table(element, trigger, _events) {
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const { title, published } = Object.fromEntries(new FormData(event.target));
      trigger("correct", { name: event.target.dataset.name, title, published });
    });
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button || button.type === "submit") return;
      if (button.classList.contains("qa-open")) open(button, trigger);
      else if (button.classList.contains("qa-correct")) unfoldForm(button);
      else if (button.dataset.sure) trigger("delete", { name: button.dataset.name });
      else askAgain(button);
    });
  }

  function unfoldForm(button) {
    const row = document.getElementById(button.getAttribute("aria-controls"));
    row.hidden = !row.hidden;
    button.setAttribute("aria-expanded", String(!row.hidden));
    if (!row.hidden) row.querySelector("input").focus();
  }

  function evals(element) {
    element.addEventListener("click", (event) => {
      if (event.target.closest('[data-act="report"]')) download("evals.html", element.querySelector("iframe").srcdoc, "text/html;charset=utf-8");
    });
  }

  function askAgain(button) {
    button.dataset.sure = "1";
    button.textContent = "Really remove?";
    setTimeout(() => {
      if (!button.isConnected) return;
      delete button.dataset.sure;
      button.textContent = "Remove";
    }, 4000);
  }

  /* An empty line asks nothing: gradio would be busy with it, and drop the question that comes next. */
  const blank = (event, inside) => event.target.closest?.(inside) && !document.querySelector("#qa-question textarea")?.value.trim();
  addEventListener("keydown", (event) => { if (event.key === "Enter" && blank(event, "#qa-question")) event.preventDefault(); }, true);
  addEventListener("click", (event) => { if (blank(event, "#qa-ask")) event.stopImmediatePropagation(); }, true);
  addEventListener("scroll", hideTip, { passive: true, capture: true });
  return { conversation, reader, welcome, table, places, evals, ticket, held, drawn };
})();
