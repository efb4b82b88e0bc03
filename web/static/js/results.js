// Charts of the result pages. The data lie in the page as JSON with their texts: browsers have no numbers and months
// in Khmer or Burmese. Without this script nothing is missing, since the table below each chart holds the same.
// @ts-check

const INK = "#1c2b2a";
const LINES = ["#0b5a53", "#b34700", "#23527c", "#7a4d00"];
const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3]];
const POINTS = ["circle", "rectRot", "triangle", "rect"];

/** @param {number} value @param {string[]} separators */
function grouped(value, separators) {
  const [group, point] = separators;
  const rounded = Math.abs(Math.round(value * 100) / 100);
  const [whole, fraction] = String(rounded).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, group);
  const sign = value < 0 && rounded > 0 ? "\u2212" : "";
  return sign + digits + (fraction ? point + fraction : "");
}

/** A fill that can be told from others without colour: plain, stripes, dots, cross-hatching. */
function pattern(/** @type {string} */ colour, /** @type {number} */ at) {
  if (at === 0) return colour;
  const size = 8;
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  if (at === 2) {
    pen.arc(size / 2, size / 2, 2, 0, 2 * Math.PI);
    pen.fill();
  } else {
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift, size);
      pen.lineTo(shift + size, 0);
      if (at === 3) {
        pen.moveTo(shift, 0);
        pen.lineTo(shift + size, size);
      }
    }
    pen.stroke();
  }
  return pen.createPattern(tile, "repeat") || colour;
}

/** @param {any} data @param {any} series @param {number} at */
function dataset(data, series, at) {
  const colour = LINES[at % LINES.length];
  const values = series.values.map((/** @type {number | null} */ value) => (value === null ? null : value / data.scale));
  if (data.kind === "line") {
    const marked = values.map((/** @type {unknown} */ _, /** @type {number} */ place) => (place === data.mark ? 7 : 0));
    return {
      label: series.label, data: values, borderColor: colour, backgroundColor: colour, borderWidth: 2.5,
      borderDash: DASHES[at % DASHES.length], pointStyle: data.mark === null ? POINTS[at] : "rectRot",
      pointRadius: data.mark === null ? 0 : marked, pointHoverRadius: 6, tension: 0,
    };
  }
  return {
    label: series.label, data: values, backgroundColor: pattern(colour, at % 4), borderColor: colour, borderWidth: 1.5,
    maxBarThickness: 46,
  };
}

/** @param {HTMLElement} figure */
function draw(figure) {
  const source = document.getElementById(figure.dataset.chart || "");
  const box = /** @type {HTMLElement} */ (figure.querySelector(".chart-box"));
  const canvas = /** @type {HTMLCanvasElement} */ (figure.querySelector("canvas"));
  // @ts-ignore - Chart.js comes as a classic script
  const Chart = window.Chart;
  if (!source || !Chart || !box || box.dataset.drawn) return;
  box.dataset.drawn = "yes";
  box.hidden = false;
  const data = JSON.parse(source.textContent || "{}");
  const lying = data.kind === "bar";
  const say = (/** @type {number} */ value) =>
    data.percent ? `${grouped(value * 100, data.separators)} %` : grouped(value, data.separators);
  const values = {
    beginAtZero: true,
    title: { display: Boolean(data.axis), text: data.axis, color: INK },
    ticks: { color: INK, maxTicksLimit: 6, callback: say },
    grid: { color: (/** @type {any} */ context) => (context.tick.value === 0 ? "#4a5a58" : "#e4e0d5") },
  };
  const names = { ticks: { color: INK, maxRotation: 0, autoSkipPadding: 12 }, grid: { display: false } };
  const font = { family: getComputedStyle(document.body).fontFamily, size: 13 };
  new Chart(canvas, {
    type: data.kind === "line" ? "line" : "bar",
    data: { labels: data.labels, datasets: data.series.map((/** @type {any} */ each, /** @type {number} */ at) => dataset(data, each, at)) },
    options: {
      animation: false, maintainAspectRatio: false, indexAxis: lying ? "y" : "x", font,
      interaction: { mode: "index", intersect: false, axis: lying ? "y" : "x" },
      scales: lying ? { x: values, y: names } : { x: names, y: values },
      plugins: {
        legend: { display: data.series.length > 1, position: "top", align: "start", labels: { color: INK, boxWidth: 28, font } },
        tooltip: {
          callbacks: {
            label: (/** @type {any} */ item) => `${item.dataset.label}: ${data.series[item.datasetIndex].texts[item.dataIndex]}`,
          },
        },
      },
    },
  });
}

function drawAll(/** @type {ParentNode} */ root = document) {
  for (const figure of root.querySelectorAll("[data-chart]")) draw(/** @type {HTMLElement} */ (figure));
}

if (document.readyState === "complete") drawAll();
else window.addEventListener("load", () => drawAll());
