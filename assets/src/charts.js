// Draws <figure class="chart" data-chart="line|bar|hbar|stack" data-table="ID"> from the table: first column labels, each further column of
// numbers a series named by its heading. Readers of the screen have the table; the picture is hidden from them.
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const vietnamese = document.documentElement.lang === 'vi';
const still = matchMedia('(prefers-reduced-motion: reduce)');
const dark = matchMedia('(prefers-color-scheme: dark)');

// "1.234,5" or "1,234.5" as a number; null for a dash.
function number(text) {
	const t = text.replace(/[\s%]/g, '');
	const plain = vietnamese ? t.replace(/\./g, '').replace(',', '.') : t.replace(/,/g, '');
	return plain === '' || Number.isNaN(Number(plain)) ? null : Number(plain);
}

const value = (cell) => (cell.dataset.value !== undefined ? Number(cell.dataset.value) : number(cell.textContent));

// Columns marked data-skip are not drawn, nor rows of the foot.
function read(table) {
	const head = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
	const rows = [...table.tBodies[0].rows].filter((row) => row.dataset.skip === undefined);
	const drawn = head.map((cell, i) => i).filter((i) => i > 0 && head[i].dataset.skip === undefined);
	return {
		labels: rows.map((row) => row.cells[0].textContent.trim()),
		series: drawn.map((i) => ({ name: head[i].textContent.trim(), data: rows.map((row) => value(row.cells[i])) })),
	};
}

// The largest rows by the first series, in falling order.
function largest({ labels, series }, most) {
	const order = labels.map((_, i) => i);
	if (!most || !series.length) return { labels, series };
	order.sort((a, b) => (series[0].data[b] ?? 0) - (series[0].data[a] ?? 0));
	const kept = order.slice(0, most);
	return { labels: kept.map((i) => labels[i]), series: series.map((s) => ({ ...s, data: kept.map((i) => s.data[i]) })) };
}

function colours() {
	const style = getComputedStyle(document.documentElement);
	const of = (name) => style.getPropertyValue(name).trim();
	return {
		series: [1, 2, 3, 4, 5, 6].map((i) => of(`--chart-${i}`)),
		text: of('--tblr-body-color'), soft: of('--tblr-secondary'), line: of('--tblr-border-color'), paper: of('--paper'),
		font: getComputedStyle(document.body).fontFamily,
	};
}

const format = (n) => (n === null ? '–' : n.toLocaleString(vietnamese ? 'vi-VN' : 'en-US'));

function oneSeries(kind, c, s, i) {
	const line = kind === 'line';
	return {
		name: s.name, type: line ? 'line' : 'bar', data: s.data, stack: kind === 'stack' ? 'all' : undefined,
		barMaxWidth: kind === 'hbar' ? 14 : 36, barGap: '15%', symbol: 'circle', symbolSize: 7, connectNulls: true,
		lineStyle: { width: 2.5, type: line && i > 0 ? 'dashed' : 'solid' },
		itemStyle: { borderRadius: kind === 'stack' || line ? 0 : 2 },
		label: { show: kind === 'hbar', position: 'right', color: c.soft, fontSize: 12, formatter: ({ value: n }) => (n ? format(n) : '') },
	};
}

function option(kind, { labels, series }, c) {
	const flat = kind === 'hbar';
	const names = {
		type: 'category', data: labels, inverse: flat, axisTick: { show: false }, axisLine: { lineStyle: { color: c.line } },
		axisLabel: { color: c.text, fontSize: 13, width: flat ? Math.min(280, innerWidth * 0.4) : undefined, overflow: 'truncate', interval: flat ? 0 : 'auto' },
	};
	const values = { type: 'value', axisLabel: { color: c.soft, fontSize: 13, formatter: format }, splitLine: { lineStyle: { color: c.line } }, minInterval: 1 };
	return {
		color: c.series, animation: false, textStyle: { fontFamily: c.font, color: c.text },
		grid: { left: 8, right: 16, top: series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
		legend: { show: series.length > 1, top: 0, left: 0, textStyle: { color: c.text, fontSize: 13 }, itemHeight: 10, itemWidth: 18 },
		tooltip: {
			trigger: 'axis', valueFormatter: format, backgroundColor: c.paper, borderColor: c.line, textStyle: { color: c.text, fontSize: 14 }, confine: true,
			renderMode: 'richText',
		},
		xAxis: flat ? values : names, yAxis: flat ? names : values,
		series: series.map((s, i) => oneSeries(kind, c, s, i)),
	};
}

function draw(figure) {
	const table = document.getElementById(figure.dataset.table);
	if (!table?.tHead || !table.tBodies[0]?.rows.length) return;
	const data = () => largest(read(table), Number(figure.dataset.most));
	const { labels, series } = data();
	if (!series.length || !labels.length) return;
	figure.dataset.drawn = '';
	const place = document.createElement('div');
	place.className = 'chart-canvas';
	place.setAttribute('aria-hidden', 'true');
	if (figure.dataset.chart === 'hbar') place.style.height = `${labels.length * (12 + 14 * series.length) + 60}px`;
	figure.append(place);
	const chart = init(place, null, { renderer: 'canvas' });
	const paint = () => chart.setOption({ ...option(figure.dataset.chart, data(), colours()), animation: !still.matches, animationDuration: 300 }, true);
	paint();
	dark.addEventListener('change', paint);
	new ResizeObserver(() => chart.resize()).observe(place);
	window.addEventListener('beforeprint', () => chart.resize());
}

// Canvas text needs its letters there before it is drawn.
const all = () => document.querySelectorAll('figure.chart[data-chart]:not([data-drawn])').forEach(draw);
document.fonts.ready.then(all);
document.addEventListener('htmx:afterSettle', all);
