"use strict";
/* Pictures, filters and the detail of a figure. Texts of the data enter the page as text nodes only, never as markup. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const font = getComputedStyle(document.body).fontFamily;
  const charts = [];

  function element(name, text, look) {
    const made = document.createElement(name);
    if (text !== undefined && text !== null) made.textContent = text;
    if (look) made.className = look;
    return made;
  }

  function draw(where, option) {
    const known = echarts.getInstanceByDom(where);
    const chart = known || echarts.init(where, null, { renderer: "svg" });
    if (!known) {
      charts.push(chart);
      chart.on("finished", () => { /* lets the picture be scaled to the sheet when printed */
        const svg = where.querySelector("svg");
        if (svg) svg.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
      });
    }
    option.animation = !still;
    option.textStyle = { fontFamily: font };
    option.tooltip = Object.assign({ renderMode: "richText", confine: true }, option.tooltip);
    chart.setOption(option, true);
    return chart;
  }

  /* Overview */
  const shown = data.verdicts.filter((v) => v.count > 0);
  const narrow = () => innerWidth < 760;

  function drawOverview() {
    draw(at("doughnut"), {
      tooltip: { trigger: "item", formatter: "{b}：{c}项（{d}%）" },
      legend: narrow()
        ? { bottom: 0, left: "center", itemWidth: 12, itemHeight: 12, selectedMode: false }
        : { orient: "vertical", right: 8, top: "middle", itemWidth: 12, itemHeight: 12, selectedMode: false },
      title: {
        text: String(data.findings.length), subtext: "项目标", left: narrow() ? "49%" : "37%", top: narrow() ? "28%" : "38%", textAlign: "center",
        itemGap: 2, textStyle: { fontSize: 30, fontWeight: 600, color: "#1f3a5f" }, subtextStyle: { fontSize: 13, color: "#55606c" },
      },
      series: [{
        type: "pie", radius: narrow() ? ["40%", "62%"] : ["52%", "82%"], center: narrow() ? ["50%", "36%"] : ["38%", "50%"], padAngle: 1,
        label: { position: "inside", formatter: "{c}", color: "#fff", fontWeight: 600 },
        itemStyle: { borderColor: "#fff", borderWidth: 1 },
        data: shown.map((v) => ({ name: v.word, value: v.count, itemStyle: { color: v.colour }, code: v.code })),
      }],
    }).off("click").on("click", "series", (e) => pickVerdict(e.data.code));
    draw(at("groups"), {
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
      legend: { bottom: 0, itemWidth: 12, itemHeight: 12, selectedMode: false },
      grid: { left: 8, right: 20, top: 8, bottom: narrow() ? 80 : 34, containLabel: true },
      xAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#e9edf1" } } },
      yAxis: {
        type: "category", inverse: true, data: data.groups.map((g) => g.name), axisTick: { show: false },
        axisLabel: { width: narrow() ? 90 : 150, overflow: "break" },
      },
      series: shown.map((v) => ({
        name: v.word, type: "bar", stack: "all", barMaxWidth: 26, itemStyle: { color: v.colour },
        label: { show: true, color: "#fff", formatter: (p) => (p.value ? p.value : "") },
        data: data.groups.map((g) => g.counts[v.code] || 0),
      })),
    });
  }

  /* Trend: what was reported, the path to the goal, where the series would go */
  function trend(finding) {
    const t = finding.trend;
    const unit = finding.unit || "";
    const colour = finding.colour;
    const series = [{
      name: "实绩", type: "line", data: t.actual.map((p) => ({ value: [p.x, p.y], label: p.label, words: p.words })),
      symbol: "circle", symbolSize: 9, itemStyle: { color: "#1f3a5f" }, lineStyle: { width: 2.5 },
      label: { show: t.actual.length < 9, position: "top", formatter: (p) => p.data.words, color: "#1c2733" }, z: 5,
    }];
    if (t.path.length) {
      series.push({
        name: t.explicit ? "规划年度路径" : "匀速路径", type: "line", data: t.path.map((p) => [p.x, p.y]), symbol: "diamond", symbolSize: 7,
        itemStyle: { color: "#8a6d00" }, lineStyle: { type: "dashed", width: 1.5 },
      });
    }
    if (t.goals.length) {
      series.push({
        name: "目标线", type: "line", data: [], itemStyle: { color: "#a8201a" },
        markLine: {
          silent: true, symbol: "none", lineStyle: { color: "#a8201a", width: 1.5 },
          label: { position: "insideStartTop", formatter: (p) => p.name, color: "#a8201a" },
          data: t.goals.map((g) => ({ yAxis: g.y, name: g.words })),
        },
      });
    }
    if (t.forecast) {
      const f = t.forecast;
      series.push({
        name: "预测（区间）", type: "custom", itemStyle: { color: "#5b7fa8" }, silent: true, data: [[f.from.x, f.from.y, f.x, f.low, f.high]],
        dimensions: ["x", "y", "end", "low", "high"], encode: { x: [0, 2], y: [1, 3, 4] },
        renderItem: (params, api) => ({
          type: "polygon",
          shape: { points: [api.coord([api.value(0), api.value(1)]), api.coord([api.value(2), api.value(4)]), api.coord([api.value(2), api.value(3)])] },
          style: { fill: "rgba(91,127,168,.22)" },
        }),
      });
      series.push({
        name: "预测（区间）", type: "line", data: [[f.from.x, f.from.y], { value: [f.x, f.y], symbolSize: 8 }], symbol: "emptyCircle", symbolSize: 0,
        itemStyle: { color: "#5b7fa8" }, lineStyle: { type: "dotted", width: 2 },
      });
    }
    return {
      tooltip: {
        trigger: "item",
        formatter: (p) => (p.data && p.data.label ? `${p.data.label}  ${p.data.words}${unit}` : `${p.seriesName}  ${Array.isArray(p.value) ? `${p.value[0]}年 ${p.value[1]}${unit}` : ""}`),
      },
      legend: { top: 0, itemGap: 8, itemWidth: 18, selectedMode: false, data: [...new Set(series.map((s) => s.name))] },
      grid: { left: 12, right: 28, top: 58, bottom: 8, containLabel: true },
      xAxis: {
        type: "value", min: t.first, max: t.last, minInterval: 1, splitLine: { show: false },
        axisLabel: { formatter: (v) => (Number.isInteger(v) ? `${v}年` : "") },
      },
      yAxis: { type: "value", scale: true, name: unit ? `单位：${unit}` : "", nameTextStyle: { align: "left" }, axisLabel: { showMinLabel: false, showMaxLabel: false }, min: t.low, max: t.high, splitLine: { lineStyle: { color: "#e9edf1" } } },
      series,
    };
  }

  function drawTrend(where, finding) {
    if (!finding.trend.actual.length && !finding.trend.path.length) {
      const known = echarts.getInstanceByDom(where);
      if (known) { charts.splice(charts.indexOf(known), 1); known.dispose(); }
      where.replaceChildren(element("p", "没有可以画出的数据。", "empty"));
      return;
    }
    if (!echarts.getInstanceByDom(where)) where.replaceChildren();
    draw(where, trend(finding));
    where.setAttribute("aria-label", `${finding.indicator}趋势图。${finding.trend_words}`);
  }

  const pick = at("pick");
  function showTrend() {
    const finding = data.findings[Number(pick.value)];
    if (!finding) return;
    drawTrend(at("line"), finding);
    at("line-words").textContent = finding.trend_words;
  }
  pick.addEventListener("change", showTrend);

  /* Filters */
  const rows = [...document.querySelectorAll("#targets tbody tr")];
  const tiles = [...document.querySelectorAll(".tile")];
  const controls = { verdict: at("by-verdict"), group: at("by-group"), unit: at("by-unit") };
  function filter() {
    const wanted = at("find").value.trim().toLowerCase();
    let left = 0;
    for (const row of rows) {
      const finding = data.findings[Number(row.dataset.at)];
      const fits = (!controls.verdict.value || finding.verdict === controls.verdict.value)
        && (!controls.group.value || finding.group === controls.group.value)
        && (!controls.unit.value || finding.units.includes(controls.unit.value))
        && (!wanted || finding.searched.includes(wanted));
      row.hidden = !fits;
      if (fits) left += 1;
    }
    at("shown").textContent = left === rows.length ? `共${rows.length}项` : `显示${left}项，共${rows.length}项`;
    at("none").hidden = left > 0;
    for (const tile of tiles) tile.setAttribute("aria-pressed", String(tile.value === controls.verdict.value));
  }
  function pickVerdict(code) {
    controls.verdict.value = controls.verdict.value === code ? "" : code;
    filter();
  }
  at("filters").addEventListener("input", filter);
  at("filters").addEventListener("submit", (e) => e.preventDefault());
  at("filters").addEventListener("reset", () => setTimeout(filter));
  for (const tile of tiles) {
    tile.addEventListener("click", () => {
      pickVerdict(tile.value);
      at("targets").scrollIntoView();
    });
  }

  /* Detail of a figure */
  const dialog = at("detail");
  function clause(parts) {
    const quote = at("detail-clause");
    quote.replaceChildren();
    const [before, lead, value, rest, after] = parts;
    const part = element("span", null, "clause");
    part.append(lead, element("mark", value), rest);
    quote.append(before, part, after);
  }
  function records(known) {
    const table = element("table", null, "stack records");
    const top = element("tr");
    for (const name of known.heads) { const cell = element("th", name); cell.scope = "col"; top.append(cell); }
    const head = element("thead"), body = element("tbody");
    head.append(top);
    for (const texts of known.rows) {
      const row = element("tr");
      texts.forEach((text, i) => { const cell = element("td", text); cell.dataset.label = known.heads[i]; row.append(cell); });
      body.append(row);
    }
    table.append(head, body);
    const scroll = element("div", null, "scroll");
    scroll.append(table);
    return scroll;
  }
  /* From a figure down to the records that make it; filled when it is opened. */
  function evidence(v) {
    const part = element("details", null, "behind");
    part.append(element("summary", `${v.period} ${v.words}：由哪些记录算出`));
    part.addEventListener("toggle", () => {
      if (!part.open || part.childElementCount > 1) return;
      const facts = element("dl");
      for (const [name, text] of v.evidence.facts) facts.append(element("dt", name), element("dd", text));
      part.append(facts);
      if (v.evidence.rows.length) {
        const { rows, total } = v.evidence;
        const said = rows.length < total ? `统计范围内的记录${total}条，先列计入而不符合的和未计入的，共列${rows.length}条：` : `统计范围内的全部记录${total}条：`;
        part.append(element("p", said, "hint"), records(v.evidence));
      }
    });
    return part;
  }
  function values(finding) {
    const box = at("detail-values");
    box.replaceChildren();
    if (!finding.values.length) {
      box.append(element("p", "没有收到数据。", "empty"));
      return;
    }
    const table = element("table", null, "stack");
    const heads = ["时期", "数值", "分子／分母", "填报单位或台账", "文件", "工作表", "行"];
    const top = element("tr");
    for (const head of heads) {
      const cell = element("th", head);
      cell.scope = "col";
      top.append(cell);
    }
    const head = element("thead");
    head.append(top);
    const body = element("tbody");
    for (const v of finding.values) {
      const row = element("tr");
      [v.period, v.words, v.counts, v.source, v.file, v.sheet, v.row].forEach((text, i) => {
        const cell = element("td", text);
        cell.dataset.label = heads[i];
        row.append(cell);
      });
      body.append(row);
    }
    table.append(head, body);
    box.append(table);
    for (const v of finding.values) if (v.evidence) box.append(evidence(v));
  }
  function open(number, part) {
    const finding = data.findings[number];
    at("detail-head").textContent = finding.indicator;
    const verdict = at("detail-verdict");
    verdict.textContent = finding.word;
    verdict.style.setProperty("--c", `#${finding.colour}`);
    verdict.style.setProperty("--t", `#${finding.tint}`);
    at("detail-reason").textContent = finding.reason;
    const facts = at("detail-facts");
    facts.replaceChildren();
    for (const [name, text] of finding.facts) facts.append(element("dt", name), element("dd", text));
    at("detail-where").textContent = finding.where;
    clause(finding.clause);
    values(finding);
    dialog.showModal();
    drawTrend(at("detail-line"), finding);
    const lit = at(part);
    for (const section of dialog.querySelectorAll(".lit")) section.classList.remove("lit");
    if (lit) {
      lit.classList.add("lit");
      lit.scrollIntoView({ block: "nearest" });
      lit.focus({ preventScroll: true });
    }
  }
  document.addEventListener("click", (e) => {
    const figure = e.target.closest(".figure");
    if (figure) open(Number(figure.dataset.at), figure.dataset.part);
    else if (e.target === dialog) dialog.close();
  });
  at("close").addEventListener("click", () => dialog.close());

  drawOverview();
  showTrend();
  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { drawOverview(); for (const chart of charts) chart.resize(); }, 120);
  });
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => { for (const part of opened) part.open = false; });
  document.documentElement.dataset.ready = "yes";
})();
