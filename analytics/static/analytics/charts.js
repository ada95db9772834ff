// Draws every <canvas data-chart="name"> from the page's #chart-data with the Chart.js that the admin's theme loads,
// in the colours of the style sheet, and again when the theme turns dark or light.
import { written } from "./units.js";

const data = document.getElementById("chart-data");
const drawn = new Map();

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--rp-${name}`).trim();

function dataset(series, chart) {
  const ink = colour(series.tone);
  const line = series.kind !== "bar";
  return {
    type: line ? "line" : "bar",
    label: series.label,
    data: series.data,
    yAxisID: chart.lying ? undefined : series.axis,
    borderColor: ink,
    backgroundColor: ink,
    borderWidth: line ? 2 : 0,
    borderDash: series.dashed ? [5, 4] : [],
    pointStyle: series.kind === "dot" ? "circle" : line ? "line" : "rect",
    showLine: series.kind !== "dot",
    pointRadius: series.kind === "dot" ? 6 : series.data.filter((point) => point !== null).length < 3 ? 2 : 0,
    pointHitRadius: 8,
    spanGaps: true,
    tension: 0.25,
    order: line ? 0 : 1,
    maxBarThickness: 44,
  };
}

function axis(chart, title, extra = {}) {
  return {
    beginAtZero: true,
    stacked: chart.stacked,
    title: { display: Boolean(title), text: title, color: colour("text") },
    ticks: { color: colour("text"), precision: chart.unit === "count" ? 0 : undefined, callback: (value) => written(value, chart.unit) },
    grid: { color: colour("grid") },
    ...extra,
  };
}

// How much of a lying chart's width its names may take before they are cut.
const NAMES_SHARE = 0.4;

/** The name at this tick, with "…" for what would run out of the picture on a narrow screen. */
function fitting(value) {
  const { ctx, width } = this.chart;
  const { size, family } = window.Chart.defaults.font;
  let letters = [...this.getLabelForValue(value)];
  ctx.save();
  ctx.font = `${size}px ${family}`;
  const tooWide = (text) => ctx.measureText(text).width > width * NAMES_SHARE;
  if (tooWide(letters.join(""))) {
    while (letters.length > 1 && tooWide(`${letters.join("")}…`)) letters = letters.slice(0, -1);
    letters.push("…");
  }
  ctx.restore();
  return letters.join("");
}

function names(chart) {
  // Days may be left out between others; what lies has room for every name.
  const ticks = { color: colour("text"), maxRotation: 0, autoSkip: !chart.lying, autoSkipPadding: 12 };
  if (chart.lying) ticks.callback = fitting;
  return { stacked: chart.stacked, ticks, grid: { display: false } };
}

function scales(chart) {
  if (chart.small) return { x: { display: false }, y: { display: false, beginAtZero: true, grace: "10%" } };
  if (chart.lying) return { x: axis(chart, chart.title), y: names(chart) };
  const both = { x: names(chart), y: axis(chart, chart.title) };
  if (chart.title2) {
    both.y2 = axis({ ...chart, unit: "decimal" }, chart.title2, { position: "right", grid: { drawOnChartArea: false } });
  }
  return both;
}

function options(chart) {
  const label = (item) => `${item.dataset.label}: ${written(item.raw, chart.title2 && item.dataset.yAxisID === "y2" ? "decimal" : chart.unit)}`;
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    indexAxis: chart.lying ? "y" : "x",
    interaction: { mode: "index", intersect: false, axis: chart.lying ? "y" : "x" },
    scales: scales(chart),
    plugins: {
      legend: { display: !chart.small, position: "bottom", labels: { color: colour("text"), usePointStyle: true } },
      tooltip: { callbacks: { label } },
    },
  };
}

function draw(canvas, chart) {
  drawn.get(canvas)?.destroy();
  const datasets = chart.series.map((series) => dataset(series, chart));
  drawn.set(canvas, new window.Chart(canvas, { type: "bar", data: { labels: chart.labels, datasets }, options: options(chart) }));
}

function drawAll(charts) {
  for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
    const chart = charts[canvas.dataset.chart];
    if (chart) draw(canvas, chart);
  }
}

if (data) {
  const charts = JSON.parse(data.textContent);
  drawAll(charts);
  // The theme's switch sets a class on <html>.
  new MutationObserver(() => drawAll(charts)).observe(document.documentElement, { attributeFilter: ["class"] });
}
