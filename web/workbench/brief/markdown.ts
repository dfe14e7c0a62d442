import { Marked } from 'marked';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

const safeTarget = /^(https?:|mailto:|#|\/(?!\/))/i;

const marked = new Marked({
  gfm: true,
  renderer: {
    // A pack is data: HTML in it is shown as the text that it is.
    html: ({ text }) => escaped(text),
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      if (!safeTarget.test(href)) return text;
      const away = /^https?:/i.test(href) ? ' target="_blank" rel="noopener noreferrer"' : '';
      return `<a href="${escaped(href)}"${away}>${text}</a>`;
    },
    // Nothing is loaded from elsewhere: an image is its description.
    image: ({ text }) => escaped(text),
  },
});

/** Markdown of a pack as HTML that holds no HTML of the author's, no images and no links but web, mail and the page's own. */
export function markdownToHtml(text: string): string {
  return marked.parse(text, { async: false });
}
