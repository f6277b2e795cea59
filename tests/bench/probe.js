// Runs in every page before its own scripts: notes when each card and each chart was last drawn, in milliseconds.
(() => {
  const CHARTS = '[data-testid="stPlotlyChart"], [data-testid="stEChartsChart"]';
  const SHOWN = `[data-testid="stMetric"], ${CHARTS}`;
  // A card with a picture beside its metric.
  const CARD = '[class*="st-key-card_"]';
  const BUSY = '[data-testid="stSkeleton"], [data-testid="stSpinner"], [data-stale="true"]';
  const probe = (window.probe = { drawn: new WeakMap(), last: 0, asked: 0 });

  const stamp = (node, now) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!element || !element.closest('[data-testid="stMain"]')) return;
    probe.last = now;
    const around = element.closest(CARD) || element.closest(SHOWN);
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

  // Drawing on a canvas changes nothing in the document.
  for (const draw of ["clearRect", "fill", "stroke", "fillText"]) {
    const original = CanvasRenderingContext2D.prototype[draw];
    CanvasRenderingContext2D.prototype[draw] = function (...values) {
      if (this.canvas.isConnected) stamp(this.canvas, performance.now());
      return original.apply(this, values);
    };
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Backspace") probe.asked = performance.now();
  }, { capture: true });

  const PARTS = {
    stMetric: "svg.marks, canvas.marks, img",
    stPlotlyChart: ".main-svg .trace, .main-svg .point, .main-svg .bars, .gl-canvas",
    stEChartsChart: "canvas, svg path",
  };
  const whole = (element) => element.closest(CARD) || element;
  const complete = (element) => whole(element).querySelector(PARTS[element.dataset.testid]);
  const visible = () => [...document.querySelectorAll(SHOWN)].filter((element) => element.offsetParent);

  probe.shown = () => {
    const cards = visible().filter((element) => element.dataset.testid === "stMetric").length;
    return { cards, charts: visible().length - cards };
  };

  // Null while anything is missing, stale or still moving; else when the last of it was drawn.
  probe.settled = ({ count, since, quiet }) => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app || app.dataset.testScriptState !== "notRunning" || document.querySelector(BUSY)) return null;
    const all = visible();
    if (all.length < count || !all.every(complete)) return null;
    if (!all.every((element) => (probe.drawn.get(whole(element)) || 0) > since)) return null;
    return performance.now() - probe.last < quiet ? null : probe.last;
  };
})();
