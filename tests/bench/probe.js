// Runs in every page before its own scripts: notes when each card and each chart was last drawn, in milliseconds.
(() => {
  const SHOWN = '[data-testid="stMetric"], [data-testid="stPlotlyChart"]';
  const BUSY = '[data-testid="stSkeleton"], [data-testid="stSpinner"], [data-stale="true"]';
  const probe = (window.probe = { drawn: new WeakMap(), last: 0, asked: 0 });

  const stamp = (node, now) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!element || !element.closest('[data-testid="stMain"]')) return;
    probe.last = now;
    const around = element.closest(SHOWN);
    if (around) probe.drawn.set(around, now);
  };

  new MutationObserver((records) => {
    const now = performance.now();
    for (const record of records) {
      stamp(record.target, now);
      for (const node of record.addedNodes) {
        stamp(node, now);
        if (node.querySelectorAll) node.querySelectorAll(SHOWN).forEach((inner) => stamp(inner, now));
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Backspace") probe.asked = performance.now();
  }, { capture: true });

  const complete = (element) =>
    element.dataset.testid === "stMetric"
      ? element.querySelector('[data-testid="stMetricValue"]') && element.querySelector("svg.marks, canvas.marks")
      : element.querySelector(".main-svg .trace, .main-svg .point, .main-svg .bars, .gl-canvas");

  probe.shown = () => {
    const all = [...document.querySelectorAll(SHOWN)].filter((element) => element.offsetParent);
    return { cards: all.filter((e) => e.dataset.testid === "stMetric").length, charts: all.filter((e) => e.dataset.testid === "stPlotlyChart").length };
  };

  // Null while anything is missing, stale or still moving; else when the last of it was drawn.
  probe.settled = ({ count, since, quiet }) => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app || app.dataset.testScriptState !== "notRunning" || document.querySelector(BUSY)) return null;
    const all = [...document.querySelectorAll(SHOWN)].filter((element) => element.offsetParent);
    if (all.length < count || !all.every(complete)) return null;
    if (!all.every((element) => (probe.drawn.get(element) || 0) > since)) return null;
    return performance.now() - probe.last < quiet ? null : probe.last;
  };
})();
