import { type CSSResult, unsafeCSS } from 'lit';
import baseText from './base.css?inline';

const base = unsafeCSS(baseText);

/** An element's styles: the shapes that all share, then its own sheet, given as the text of the file beside it. */
export function styled(text: string): CSSResult[] {
  return [base, unsafeCSS(text)];
}
