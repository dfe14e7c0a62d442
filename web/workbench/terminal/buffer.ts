/**
 * The corner of Node's Buffer that just-bash's browser build uses (in gzip and base64, beside `typeof Buffer` tests): bytes from
 * and to text in UTF-8, latin1 and base64.
 */

type Encoding = 'utf8' | 'utf-8' | 'latin1' | 'binary' | 'base64';

function latin1(bytes: Uint8Array): string {
  let text = '';
  const step = 0x8000;
  for (let at = 0; at < bytes.length; at += step) text += String.fromCharCode(...bytes.subarray(at, at + step));
  return text;
}

const ofLatin1 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

export class PageBuffer extends Uint8Array {
  static override from(source: unknown, encoding: unknown = 'utf8'): PageBuffer {
    if (typeof source !== 'string') return new PageBuffer(source as Uint8Array<ArrayBuffer>);
    if (encoding === 'base64') return new PageBuffer(ofLatin1(atob(source.replace(/[^A-Za-z0-9+/]/g, ''))));
    if (encoding === 'latin1' || encoding === 'binary') return new PageBuffer(ofLatin1(source));
    return new PageBuffer(new TextEncoder().encode(source));
  }

  override toString(encoding: Encoding = 'utf8'): string {
    if (encoding === 'latin1' || encoding === 'binary') return latin1(this);
    return encoding === 'base64' ? btoa(latin1(this)) : new TextDecoder().decode(this);
  }
}

Object.assign(globalThis, { Buffer: PageBuffer });
