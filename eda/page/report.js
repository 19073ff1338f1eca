// Draws each chart when it approaches the viewport, in the colors of the page.
"use strict";

const root = document.documentElement;
const isDark = matchMedia("(prefers-color-scheme: dark)");
const isNarrow = matchMedia("(max-width: 40rem)");
const drawn = new Set();

function look(width) {
  const styles = getComputedStyle(root);
  const of = (name) => styles.getPropertyValue(name).trim();
  const [ink, muted, line] = [of("--ink"), of("--muted"), of("--line")];
  return {
    background: "transparent",
    font: getComputedStyle(document.body).fontFamily,
    view: { stroke: null },
    axis: { labelLimit: Math.min(260, 0.55 * width), labelColor: muted, titleColor: muted, gridColor: line, domainColor: line, tickColor: line,
            labelFontSize: isNarrow.matches ? 11 : 12, titleFontSize: 12, titleFontWeight: "normal" },
    legend: { labelColor: ink, labelFontSize: 12 },
    text: { color: ink },
    rule: { color: ink },
    range: { category: [of("--word"), of("--other-word")] },
    axisX: { labelSeparation: 8, ...(isNarrow.matches && { titleAnchor: "end", labelFlush: true }) },
    padding: { left: 2, right: 10, top: 5, bottom: 5 },
  };
}

async function draw(plot) {
  drawn.add(plot);
  const { spec, narrowSpec } = plot.dataset;
  const shown = JSON.parse(document.getElementById((isNarrow.matches && narrowSpec) || spec).textContent);
  await vegaEmbed(plot, shown, {
    actions: false,
    ast: true, // interpret expressions, so that the content security policy need not allow eval
    config: look(plot.clientWidth),
    defaultStyle: false,
    formatLocale: JSON.parse(root.dataset.locale),
    logLevel: 1, // errors only
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
  });
  plot.dataset.drawn = "";
}

const nearby = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) {
      nearby.unobserve(target);
      draw(target);
    }
  }
}, { rootMargin: "800px" });

const plots = document.querySelectorAll(".plot");
plots.forEach((plot) => nearby.observe(plot));
for (const preference of [isDark, isNarrow]) preference.addEventListener("change", () => drawn.forEach(draw));
addEventListener("beforeprint", () => plots.forEach((plot) => drawn.has(plot) || draw(plot)));

// Links to the service do not work in a page opened from disk; the table documentation is in the parent folder.
if (location.protocol === "file:") {
  document.querySelectorAll('a[href^="../"]:not([href^="../docs.html"])').forEach((link) => link.removeAttribute("href"));
}
