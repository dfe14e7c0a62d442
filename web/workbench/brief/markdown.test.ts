import { describe, expect, it } from 'vitest';
import { markdownToHtml } from './markdown.ts';

describe('markdownToHtml', () => {
  it('renders what stories use', () => {
    const html = markdownToHtml('The job **Cataloguer** reads `s3://x`.\n\n- one\n- two');
    expect(html).toContain('<strong>Cataloguer</strong>');
    expect(html).toContain('<code>s3://x</code>');
    expect(html).toContain('<li>one</li>');
  });

  it('shows HTML as text, in blocks and in lines', () => {
    expect(markdownToHtml('<script>alert(1)</script>')).not.toContain('<script');
    expect(markdownToHtml('a <img src=x onerror=alert(1)> b')).not.toContain('<img');
  });

  it('drops links that run code or hide their scheme, and keeps their text', () => {
    for (const target of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', '//evil.example']) {
      const html = markdownToHtml(`[here](${target})`);
      expect(html).not.toContain('href');
      expect(html).toContain('here');
    }
  });

  it('opens the web in a new tab that cannot reach back', () => {
    expect(markdownToHtml('[docs](https://docs.aws.amazon.com/)')).toContain('rel="noopener noreferrer"');
    expect(markdownToHtml('[work](/work)')).not.toContain('target');
  });

  it('loads no image', () => {
    expect(markdownToHtml('![a map](https://example.com/x.png)')).not.toContain('<img');
  });
});
