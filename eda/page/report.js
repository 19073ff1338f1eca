// Draws each chart when it comes near the window, in the colours of the page.
"use strict";

const root = document.documentElement;
const isDark = matchMedia("(prefers-color-scheme: dark)");
const drawn = new Set();

function look(width) {
  const styles = getComputedStyle(root);
  const of = (name) => styles.getPropertyValue(name).trim();
  const [ink, muted, line] = [of("--ink"), of("--muted"), of("--line")];
  return {
    background: "transparent",
    font: getComputedStyle(document.body).fontFamily,
    view: { stroke: null },
    axis: { labelLimit: Math.min(260, 0.5 * width), labelColor: muted, titleColor: muted, gridColor: line, domainColor: line, tickColor: line,
            labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
    legend: { labelColor: ink, labelFontSize: 12 },
    text: { color: ink },
    rule: { color: ink },
  };
}

async function draw(plot) {
  drawn.add(plot);
  const spec = JSON.parse(document.getElementById(plot.dataset.spec).textContent);
  await vegaEmbed(plot, spec, {
    actions: false,
    ast: true, // expressions are interpreted, so that no policy need allow eval
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
isDark.addEventListener("change", () => drawn.forEach(draw));
addEventListener("beforeprint", () => plots.forEach((plot) => drawn.has(plot) || draw(plot)));

// Opened from disk there is no service above the folder; where it runs by default, it can be asked.
if (location.protocol === "file:") {
  document.querySelectorAll('a[href^="../"]').forEach((link) => {
    link.href = "http://localhost:8000/" + link.getAttribute("href").slice(3);
  });
}
