/**
 * XML as AWS's services take it: elements, attributes, text and CDATA. A document type is refused, so no entity is ever
 * expanded but the five that XML predefines; the depth is bounded.
 */
import { Malformed } from './scalar.ts';

const deepest = 60;

/** An element: local name (a namespace prefix is dropped), attributes as written, text of its own. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface OpenElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const nameStart = /[A-Za-z_:\u0080-\uFFFF]/;
const tagPattern =
  /<([A-Za-z_:\u0080-\uFFFF][^\s/>=<&"']*)((?:\s+[^\s/>=<&"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const attributePattern = /([^\s/>=<&"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

/** Reads a document. Throws Malformed. */
export function readXml(text: string): XmlElement {
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const close = (element: OpenElement): void => {
    const { tag, attributes, children } = element;
    const read = { name: tag.slice(tag.indexOf(':') + 1), attributes, children, text: element.text };
    const parent = open.at(-1);
    if (parent) parent.children.push(read);
    else root = read;
  };
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next === -1 ? text.length : next;
    if (end > at) {
      const chars = text.slice(at, end);
      const parent = open.at(-1);
      if (parent) parent.text += unescapeXml(chars);
      else if (chars.trim() !== '') throw new Malformed('Text outside of the root element');
      at = end;
      continue;
    }
    const second = text[at + 1] ?? '';
    if (second === '?') at = after(text, '?>', at);
    else if (text.startsWith('<!--', at)) at = after(text, '-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) {
      const parent = open.at(-1);
      const stop = after(text, ']]>', at);
      if (!parent) throw new Malformed('Text outside of the root element');
      parent.text += text.slice(at + 9, stop - 3);
      at = stop;
    } else if (second === '/') {
      const stop = after(text, '>', at);
      const element = open.pop();
      if (element === undefined || text.slice(at + 2, stop - 1).trimEnd() !== element.tag) {
        throw new Malformed('Elements are not closed in order');
      }
      close(element);
      at = stop;
    } else {
      if (root !== undefined || !nameStart.test(second)) throw new Malformed('Not well-formed');
      tagPattern.lastIndex = at;
      const found = tagPattern.exec(text);
      if (found === null) throw new Malformed('Not well-formed');
      const element = { tag: found[1] ?? '', attributes: readAttributes(found[2] ?? ''), children: [], text: '' };
      at = tagPattern.lastIndex;
      if (found[3] === '/') close(element);
      else if (open.push(element) > deepest) throw new Malformed('Nested too deeply');
    }
  }
  if (root === undefined || open.length > 0) throw new Malformed('The document ends early');
  return root;
}

/** Reads a document out of an answer; undefined where the answer is no XML, as a proxy's may be. */
export function tryXml(body: Uint8Array): XmlElement | undefined {
  try {
    return readXml(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function after(text: string, stop: string, from: number): number {
  const at = text.indexOf(stop, from);
  if (at === -1) throw new Malformed('The document ends early');
  return at + stop.length;
}

const noAttributes: Readonly<Record<string, string>> = Object.freeze({});

function readAttributes(text: string): Readonly<Record<string, string>> {
  if (text === '') return noAttributes;
  const attributes: Record<string, string> = Object.create(null);
  for (const [, name = '', double, single] of text.matchAll(attributePattern)) {
    attributes[name] = unescapeXml(double ?? single ?? '');
  }
  return attributes;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{0,12});?/g, (whole, name: string) => {
    const character = whole.endsWith(';') ? (characterOf(name) ?? entities[name]) : undefined;
    if (character === undefined) throw new Malformed(`Unknown entity ${whole}`);
    return character;
  });
}

function characterOf(reference: string): string | undefined {
  const digits = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))$/.exec(reference);
  if (digits === null) return undefined;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const escaped = /[&<>"\r\u0000-\u0008\u000b\u000c\u000e-\u001f\u0085\u2028]/g;

/** Text inside an element. Control characters are written as references, as AWS does. */
export function escapeXml(text: string): string {
  return text.replace(escaped, (character) => {
    switch (character) {
      case '&':
        return '&amp;';
      case '<':
        return '&lt;';
      case '>':
        return '&gt;';
      case '"':
        return '&quot;';
      default:
        return `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
    }
  });
}
