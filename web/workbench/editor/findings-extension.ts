import { type Diagnostic, linter } from '@codemirror/lint';
import { type EditorState, type Extension, type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { Finding } from '../../../iam/policy.ts';
import { texts } from './texts.ts';

/** A pause after the last key stroke, so that nothing jumps while one is typing. */
const pause = 500;

/** What is wrong and what would be right, in a box below its line. */
class FindingWidget extends WidgetType {
  private readonly finding: Finding;

  constructor(finding: Finding) {
    super();
    this.finding = finding;
  }

  override eq(other: FindingWidget): boolean {
    return other.finding.code === this.finding.code && other.finding.message === this.finding.message;
  }

  override toDOM(): HTMLElement {
    const place = document.createElement('div');
    place.className = 'lw-finding-place';
    const box = document.createElement('div');
    box.className = `lw-finding ${this.finding.severity}`;
    place.append(box);
    const severity = document.createElement('b');
    severity.textContent = `${this.finding.severity === 'error' ? '✕' : '▲'} ${texts.severities[this.finding.severity]} `;
    box.append(severity, this.finding.message);
    return place;
  }
}

const shown = StateEffect.define<readonly Finding[]>();

function decorationsOf(state: EditorState, findings: readonly Finding[]): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  for (const finding of findings) {
    const from = Math.min(finding.from, state.doc.length);
    const line = state.doc.lineAt(from);
    ranges.push(
      Decoration.line({ class: `lw-line-${finding.severity === 'error' ? 'error' : 'warning'}` }).range(line.from),
    );
    ranges.push(Decoration.widget({ widget: new FindingWidget(finding), block: true, side: 1 }).range(line.to));
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

/** Underlines findings, explains each below its line, and tells how many there are. */
export function findingsExtension(
  find: (text: string) => readonly Finding[],
  onFindings: (findings: readonly Finding[]) => void,
): Extension {
  const lint = linter(
    (view) => {
      const findings = find(view.state.doc.toString());
      view.dispatch({ effects: shown.of(findings) });
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
      }));
    },
    // The boxes say it already; a tooltip would say it twice.
    { delay: pause, tooltipFilter: () => [] },
  );
  return [lint, boxes];
}
