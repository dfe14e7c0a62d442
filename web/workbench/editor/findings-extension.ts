import { type Action, type Diagnostic, forceLinting, linter } from '@codemirror/lint';
import { type EditorState, type Extension, type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { CheckFinding, Repair } from '../../../iam/check/finding.ts';
import type { Finding } from '../../../iam/policy.ts';
import { texts } from './texts.ts';

/** A pause after the last key stroke, so that nothing jumps while one is typing. */
const pause = 500;

/** Findings, and the text that they are about. */
interface Checked {
  readonly text: string;
  readonly findings: readonly CheckFinding[];
}

/** Makes a repair's edits; nothing where the text has changed since it was checked. */
function makeRepair(view: EditorView, text: string, repair: Repair): void {
  if (view.state.readOnly || view.state.doc.toString() !== text) return;
  view.dispatch({ changes: repair.edits.map(({ from, to, insert }) => ({ from, to, insert })) });
  forceLinting(view);
  view.focus();
}

/** What is wrong and what would be right, in a box below its line, with a button that does it. */
class FindingWidget extends WidgetType {
  private readonly finding: CheckFinding;
  private readonly text: string;

  constructor(finding: CheckFinding, text: string) {
    super();
    this.finding = finding;
    this.text = text;
  }

  override eq(other: FindingWidget): boolean {
    const { code, message, repair } = this.finding;
    const isSame = other.finding.code === code && other.finding.message === message;
    // A repair is about the text as it was checked.
    return isSame && (repair === undefined ? other.finding.repair === undefined : other.text === this.text);
  }

  override toDOM(view: EditorView): HTMLElement {
    const place = document.createElement('div');
    place.className = 'lw-finding-place';
    const box = document.createElement('div');
    box.className = `lw-finding ${this.finding.severity}`;
    place.append(box);
    const severity = document.createElement('b');
    severity.textContent = `${this.finding.severity === 'error' ? '✕' : '▲'} ${texts.severities[this.finding.severity]} `;
    box.append(severity, this.finding.message);
    const { repair } = this.finding;
    if (repair !== undefined && !view.state.readOnly) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = repair.title;
      button.addEventListener('click', () => makeRepair(view, this.text, repair));
      box.append(' ', button);
    }
    return place;
  }
}

const shown = StateEffect.define<Checked>();

function decorationsOf(state: EditorState, { text, findings }: Checked): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  for (const finding of findings) {
    const from = Math.min(finding.from, state.doc.length);
    const line = state.doc.lineAt(from);
    ranges.push(
      Decoration.line({ class: `lw-line-${finding.severity === 'error' ? 'error' : 'warning'}` }).range(line.from),
    );
    ranges.push(Decoration.widget({ widget: new FindingWidget(finding, text), block: true, side: 1 }).range(line.to));
  }
  return Decoration.set(ranges, true);
}

const boxes = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(shown)) return decorationsOf(transaction.state, effect.value);
    }
    return decorations.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const severityOf = (finding: Finding): Diagnostic['severity'] =>
  finding.severity === 'error' ? 'error' : finding.severity === 'suggestion' ? 'hint' : 'warning';

function actionsOf(text: string, { repair }: CheckFinding): Action[] {
  if (repair === undefined) return [];
  return [{ name: repair.title, apply: (view) => makeRepair(view, text, repair) }];
}

/** Underlines findings, explains each below its line, and tells how many there are. */
export function findingsExtension(
  find: (text: string) => Promise<readonly CheckFinding[]>,
  onFindings: (findings: readonly CheckFinding[]) => void,
): Extension {
  const lint = linter(
    async (view) => {
      const checked = view.state.doc;
      const text = checked.toString();
      const findings = await find(text);
      // What was typed meanwhile is checked in its turn.
      if (view.state.doc !== checked) return [];
      view.dispatch({ effects: shown.of({ text, findings }) });
      onFindings(findings);
      const end = view.state.doc.length;
      return findings.map((finding) => ({
        from: Math.min(finding.from, end),
        // Of what goes on over many lines only the first: else every line of a statement would be underlined.
        to: Math.min(
          Math.max(finding.to, finding.from + 1),
          view.state.doc.lineAt(Math.min(finding.from, end)).to,
          end,
        ),
        severity: severityOf(finding),
        message: finding.message,
        actions: actionsOf(text, finding),
      }));
    },
    // The boxes say it already; a tooltip would say it twice.
    { delay: pause, tooltipFilter: () => [] },
  );
  return [lint, boxes];
}
