/** Where text stands on a terminal of some width, and the bytes that draw a line that is being typed. */

const combining = /^\p{M}$/u;
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic})$/u;

/** Cells that a character takes. */
export function cellsOf(character: string): number {
  if (combining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where the cursor stands after the text, which starts in the column `start` of row 0. A full row ends in the next one. */
export function placeAfter(text: string, start: number, columns: number): Place {
  let row = Math.floor(start / columns);
  let column = start % columns;
  for (const character of text) {
    if (character === '\n') {
      row += 1;
      column = 0;
      continue;
    }
    const cells = cellsOf(character);
    if (column + cells > columns) {
      row += 1;
      column = 0;
    }
    column += cells;
    if (column === columns) {
      row += 1;
      column = 0;
    }
  }
  return { row, column };
}

export interface Drawn {
  readonly output: string;
  /** Rows between the prompt's row and the cursor's: what the next drawing must go up. */
  readonly cursorRow: number;
}

/** Draws prompt and text in place of what was drawn before, and puts the cursor into it. `promptCells` is its visible width. */
export function drawLine(
  line: { readonly text: string; readonly cursor: number },
  prompt: string,
  promptCells: number,
  columns: number,
  previousCursorRow: number,
): Drawn {
  const end = placeAfter(line.text, promptCells, columns);
  const cursor = placeAfter(line.text.slice(0, line.cursor), promptCells, columns);
  const up = previousCursorRow > 0 ? `\x1b[${previousCursorRow}A` : '';
  // A terminal stays in the last column until one more character comes: this makes it go on.
  const wrap = end.column === 0 && end.row > 0 && !line.text.endsWith('\n') ? ' \r' : '';
  const back = end.row > cursor.row ? `\x1b[${end.row - cursor.row}A` : '';
  const right = cursor.column > 0 ? `\x1b[${cursor.column}C` : '';
  const text = line.text.replaceAll('\n', '\r\n');
  return { output: `${up}\r\x1b[J${prompt}${text}${wrap}${back}\r${right}`, cursorRow: cursor.row };
}

/**
 * What a key at the end of the line changes, where that is all: the text that was added, or one character less. Undefined where
 * the line has to be drawn anew. A screen reader then hears the character, and not the whole line again.
 */
export function drawAtEnd(
  before: { readonly text: string; readonly cursor: number },
  after: { readonly text: string; readonly cursor: number },
  promptCells: number,
  columns: number,
): string | undefined {
  if (before.cursor !== before.text.length || after.cursor !== after.text.length) return undefined;
  const from = placeAfter(before.text, promptCells, columns);
  const to = placeAfter(after.text, promptCells, columns);
  if (from.row !== to.row) return undefined;
  if (after.text.startsWith(before.text)) return after.text.slice(before.text.length);
  if (!before.text.startsWith(after.text)) return undefined;
  return '\b \b'.repeat(from.column - to.column);
}
