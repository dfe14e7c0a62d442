import { autocompletion } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';
import type { CheckFinding } from '../../../iam/check/finding.ts';
import type { Finding } from '../../../iam/policy.ts';
import { findingsExtension } from './findings-extension.ts';
import { policyCompletion } from './policy-completion.ts';

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--panel)', color: 'var(--ink)', fontSize: 'var(--size-code)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--code)', lineHeight: '1.62' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--ink-2)', border: 'none', paddingLeft: '6px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--panel-2)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--selection)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--accent-soft)',
    outline: '1px solid var(--accent-line)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--accent-soft)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--hover)', border: 'none', color: 'var(--ink-2)' },
  '.cm-panels': { backgroundColor: 'var(--panel-2)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--panel)',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius-s)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--code)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--accent-ink)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--deny)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning, .cm-lintRange-hint': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--warn)',
    textUnderlineOffset: '3px',
  },
  '.lw-line-warning': { backgroundColor: 'var(--warn-soft)' },
  '.lw-line-error': { backgroundColor: 'var(--deny-soft)' },
  // Padding and no margin: the gutter counts the height of the place.
  '.lw-finding-place': { padding: '4px 16px 6px 6px' },
  '.lw-finding': {
    padding: '5px 10px',
    border: '1px solid var(--line)',
    borderLeft: '3px solid var(--warn)',
    borderRadius: 'var(--radius-s)',
    backgroundColor: 'var(--panel-2)',
    font: 'var(--size-small)/1.45 var(--text)',
    whiteSpace: 'normal',
  },
  '.lw-finding button': {
    padding: '0 6px',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius-s)',
    backgroundColor: 'var(--panel)',
    color: 'var(--accent)',
    font: 'inherit',
    cursor: 'pointer',
  },
  '.lw-finding b': { color: 'var(--warn)' },
  '.lw-finding.error': { borderLeftColor: 'var(--deny)' },
  '.lw-finding.error b': { color: 'var(--deny)' },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--code-name)' },
  { tag: tags.string, color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
]);

export interface CodeViewOptions {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  find(text: string): Promise<readonly CheckFinding[]>;
  onChange(text: string): void;
  onFindings(findings: readonly Finding[]): void;
  onSave(): void;
}

/** The text of one document after another, in CodeMirror. Tab moves the focus on: there is no trap. */
export class CodeView {
  private readonly view: EditorView;
  private readonly access = new Compartment();
  private readonly options: CodeViewOptions;

  constructor(options: CodeViewOptions) {
    this.options = options;
    this.view = new EditorView({ parent: options.host, root: options.root, state: this.stateOf('', '', 'write') });
  }

  /** Shows another document: its undo history begins here. */
  show(text: string, label: string, access: 'read' | 'write'): void {
    this.view.setState(this.stateOf(text, label, access));
  }

  /** Changes the text as an edit that can be undone. */
  replace(text: string): void {
    if (text === this.view.state.doc.toString()) return;
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  goTo(finding: Finding): void {
    const at = Math.min(finding.from, this.view.state.doc.length);
    this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    this.view.focus();
  }

  focus(): void {
    this.view.focus();
  }

  close(): void {
    this.view.destroy();
  }

  private stateOf(text: string, label: string, access: 'read' | 'write'): EditorState {
    const { options } = this;
    const save = (): boolean => {
      options.onSave();
      return true;
    };
    return EditorState.create({
      doc: text,
      extensions: [
        keymap.of([{ key: 'Mod-s', preventDefault: true, run: save }]),
        basicSetup,
        json(),
        autocompletion({ override: [policyCompletion] }),
        syntaxHighlighting(colours),
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        this.access.of(access === 'read' ? [EditorState.readOnly.of(true)] : []),
        findingsExtension(options.find, options.onFindings),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
      ],
    });
  }
}
