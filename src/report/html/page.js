// Draws the findings of the JSON block: filters, groups by rule, rows only when they are looked at.
// Text from files becomes text nodes and nothing else.
(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const [RULE, LEVEL, FILE, SHEET, ROW, CELL, COLUMN, CARRIER, COMMUNE, VILLAGE, RAW, USED, FACTS, PRINT, WAIVED] =
    Array.from({ length: 15 }, (_, i) => i);
  const LEVELS = ['error', 'warning', 'info'];
  const FIRST = 50;
  const NEXT = 200;
  const all = data.findings;

  let lang = root.lang === 'en' ? 1 : 0;
  const ui = (key, values) =>
    data.ui[key][lang].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const number = n => n.toLocaleString(lang ? 'en' : 'vi');
  const string = i => (i === null ? '' : data.strings[i]);

  const state = { words: [], levels: new Set(LEVELS), waived: false, rule: '', carrier: '', file: '', commune: '' };
  const opened = new Map(); // group key → whether a person opened or closed it
  const limits = new Map(); // group key → how many rows are asked for
  let groups = [];
  let printing = false;

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === 'function') node.addEventListener(name, value);
      else if (value === true) node.setAttribute(name, '');
      else if (value !== false && value !== null) node.setAttribute(name, value);
    }
    for (const child of children) if (child !== null) node.append(child); // strings become text nodes
    return node;
  }

  // ---- search: without accents where the words have none, so that "ban na" finds "Bản Na"
  const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd');
  const lower = text => text.normalize('NFC').toLowerCase();
  let haystacks = null;
  function haystack(i) {
    haystacks = haystacks || new Array(all.length);
    if (!haystacks[i]) {
      const f = all[i];
      const rule = data.rules[f[RULE]];
      const text = lower([
        rule.code, ...rule.text, string(f[FILE]), string(f[SHEET]), f[CELL] || f[ROW], string(f[COLUMN]),
        string(f[CARRIER]), string(f[COMMUNE]), string(f[VILLAGE]), f[RAW] || '', f[USED] || '', f[PRINT],
        ...f[FACTS].flatMap(([, value]) => value),
      ].join('\n'));
      haystacks[i] = [text, plain(text)];
    }
    return haystacks[i];
  }
  const setWords = text => {
    state.words = lower(text).split(/\s+/).filter(Boolean).map(w => [w, plain(w) === w ? 1 : 0]);
  };

  // ---- filtering
  const choices = { rule: RULE, carrier: CARRIER, file: FILE, commune: COMMUNE };
  function fits(f, i, skipLevel) {
    if (f[WAIVED] && !state.waived) return false;
    if (!skipLevel && !state.levels.has(f[LEVEL])) return false;
    for (const name in choices) {
      if (state[name] !== '' && String(f[choices[name]]) !== state[name]) return false;
    }
    return state.words.every(([word, kind]) => haystack(i)[kind].includes(word));
  }
  function regroup() {
    const byKey = new Map();
    const counts = { error: 0, warning: 0, info: 0 };
    let total = 0;
    all.forEach((f, i) => {
      if (!fits(f, i, true)) return;
      counts[f[LEVEL]] += 1;
      if (!state.levels.has(f[LEVEL])) return;
      total += 1;
      const key = f[LEVEL] + ' ' + data.rules[f[RULE]].code;
      if (!byKey.has(key)) byKey.set(key, { key, rule: f[RULE], level: f[LEVEL], rows: [] });
      byKey.get(key).rows.push(i);
    });
    groups = [...byKey.values()].sort(
      (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.rule - b.rule);
    return { counts, total };
  }

  // ---- rows
  function place(f) {
    const where = f[CELL] || (f[ROW] ? ui('row') + ' ' + f[ROW] : ui('whole_file'));
    const inside = [string(f[FILE]), string(f[SHEET]), string(f[COLUMN])].filter(Boolean).join(' · ');
    return [el('span', { class: 'cell' }, where), el('span', { class: 'in' }, inside)];
  }
  function values(f) {
    const parts = [];
    if (f[RAW] !== null) parts.push(el('code', { class: 'raw' }, f[RAW]));
    if (f[USED] !== null) parts.push(f[RAW] === null ? '→ ' : ' → ', el('code', { class: 'used' }, f[USED]));
    return parts;
  }
  function details(f) {
    const parts = f[FACTS].map(([name, value]) =>
      el('span', { class: 'fact' }, el('i', null, (data.labels[name] || [name, name])[lang] + ': '),
        Array.isArray(value) ? value[lang] : value));
    if (f[WAIVED]) {
      const [reason, who, until] = f[WAIVED];
      parts.push(el('span', { class: 'fact' }, el('span', { class: 'badge waived' }, ui('waived')),
        ` ${reason} – ${who}, ${ui('until')} ${until}`));
    }
    return parts;
  }
  const row = i => {
    const f = all[i];
    const cell = (key, ...children) => el('td', children.length && key ? { 'data-label': ui(key) } : null, ...children);
    const named = (key, text) => (text ? cell(key, text) : cell(null));
    const area = () => {
      const [commune, village] = [string(f[COMMUNE]), string(f[VILLAGE])];
      return commune || village ? cell(null, village, el('span', { class: 'in' }, commune)) : cell(null);
    };
    return el('tr', { class: f[WAIVED] ? 'waived' : null },
      cell(null, ...place(f)), named('carrier', string(f[CARRIER])), area(),
      cell(null, ...values(f)), cell(null, ...details(f)),
      cell('fingerprint', el('code', { class: 'fp' }, f[PRINT])));
  };

  // ---- groups
  function fill(group) {
    const wanted = printing ? group.rows.length : limits.get(group.key) || FIRST;
    while (group.drawn < Math.min(wanted, group.rows.length)) {
      const end = Math.min(group.drawn + NEXT, wanted, group.rows.length);
      group.table.append(el('tbody', null, ...group.rows.slice(group.drawn, end).map(row)));
      group.drawn = end;
    }
    group.foot.replaceChildren();
    const left = group.rows.length - group.drawn;
    if (left === 0) return;
    const more = count => () => {
      const before = group.drawn;
      limits.set(group.key, group.drawn + count);
      fill(group);
      const next = group.table.rows[before + 1];
      if (next && group.drawn === group.rows.length) { next.tabIndex = -1; next.focus({ preventScroll: true }); }
      else if (group.foot.querySelector('button')) group.foot.querySelector('button').focus({ preventScroll: true });
    };
    group.foot.append(ui('showing', { n: number(group.drawn), all: number(group.rows.length) }));
    if (left > NEXT) group.foot.append(el('button', { type: 'button', click: more(NEXT) }, ui('more', { n: number(NEXT) })));
    group.foot.append(el('button', { type: 'button', click: more(left) }, ui('show_all', { n: number(group.rows.length) })));
  }
  function draw(group) {
    if (group.table) return;
    const heads = ['place', 'carrier', 'village', 'raw', 'detail'].map(key => el('th', { scope: 'col' }, ui(key)));
    heads.push(el('th', { scope: 'col', title: ui('fingerprint_hint') }, ui('fingerprint')));
    group.table = el('table', { class: 'rows' }, el('thead', null, el('tr', null, ...heads)));
    group.foot = el('div', { class: 'more' });
    group.drawn = 0;
    // What the rule says stands once in the page, below; here is a copy beside its findings.
    const doc = document.querySelector(`#rule-${data.rules[group.rule].code} .doc`);
    if (doc) group.node.append(doc.cloneNode(true));
    group.node.append(group.table, group.foot);
    fill(group);
  }
  // What matters is open: errors, and everything where a choice has left little.
  const startsOpen = (group, total) => group.level === 'error' || groups.length === 1 || total <= FIRST;
  function drawGroups(total) {
    list.replaceChildren();
    for (const group of groups) {
      const rule = data.rules[group.rule];
      const open = printing || (opened.has(group.key) ? opened.get(group.key) : startsOpen(group, total));
      const summary = el('summary', { click: () => opened.set(group.key, !group.node.open) },
        el('span', { class: 'badge ' + group.level }, ui(group.level)),
        el('span', { class: 'what' }, rule.text[lang]), el('code', null, rule.code),
        el('span', { class: 'total' }, number(group.rows.length)));
      group.node = el('details', { class: 'group', open, toggle: () => group.node.open && draw(group) }, summary);
      if (open) draw(group);
      list.append(group.node);
    }
    if (!groups.length) list.append(el('p', { class: 'empty' }, ui(all.length ? 'no_match' : 'no_findings')));
  }

  // ---- controls
  const app = document.getElementById('app');
  const list = el('div', { id: 'groups' });
  const count = el('span', { class: 'count', role: 'status' });
  const printed = el('p', { class: 'printed' });
  const controls = {};
  const levelButtons = {};

  function select(name) {
    const field = choices[name];
    const counts = new Map();
    for (const f of all) counts.set(f[field], (counts.get(f[field]) || 0) + 1);
    if (name === 'file' && counts.size < 2 || counts.size === 1 && counts.has(null)) return null;
    const label = value => value === null ? ui('none')
      : field === RULE ? data.rules[value].text[lang] + ' (' + data.rules[value].code + ')' : data.strings[value];
    const options = [...counts.keys()].map(value => [label(value), value])
      .sort((a, b) => (a[1] === null) - (b[1] === null) || a[0].localeCompare(b[0], lang ? 'en' : 'vi'));
    const node = el('select', { id: 'by-' + name, change: () => { state[name] = node.value; refresh(); } },
      el('option', { value: '' }, ui('all')),
      ...options.map(([text, value]) => el('option', { value: String(value) }, `${text} – ${number(counts.get(value))}`)));
    node.value = state[name];
    controls[name] = node;
    return el('div', { class: 'field' }, el('label', { for: node.id }, ui(name)), node);
  }
  function reset() {
    Object.assign(state, { words: [], levels: new Set(LEVELS), waived: false, rule: '', carrier: '', file: '', commune: '' });
    opened.clear();
    limits.clear();
    controls.search.value = '';
    build();
    controls.search.focus();
  }
  const openAll = open => () => { groups.forEach(g => opened.set(g.key, open)); refresh(); };

  function build() {
    const typed = controls.search ? controls.search.value : '';
    let timer = 0;
    const search = el('input', { type: 'search', id: 'search', placeholder: ui('search_hint'), autocomplete: 'off',
      input: () => { clearTimeout(timer); timer = setTimeout(() => { setWords(search.value); refresh(); }, 150); } });
    search.value = typed;
    controls.search = search;
    const levels = LEVELS.map(level => {
      levelButtons[level] = el('button', { type: 'button', class: level, click: () => {
        if (!state.levels.delete(level)) state.levels.add(level);
        refresh();
      } });
      return levelButtons[level];
    });
    const waived = el('input', { type: 'checkbox', change: () => { state.waived = waived.checked; refresh(); } });
    waived.checked = state.waived;
    const button = (key, click) => el('button', { type: 'button', click }, ui(key));
    const filters = el('div', { class: 'filters', role: 'search' },
      el('div', { class: 'field search' }, el('label', { for: 'search' }, ui('search')), search),
      ...['rule', 'carrier', 'file', 'commune'].map(select),
      el('div', { class: 'levels', role: 'group', 'aria-label': ui('level') }, ...levels,
        all.some(f => f[WAIVED]) ? el('label', { class: 'check' }, waived, ui('show_waived')) : null,
        button('reset', reset), button('open_all', openAll(true)), button('close_all', openAll(false)),
        button('print', () => window.print()), count));
    app.replaceChildren(filters, printed, list);
    refresh();
  }
  function refresh() {
    const { counts, total } = regroup();
    for (const level of LEVELS) {
      levelButtons[level].setAttribute('aria-pressed', String(state.levels.has(level)));
      levelButtons[level].textContent = `${ui(level)} ${number(counts[level])}`;
    }
    const possible = state.waived ? all.length : all.filter(f => !f[WAIVED]).length;
    count.textContent = ui('shown', { n: number(total), all: number(possible) });
    const chosen = Object.keys(choices).filter(name => state[name] !== '' && controls[name])
      .map(name => `${ui(name)}: ${controls[name].selectedOptions[0].textContent}`);
    if (state.words.length) chosen.unshift(`“${controls.search.value.trim()}”`);
    if (state.levels.size < LEVELS.length) chosen.push(LEVELS.filter(l => state.levels.has(l)).map(l => ui(l)).join(', '));
    printed.textContent = (chosen.length ? `${ui('filtered_by')} ${chosen.join('; ')}. ` : '') + count.textContent;
    drawGroups(total);
  }

  // ---- language, numbers of the tiles, printing
  const langs = document.querySelector('.langs');
  function setLang(to) {
    lang = to;
    root.lang = to ? 'en' : 'vi';
    for (const b of langs.children) b.setAttribute('aria-pressed', String(b.dataset.lang === root.lang));
    for (const n of document.querySelectorAll('[data-n]')) n.textContent = number(Number(n.dataset.n));
    build();
  }
  for (const b of langs.children) b.addEventListener('click', () => setLang(b.dataset.lang === 'en' ? 1 : 0));
  window.addEventListener('beforeprint', () => { printing = true; refresh(); });
  window.addEventListener('afterprint', () => { printing = false; refresh(); });

  // A link to a rule opens it.
  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.matches('details.rule')) target.open = true;
  };
  window.addEventListener('hashchange', openTarget);

  setLang(lang);
  openTarget();
  langs.hidden = false;
  const fallback = document.getElementById('fallback');
  if (fallback) fallback.remove();
})();
