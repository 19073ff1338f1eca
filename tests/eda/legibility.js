// Each function returns the texts of charts that are hard to read.

function overlappingLabels() {
  return [...document.querySelectorAll(".plot .role-axis-label")].flatMap((axis) => {
    const shown = [...axis.children].filter((label) => getComputedStyle(label).opacity > 0);
    const boxes = shown.map((label) => [label.textContent, label.getBoundingClientRect()]);
    return boxes.slice(1).filter(([, box], place) => {
      const before = boxes[place][1]; // a pixel above and below the letters may overlap
      return box.top < before.bottom - 1 && before.top < box.bottom - 1
        && box.left < before.right && before.left < box.right;
    }).map(([text]) => text);
  });
}

function truncatedTexts() {
  return [...document.querySelectorAll(".plot svg")].flatMap((drawing) => {
    const edge = drawing.getBoundingClientRect();
    return [...drawing.querySelectorAll("text")].filter((text) => {
      const box = text.getBoundingClientRect();
      return text.textContent.endsWith("…") || box.left < edge.left - 1 || box.right > edge.right + 1;
    }).map((text) => `${drawing.closest("figure").id}: ${text.textContent}`);
  });
}

// Contrast below WCAG level AA.
function faintTexts() {
  const light = (color) => color.match(/\d+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  return [...document.querySelectorAll(".plot .mark-text text")].filter((text) => {
    const lights = [getComputedStyle(text).fill, getComputedStyle(text.closest("figure")).backgroundColor].map(light);
    return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05) < 4.5;
  }).map((text) => `${text.closest("figure").id}: ${text.textContent}`);
}
