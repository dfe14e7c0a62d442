/** `--output table`: the answer as nested boxes, 80 columns wide where it fits no other width. */
import { pythonText } from '../python/text.ts';
import { isList, isMap, type Value, type ValueMap } from '../value.ts';
import { byCodePoint } from './text.ts';

/** Columns that the CLI takes a window to have where it cannot ask. */
const DEFAULT_WIDTH = 80;
const PADDING = 4;

// Ambiguous, wide and full-width characters count double, as in Unicode's East Asian Width.
const WIDE =
  /[\u00a1\u00a4\u00a7\u00a8\u00aa\u00ad\u00ae\u00b0-\u00b4\u00b6-\u00ba\u00bc-\u00bf\u00c6\u00d0\u00d7\u00d8\u00de-\u00e1\u00e6\u00e8-\u00ea\u00ec\u00ed\u00f0\u00f2\u00f3\u00f7-\u00fa\u00fc\u00fe\u0391-\u03a9\u03b1-\u03c9\u0401\u0410-\u044f\u0451\u1100-\u115f\u2010\u2013-\u2016\u2018\u2019\u201c\u201d\u2020-\u2022\u2024-\u2027\u2030\u2032\u2033\u2035\u203b\u203e\u20ac\u2160-\u216b\u2190-\u2199\u2460-\u24e9\u2500-\u254b\u25a0\u25a1\u2605\u2606\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\ue000-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

function width(text: string): number {
  return [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 2 : 1), 0);
}

/** Python's round: halves go to the even neighbour. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

class Section {
  readonly title: string;
  readonly indent: number;
  headers: readonly string[] = [];
  readonly rows: (readonly string[])[] = [];
  #widths: number[] = [];

  constructor(title: string, indent: number) {
    this.title = title;
    this.indent = indent;
  }

  header(headers: readonly string[]): void {
    this.headers = headers;
    this.#measure(headers);
  }

  row(cells: readonly Value[]): void {
    const texts = cells.map(pythonText);
    this.rows.push(texts);
    this.#measure(texts);
  }

  #measure(cells: readonly string[]): void {
    this.#widths = Array.from({ length: Math.max(cells.length, this.#widths.length) }, (_, i) =>
      Math.max(width(cells[i] ?? ''), this.#widths[i] ?? 0),
    );
  }

  get naturalWidth(): number {
    const columns = this.#widths.reduce((sum, w) => sum + w + PADDING, 0) + 2 + this.indent * 2;
    return Math.max(width(this.title) + 2 + this.indent * 2, columns);
  }

  /** Column widths stretched to `total`, corrected column by column where rounding missed it. */
  columns(total: number): readonly number[] {
    const natural = this.#widths.map((w) => w + PADDING);
    if (natural.length === 0) return natural;
    const scale = total / natural.reduce((sum, w) => sum + w, 0);
    const scaled = natural.map((w) => roundHalfEven(scale * w));
    let excess = scaled.reduce((sum, w) => sum + w, 0) - total;
    while (excess !== 0) {
      for (let step = 0; step < scaled.length && excess !== 0; step += 1) {
        const i = excess > 0 ? step : scaled.length - 1 - step;
        scaled[i] = (scaled[i] ?? 0) - Math.sign(excess);
        excess -= Math.sign(excess);
      }
    }
    return scaled;
  }
}

function center(text: string, total: number, left: string): string {
  const before = Math.floor(total / 2) - Math.floor(width(text) / 2) - 1;
  const used = left.length + Math.max(before, 0) + width(text);
  return `${left}${' '.repeat(Math.max(before, 0))}${text}${' '.repeat(Math.max(total - 1 - used, 0))}|`;
}

function alignLeft(text: string, total: number, left: string): string {
  const padding = total - (width(text) + 2 + left.length + 1) >= 0 ? 2 : 0;
  const used = left.length + padding + width(text);
  return `${left}${' '.repeat(padding)}${text}${' '.repeat(Math.max(total - used - 1, 0))}|`;
}

function lineBreak(widths: readonly number[]): string {
  return widths.map((w, i) => (i === 0 ? `+${'-'.repeat(w - 2)}+` : `${'-'.repeat(w - 1)}+`)).join('');
}

function cells(
  texts: readonly string[],
  widths: readonly number[],
  align: (text: string, total: number, left: string) => string,
): string {
  return texts
    .slice(0, widths.length)
    .map((text, i) => align(text, widths[i] ?? 0, i === 0 ? '|' : ''))
    .join('');
}

class Table {
  readonly #sections: Section[] = [];

  build(title: string | undefined, value: Value, indent: number): boolean {
    const isEmpty = isMap(value) ? Object.keys(value).length === 0 : isList(value) ? value.length === 0 : !value;
    if (isEmpty) return false;
    if (title !== undefined) this.#sections.push(new Section(title, indent));
    if (isList(value)) {
      if (isMap(value[0])) this.#fromList(value, indent, title ?? '');
      else this.#fromItems(value);
    }
    if (isMap(value)) this.#fromMap(value, indent);
    return true;
  }

  get #current(): Section {
    const section = this.#sections.at(-1);
    if (section !== undefined) return section;
    const first = new Section('', 0);
    this.#sections.push(first);
    return first;
  }

  #fromItems(items: readonly Value[]): void {
    for (const item of items) {
      if (!isList(item) && !isMap(item)) this.#current.row([item]);
      else if (isList(item) && item.every((cell) => !isList(cell) && !isMap(cell))) this.#current.row(item);
      else this.build(undefined, item, 0);
    }
  }

  #fromMap(map: ValueMap, indent: number): void {
    const { headers, others } = keysOf([map]);
    const only = headers[0];
    if (headers.length === 1 && only !== undefined) this.#current.row([only, map[only] ?? null]);
    else if (headers.length > 1) {
      this.#current.header(headers);
      this.#current.row(headers.map((key) => map[key] ?? null));
    }
    for (const key of others) this.build(key, map[key] ?? null, indent + 1);
  }

  #fromList(items: readonly Value[], indent: number, title: string): void {
    const maps = items.filter(isMap);
    const { headers, others } = keysOf(maps);
    this.#current.header(headers);
    maps.forEach((item, i) => {
      if (i > 0 && others.length > 0) {
        this.#sections.push(new Section(title, indent));
        this.#current.header(headers);
      }
      this.#current.row(headers.map((key) => (Object.hasOwn(item, key) ? (item[key] ?? null) : '')));
      for (const key of others) if (Object.hasOwn(item, key)) this.build(key, item[key] ?? null, indent + 1);
    });
  }

  render(windowWidth: number): string {
    let sections = this.#sections;
    let total = Math.max(...sections.map((section) => section.naturalWidth));
    if (total > windowWidth) {
      sections = sections.map(upright);
      total = Math.max(...sections.map((section) => section.naturalWidth));
    }
    return `${'-'.repeat(total)}\n${sections.map((section) => renderSection(section, total)).join('')}`;
  }
}

/** A section of one row, turned: one line for each of its columns. */
function upright(section: Section): Section {
  const [row] = section.rows;
  if (section.rows.length !== 1 || section.headers.length === 0 || row === undefined) return section;
  const turned = new Section(section.title, section.indent);
  section.headers.forEach((header, i) => {
    turned.row([header, row[i] ?? '']);
  });
  return turned;
}

function keysOf(maps: readonly ValueMap[]): { headers: readonly string[]; others: readonly string[] } {
  const headers = new Set<string>();
  const others = new Set<string>();
  for (const map of maps) {
    for (const [key, value] of Object.entries(map)) (isList(value) || isMap(value) ? others : headers).add(key);
  }
  return { headers: [...headers].sort(byCodePoint), others: [...others].sort(byCodePoint) };
}

function renderSection(section: Section, total: number): string {
  const inner = total - section.indent * 2;
  const lines: string[] = [];
  if (section.title !== '') {
    lines.push(center(section.title, inner, '|'));
    if (section.headers.length === 0 && section.rows.length === 0) lines.push(`+${'-'.repeat(inner - 2)}+`);
  }
  const widths = section.columns(inner);
  if (section.headers.length > 0) lines.push(lineBreak(widths), cells(section.headers, widths, center));
  if (section.rows.length > 0 && widths.length > 0) {
    lines.push(lineBreak(widths), ...section.rows.map((row) => cells(row, widths, alignLeft)), lineBreak(widths));
  }
  const edge = '|'.repeat(section.indent);
  return lines.map((line) => `${edge}${line}${edge}\n`).join('');
}

/** The table of an answer under the operation's name; nothing for an empty answer. */
export function formatTable(operation: string, value: Value, windowWidth = DEFAULT_WIDTH): string {
  const table = new Table();
  return table.build(operation, value, 0) ? table.render(windowWidth) : '';
}
