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

  function conversation(element, trigger, watch) {
    element.setAttribute("role", "log");
    element.setAttribute("aria-label", "Conversation");
    let count = 0;
    element.addEventListener("click", (event) => {
      const button = event.target.closest(".qa-chip, .qa-related");
      if (button) open(button, trigger);
    });
    for (const [name, handle] of [["mouseover", showTip], ["focusin", showTip], ["mouseout", hideTip], ["focusout", hideTip]]) {
      element.addEventListener(name, (event) => {
        const chip = event.target.closest(".qa-chip");
        if (chip) handle(chip);
      });
    }
    watch("value", () => {
      const exchanges = element.querySelectorAll(".qa-exchange");
      if (exchanges.length > count) {
        exchanges[exchanges.length - 1].scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });
      }
      count = exchanges.length;
    });
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

  function table(element, trigger) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.classList.contains("qa-open")) open(button, trigger);
      else if (button.dataset.sure) trigger("delete", { name: button.dataset.name });
      else askAgain(button);
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

  addEventListener("scroll", hideTip, { passive: true, capture: true });
  return { conversation, reader, welcome, table };
})();
